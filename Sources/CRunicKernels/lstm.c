#include "CRunicKernels.h"
#include "activation.h"

RUNIC_CLONES
void runic_lstm_forward(ptrdiff_t rows, ptrdiff_t hidden, ptrdiff_t first, ptrdiff_t last, const float *x, const int32_t *ids,
                        const float *hidden_term, const float *bias, const float *cell_before,
                        float *gates, float *cell, float *h, uint16_t *h16) {
    const ptrdiff_t H = hidden, G = 4 * hidden;
    for (ptrdiff_t row = 0; row < rows; row++) {
        // In place if ids is NULL: element j is read before it is written, so the loop can be vectorised.
        const float *xr = x + (ids ? ids[row] : row) * G;
        const float *pr = hidden_term + row * G, *before = cell_before + row * H;
        float *gr = gates + row * G, *cr = cell + row * H, *hr = h + row * H;
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t j = first; j < last; j++) {
            float i = runic_sigmoid1(xr[j] + pr[j] + bias[j]);
            float f = runic_sigmoid1(xr[H + j] + pr[H + j] + bias[H + j]);
            float g = runic_tanh1(xr[2 * H + j] + pr[2 * H + j] + bias[2 * H + j]);
            float o = runic_sigmoid1(xr[3 * H + j] + pr[3 * H + j] + bias[3 * H + j]);
            float c = f * before[j] + i * g;
            gr[j] = i;
            gr[H + j] = f;
            gr[2 * H + j] = g;
            gr[3 * H + j] = o;
            cr[j] = c;
            hr[j] = o * runic_tanh1(c);
        }
        if (h16) runic_round_row(last - first, hr + first, h16 + row * H + first);
    }
}

RUNIC_CLONES
void runic_lstm_backward(ptrdiff_t rows, ptrdiff_t hidden, const float *above, const float *dh, float *dcell,
                         const float *cell_before, const float *cell, float *gates, uint16_t *gates16,
                         float *bias_gradient) {
    const ptrdiff_t H = hidden, G = 4 * hidden;
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *ar = above + row * H, *dr = dh + row * H, *before = cell_before + row * H, *cr = cell + row * H;
        float *gr = gates + row * G, *dc = dcell + row * H;
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t j = 0; j < H; j++) {
            float i = gr[j], f = gr[H + j], g = gr[2 * H + j], o = gr[3 * H + j];
            float t = runic_tanh1(cr[j]);
            float dhj = ar[j] + dr[j];
            float dcj = dc[j] + dhj * o * (1.0f - t * t);
            float di = dcj * g * i * (1.0f - i);
            float df = dcj * before[j] * f * (1.0f - f);
            float dg = dcj * i * (1.0f - g * g);
            float dout = dhj * t * o * (1.0f - o);
            dc[j] = dcj * f;
            gr[j] = di;
            gr[H + j] = df;
            gr[2 * H + j] = dg;
            gr[3 * H + j] = dout;
            bias_gradient[j] += di;
            bias_gradient[H + j] += df;
            bias_gradient[2 * H + j] += dg;
            bias_gradient[3 * H + j] += dout;
        }
        if (gates16) runic_round_row(G, gr, gates16 + row * G);
    }
}
