#include "CRunicKernels.h"
#include "activation.h"

RUNIC_CLONES
void runic_vanilla_forward(int rectifies, ptrdiff_t rows, ptrdiff_t hidden, ptrdiff_t first, ptrdiff_t last, const float *x, const int32_t *ids,
                           const float *hidden_term, const float *bias, float *gates, float *h, uint16_t *h16) {
    const ptrdiff_t H = hidden;
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *xr = x + (ids ? ids[row] : row) * H, *pr = hidden_term + row * H;
        float *gr = gates + row * H, *hr = h + row * H;
        if (rectifies) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) {
                float value = xr[j] + pr[j] + bias[j];
                gr[j] = hr[j] = value > 0 ? value : 0;
            }
        } else {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) gr[j] = hr[j] = runic_tanh1(xr[j] + pr[j] + bias[j]);
        }
        if (h16) runic_round_row(last - first, hr + first, h16 + row * H + first);
    }
}

RUNIC_CLONES
void runic_vanilla_backward(int rectifies, ptrdiff_t rows, ptrdiff_t hidden, const float *above, const float *dh,
                            float *gates, uint16_t *gates16, float *bias_gradient) {
    const ptrdiff_t H = hidden;
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *ar = above + row * H, *dr = dh + row * H;
        float *gr = gates + row * H;
        if (rectifies) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = 0; j < H; j++) gr[j] = gr[j] > 0 ? ar[j] + dr[j] : 0;
        } else {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = 0; j < H; j++) gr[j] = (ar[j] + dr[j]) * (1.0f - gr[j] * gr[j]);
        }
        for (ptrdiff_t j = 0; j < H; j++) bias_gradient[j] += gr[j];
        if (gates16) runic_round_row(H, gr, gates16 + row * H);
    }
}
