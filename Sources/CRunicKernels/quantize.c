#include "CRunicKernels.h"
#include "activation.h"

// The nearest integer, ties to even, of |x| < 2^22. NaN gives some integer, whereas a cast would be undefined.
RUNIC_INLINE int32_t nearest(float x) {
    float shifted = x + 12582912.0f;  // 1.5 * 2^23: the integer is in the low bits
    int32_t bits;
    memcpy(&bits, &shifted, 4);
    return bits - 0x4B400000;
}

RUNIC_CLONES
void runic_quantize_rows(ptrdiff_t rows, ptrdiff_t columns, const float *w, int8_t *quantized, float *scales) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *wr = w + row * columns;
        int8_t *qr = quantized + row * columns;
        float largest = 0;
        for (ptrdiff_t j = 0; j < columns; j++) {
            float size = wr[j] < 0 ? -wr[j] : wr[j];
            largest = size > largest ? size : largest;
        }
        if (largest < 1e-30f) largest = 0;  // 127 / largest would not be finite
        scales[row] = largest / 127.0f;
        float inverse = largest > 0 ? 127.0f / largest : 0;
        for (ptrdiff_t j = 0; j < columns; j++) qr[j] = (int8_t)nearest(runic_clamp(wr[j] * inverse, 127.0f));
    }
}

RUNIC_CLONES
void runic_quantize_states(ptrdiff_t count, const float *x, uint8_t *quantized) {
    for (ptrdiff_t j = 0; j < count; j++) quantized[j] = (uint8_t)(nearest(runic_clamp(x[j], 1.0f) * 127.0f) + 128);
}

RUNIC_CLONES
void runic_scale_sums(ptrdiff_t rows, ptrdiff_t columns, const int32_t *corrections, const float *scales, float *sums) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        float *sr = sums + row * columns;
        for (ptrdiff_t j = 0; j < columns; j++) {
            int32_t sum;
            memcpy(&sum, &sr[j], 4);
            sr[j] = (float)(sum - corrections[j]) * scales[j];
        }
    }
}

RUNIC_CLONES
void runic_sum_rows(ptrdiff_t rows, ptrdiff_t columns, const int8_t *quantized, int32_t *sums) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        int32_t sum = 0;
        for (ptrdiff_t j = 0; j < columns; j++) sum += quantized[row * columns + j];
        sums[row] = sum;
    }
}
