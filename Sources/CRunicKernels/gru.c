#include "CRunicKernels.h"
#include "activation.h"

RUNIC_CLONES
void runic_gru_forward(ptrdiff_t rows, ptrdiff_t hidden, ptrdiff_t first, ptrdiff_t last, const float *x, const int32_t *ids,
                       const float *hidden_term, const float *bias, const float *h_before,
                       float *gates, float *recurrent_new, float *h, uint16_t *h16) {
    const ptrdiff_t H = hidden, G = 3 * hidden;
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *xr = x + (ids ? ids[row] : row) * G;
        const float *pr = hidden_term + row * G, *before = h_before + row * H;
        float *gr = gates + row * G, *nr = recurrent_new + row * H, *hr = h + row * H;
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t j = first; j < last; j++) {
            float r = runic_sigmoid1(xr[j] + pr[j] + bias[j]);
            float z = runic_sigmoid1(xr[H + j] + pr[H + j] + bias[H + j]);
            float inner = pr[2 * H + j] + bias[2 * H + j];
            float n = runic_tanh1(xr[2 * H + j] + bias[3 * H + j] + r * inner);
            gr[j] = r;
            gr[H + j] = z;
            gr[2 * H + j] = n;
            nr[j] = inner;
            hr[j] = n + z * (before[j] - n);
        }
        if (h16) runic_round_row(last - first, hr + first, h16 + row * H + first);
    }
}

RUNIC_CLONES
void runic_gru_backward(ptrdiff_t rows, ptrdiff_t hidden, const float *above, float *dh, const float *h_before,
                        const float *recurrent_new, float *gates, uint16_t *gates16,
                        float *recurrent_gates, uint16_t *recurrent_gates16,
                        float *bias_gradient) {
    const ptrdiff_t H = hidden, G = 3 * hidden;
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *ar = above + row * H, *before = h_before + row * H, *inner = recurrent_new + row * H;
        float *dr = dh + row * H, *gr = gates + row * G, *rr = recurrent_gates + row * G;
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t j = 0; j < H; j++) {
            float r = gr[j], z = gr[H + j], n = gr[2 * H + j];
            float dhj = ar[j] + dr[j];
            float dz = dhj * (before[j] - n) * z * (1.0f - z);
            float dn = dhj * (1.0f - z) * (1.0f - n * n);
            float dreset = dn * inner[j] * r * (1.0f - r);
            dr[j] = dhj * z;
            gr[j] = dreset;
            gr[H + j] = dz;
            gr[2 * H + j] = dn;
            rr[j] = dreset;
            rr[H + j] = dz;
            rr[2 * H + j] = dn * r;
            bias_gradient[j] += dreset;
            bias_gradient[H + j] += dz;
            bias_gradient[2 * H + j] += dn * r;
            bias_gradient[3 * H + j] += dn;
        }
        if (gates16) runic_round_row(G, gr, gates16 + row * G);
        if (recurrent_gates16) runic_round_row(G, rr, recurrent_gates16 + row * G);
    }
}
