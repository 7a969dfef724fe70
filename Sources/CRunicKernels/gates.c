#include "CRunicKernels.h"
#include "activation.h"

// The operations of cells written in Swift, on blocks of units whose rows may have gaps.

RUNIC_CLONES
void runic_gate_forward(int squash, ptrdiff_t rows, ptrdiff_t first, ptrdiff_t last, const float *x, ptrdiff_t x_stride,
                        const int32_t *ids, const float *term, ptrdiff_t term_stride, const float *bias, float *gate,
                        ptrdiff_t gate_stride) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *xr = x + (ids ? ids[row] : row) * x_stride, *pr = term + row * term_stride;
        float *gr = gate + row * gate_stride;
        if (squash == RUNIC_SIGMOID) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) gr[j] = runic_sigmoid1(xr[j] + pr[j] + bias[j]);
        } else if (squash == RUNIC_TANH) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) gr[j] = runic_tanh1(xr[j] + pr[j] + bias[j]);
        } else if (squash == RUNIC_RELU) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) {
                float value = xr[j] + pr[j] + bias[j];
                gr[j] = value > 0 ? value : 0;
            }
        }
    }
}

RUNIC_CLONES
void runic_gate_backward(int squash, ptrdiff_t rows, ptrdiff_t units, const float *gate, ptrdiff_t gate_stride,
                         float *gradient, ptrdiff_t gradient_stride, float *bias_gradient) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *gr = gate + row * gate_stride;
        float *dr = gradient + row * gradient_stride;
        if (squash == RUNIC_SIGMOID) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = 0; j < units; j++) dr[j] *= gr[j] * (1.0f - gr[j]);
        } else if (squash == RUNIC_TANH) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = 0; j < units; j++) dr[j] *= 1.0f - gr[j] * gr[j];
        } else {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = 0; j < units; j++) dr[j] = gr[j] > 0 ? dr[j] : 0;
        }
        for (ptrdiff_t j = 0; j < units; j++) bias_gradient[j] += dr[j];
    }
}

RUNIC_CLONES
void runic_multiply_rows(ptrdiff_t rows, ptrdiff_t first, ptrdiff_t last, const float *a, ptrdiff_t a_stride, const float *b,
                         ptrdiff_t b_stride, float *y, ptrdiff_t y_stride, uint16_t *y16, ptrdiff_t y16_stride) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *ar = a + row * a_stride, *br = b + row * b_stride;
        float *yr = y + row * y_stride;
        for (ptrdiff_t j = first; j < last; j++) yr[j] = ar[j] * br[j];
        if (y16) runic_round_row(last - first, yr + first, y16 + row * y16_stride + first);
    }
}

RUNIC_CLONES
void runic_multiply_add_rows(ptrdiff_t rows, ptrdiff_t units, const float *a, ptrdiff_t a_stride, const float *b,
                             ptrdiff_t b_stride, float *y, ptrdiff_t y_stride) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *ar = a + row * a_stride, *br = b + row * b_stride;
        float *yr = y + row * y_stride;
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t j = 0; j < units; j++) yr[j] += ar[j] * br[j];
    }
}

RUNIC_CLONES
void runic_mix_forward(int keeps, ptrdiff_t rows, ptrdiff_t first, ptrdiff_t last, const float *gate, ptrdiff_t gate_stride,
                       const float *candidate, ptrdiff_t candidate_stride, const float *before, ptrdiff_t before_stride,
                       float *h, ptrdiff_t h_stride, uint16_t *h16, ptrdiff_t h16_stride) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *gr = gate + row * gate_stride, *nr = candidate + row * candidate_stride;
        const float *br = before + row * before_stride;
        float *hr = h + row * h_stride;
        // h may be the memory of `before`: an element is read before it is written.
        if (keeps) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) hr[j] = nr[j] + gr[j] * (br[j] - nr[j]);
        } else {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) hr[j] = br[j] + gr[j] * (nr[j] - br[j]);
        }
        if (h16) runic_round_row(last - first, hr + first, h16 + row * h16_stride + first);
    }
}

RUNIC_CLONES
void runic_mix_backward(int keeps, ptrdiff_t rows, ptrdiff_t units, const float *above, float *dh, const float *gate,
                        ptrdiff_t gate_stride, const float *candidate, ptrdiff_t candidate_stride, const float *before,
                        float *gate_gradient, ptrdiff_t gate_gradient_stride, float *candidate_gradient,
                        ptrdiff_t candidate_gradient_stride) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *gr = gate + row * gate_stride, *nr = candidate + row * candidate_stride;
        const float *ar = above + row * units, *br = before + row * units;
        float *dr = dh + row * units, *dg = gate_gradient + row * gate_gradient_stride;
        float *dn = candidate_gradient + row * candidate_gradient_stride;
        // candidate_gradient may be the memory of `candidate`.
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t j = 0; j < units; j++) {
            float d = ar[j] + dr[j], towards = keeps ? 1.0f - gr[j] : gr[j], n = nr[j];
            dg[j] = d * (keeps ? br[j] - n : n - br[j]);
            dn[j] = d * towards * (1.0f - n * n);
            dr[j] = d * (1.0f - towards);
        }
    }
}

RUNIC_CLONES
void runic_copy_rows(ptrdiff_t rows, ptrdiff_t units, const float *x, ptrdiff_t x_stride, float *y, ptrdiff_t y_stride,
                     uint16_t *y16, ptrdiff_t y16_stride) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        if (y) memmove(y + row * y_stride, x + row * x_stride, (size_t)units * sizeof(float));
        if (y16) runic_round_row(units, x + row * x_stride, y16 + row * y16_stride);
    }
}

RUNIC_CLONES
void runic_add_rows(ptrdiff_t rows, ptrdiff_t units, const float *x, ptrdiff_t x_stride, float *y) {
    for (ptrdiff_t row = 0; row < rows; row++)
        for (ptrdiff_t j = 0; j < units; j++) y[j] += x[row * x_stride + j];
}
