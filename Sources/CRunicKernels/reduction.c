#include "CRunicKernels.h"
#include "activation.h"

// Sums may be split over vector lanes here; see softmax.c.
#pragma clang fp reassociate(on)

RUNIC_CLONES
double runic_sum_of_squares(ptrdiff_t count, const float *x) {
    double total = 0;
    for (ptrdiff_t start = 0; start < count; start += 4096) {
        ptrdiff_t end = start + 4096 < count ? start + 4096 : count;
        float sum = 0;
        for (ptrdiff_t i = start; i < end; i++) sum += x[i] * x[i];
        total += (double)sum;
    }
    return total;
}

RUNIC_CLONES
void runic_matrix_vector(ptrdiff_t m, ptrdiff_t k, const float *w, const float *bias, const float *x, float *y) {
    ptrdiff_t row = 0;
    for (; row + 4 <= m; row += 4) {
        const float *w0 = w + row * k, *w1 = w0 + k, *w2 = w1 + k, *w3 = w2 + k;
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        for (ptrdiff_t j = 0; j < k; j++) {
            s0 += w0[j] * x[j];
            s1 += w1[j] * x[j];
            s2 += w2[j] * x[j];
            s3 += w3[j] * x[j];
        }
        y[row] = s0 + (bias ? bias[row] : 0);
        y[row + 1] = s1 + (bias ? bias[row + 1] : 0);
        y[row + 2] = s2 + (bias ? bias[row + 2] : 0);
        y[row + 3] = s3 + (bias ? bias[row + 3] : 0);
    }
    for (; row < m; row++) {
        const float *wr = w + row * k;
        float sum = 0;
        for (ptrdiff_t j = 0; j < k; j++) sum += wr[j] * x[j];
        y[row] = sum + (bias ? bias[row] : 0);
    }
}
