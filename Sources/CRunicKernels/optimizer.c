#include "CRunicKernels.h"
#include "activation.h"

RUNIC_CLONES
void runic_adamw(ptrdiff_t count, float *parameters, const float *gradient, float *first, float *second,
                 float gradient_scale, float learning_rate, float share1, float share2, float epsilon, float decay,
                 float first_correction, float second_correction) {
    const float keep = 1.0f - learning_rate * decay;
#pragma clang loop vectorize(assume_safety)
    for (ptrdiff_t i = 0; i < count; i++) {
        float g = gradient[i] * gradient_scale;
        float m = first[i] + share1 * (g - first[i]);
        float v = second[i] + share2 * (g * g - second[i]);
        first[i] = m;
        second[i] = v;
        parameters[i] = parameters[i] * keep
            - learning_rate * (m * first_correction) / (__builtin_elementwise_sqrt(v * second_correction) + epsilon);
    }
}
