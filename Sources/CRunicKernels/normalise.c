#include "CRunicKernels.h"
#include "activation.h"

#pragma clang fp reassociate(on)

RUNIC_CLONES
void runic_layer_norm_forward(ptrdiff_t rows, ptrdiff_t width, float *x, ptrdiff_t stride, const float *gain,
                              float *normalised, ptrdiff_t normalised_stride, float *inverse, ptrdiff_t inverse_stride) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        float *xr = x + row * stride;
        float sum = 0, squares = 0;
        for (ptrdiff_t j = 0; j < width; j++) sum += xr[j];
        const float mean = sum / (float)width;
        for (ptrdiff_t j = 0; j < width; j++) squares += (xr[j] - mean) * (xr[j] - mean);
        const float scale = 1.0f / __builtin_sqrtf(squares / (float)width + RUNIC_NORM_EPSILON);
        if (normalised) {
            float *nr = normalised + row * normalised_stride;
            for (ptrdiff_t j = 0; j < width; j++) nr[j] = (xr[j] - mean) * scale;
            inverse[row * inverse_stride] = scale;
        }
        for (ptrdiff_t j = 0; j < width; j++) xr[j] = (xr[j] - mean) * scale * gain[j];
    }
}

RUNIC_CLONES
void runic_layer_norm_backward(ptrdiff_t rows, ptrdiff_t width, const float *dy, ptrdiff_t dy_stride, const float *gain,
                               const float *normalised, ptrdiff_t normalised_stride, const float *inverse,
                               ptrdiff_t inverse_stride, float *dx, ptrdiff_t dx_stride, float *gain_gradient) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *dr = dy + row * dy_stride, *nr = normalised + row * normalised_stride;
        float *xr = dx + row * dx_stride;
        float sum = 0, weighted = 0;
        for (ptrdiff_t j = 0; j < width; j++) {
            float d = dr[j] * gain[j];
            sum += d;
            weighted += d * nr[j];
        }
        const float average = sum / (float)width, slope = weighted / (float)width;
        const float scale = inverse[row * inverse_stride];
        for (ptrdiff_t j = 0; j < width; j++) gain_gradient[j] += dr[j] * nr[j];
        // dx may be the memory of dy.
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t j = 0; j < width; j++) xr[j] = scale * (dr[j] * gain[j] - average - nr[j] * slope);
    }
}
