#include "CRunicKernels.h"
#include "activation.h"
#include <math.h>

// The pragma lets sums be split over vector lanes; their order then depends on the clone, but not on the run.
#pragma clang fp reassociate(on)

RUNIC_CLONES
double runic_softmax_cross_entropy(ptrdiff_t rows, ptrdiff_t vocabulary, float *logits, const float *bias,
                                   const int32_t *targets, float gradient_scale, float smoothing, uint16_t *logits16,
                                   float *bias_gradient, float *nats) {
    const ptrdiff_t V = vocabulary;
    double total = 0;
    for (ptrdiff_t row = 0; row < rows; row++) {
        float *lr = logits + row * V;
        int32_t target = targets[row];
        if (target < 0) {
            if (nats) nats[row] = 0;
            if (gradient_scale > 0) {
                for (ptrdiff_t j = 0; j < V; j++) lr[j] = 0;
                if (logits16)
                    for (ptrdiff_t j = 0; j < V; j++) logits16[row * V + j] = 0;
            }
            continue;
        }
        float largest = lr[0] + bias[0];
        for (ptrdiff_t j = 1; j < V; j++) {
            float value = lr[j] + bias[j];
            largest = value > largest ? value : largest;
        }
        float chosen = lr[target] + bias[target];
        float sum = 0;
        if (gradient_scale > 0) {
            for (ptrdiff_t j = 0; j < V; j++) {
                float e = runic_exp1(runic_clamp(lr[j] + bias[j] - largest, 87.0f));
                lr[j] = e;
                sum += e;
            }
            float factor = gradient_scale / sum;
            float floor = gradient_scale * smoothing / (float)V;
            for (ptrdiff_t j = 0; j < V; j++) lr[j] = lr[j] * factor - floor;
            lr[target] -= gradient_scale * (1.0f - smoothing);
            for (ptrdiff_t j = 0; j < V; j++) bias_gradient[j] += lr[j];
            if (logits16) runic_round_row(V, lr, logits16 + row * V);
        } else {
            for (ptrdiff_t j = 0; j < V; j++) sum += runic_exp1(runic_clamp(lr[j] + bias[j] - largest, 87.0f));
        }
        double loss = log((double)sum) - ((double)chosen - (double)largest);
        if (nats) nats[row] = (float)loss;
        total += loss;
    }
    return total;
}
