#include "CRunicKernels.h"
#include "activation.h"

RUNIC_CLONES
void runic_sgd(ptrdiff_t count, float *parameters, const float *gradient, float *velocity, float gradient_scale,
               float learning_rate, float momentum, float penalty) {
    if (!velocity) {
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t i = 0; i < count; i++) {
            parameters[i] -= learning_rate * (gradient[i] * gradient_scale + penalty * parameters[i]);
        }
        return;
    }
#pragma clang loop vectorize(assume_safety)
    for (ptrdiff_t i = 0; i < count; i++) {
        float g = gradient[i] * gradient_scale + penalty * parameters[i];
        float u = momentum * velocity[i] + g;
        velocity[i] = u;
        parameters[i] -= learning_rate * u;
    }
}

RUNIC_CLONES
void runic_rmsprop(ptrdiff_t count, float *parameters, const float *gradient, float *square, float *velocity,
                   float gradient_scale, float learning_rate, float weight, float epsilon, float momentum, float penalty) {
    if (!velocity) {
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t i = 0; i < count; i++) {
            float g = gradient[i] * gradient_scale + penalty * parameters[i];
            float v = square[i] + weight * (g * g - square[i]);
            square[i] = v;
            parameters[i] -= learning_rate * g / (__builtin_elementwise_sqrt(v) + epsilon);
        }
        return;
    }
#pragma clang loop vectorize(assume_safety)
    for (ptrdiff_t i = 0; i < count; i++) {
        float g = gradient[i] * gradient_scale + penalty * parameters[i];
        float v = square[i] + weight * (g * g - square[i]);
        square[i] = v;
        float u = momentum * velocity[i] + g / (__builtin_elementwise_sqrt(v) + epsilon);
        velocity[i] = u;
        parameters[i] -= learning_rate * u;
    }
}

RUNIC_CLONES
void runic_adam(ptrdiff_t count, float *parameters, const float *gradient, float *first, float *second,
                float gradient_scale, float learning_rate, float weight1, float weight2, float epsilon, float penalty,
                float decay, float first_correction, float second_correction) {
    const float keep = 1.0f - learning_rate * decay;
#pragma clang loop vectorize(assume_safety)
    for (ptrdiff_t i = 0; i < count; i++) {
        float g = gradient[i] * gradient_scale + penalty * parameters[i];
        float m = first[i] + weight1 * (g - first[i]);
        float v = second[i] + weight2 * (g * g - second[i]);
        first[i] = m;
        second[i] = v;
        parameters[i] = parameters[i] * keep
            - learning_rate * (m * first_correction) / (__builtin_elementwise_sqrt(v * second_correction) + epsilon);
    }
}

RUNIC_CLONES
void runic_average(ptrdiff_t count, const float *parameters, float *average, float weight) {
#pragma clang loop vectorize(assume_safety)
    for (ptrdiff_t i = 0; i < count; i++) average[i] += weight * (parameters[i] - average[i]);
}
