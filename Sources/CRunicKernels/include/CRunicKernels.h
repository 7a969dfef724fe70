// Element-wise loops of Runic, one clone per instruction set, chosen when the library is loaded.
//
// Every array is row-major and contiguous unless a stride is named. The letters: B rows, H hidden units,
// G rows of gates (4H for an LSTM, 3H for a GRU, H for a vanilla RNN), V vocabulary.
// A `uint16_t` array holds bfloat16 values and may be NULL where noted: then it is not written.
// Nothing here allocates, and nothing here keeps state. Bounds are the caller's (RunicKernels checks them).
#ifndef C_RUNIC_KERNELS_H
#define C_RUNIC_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

// Which clone runs: "avx512f", "haswell" or "default".
const char *runic_instruction_set(void);
// 1 where the processor multiplies bfloat16 in hardware.
int runic_has_bfloat16(void);

// Tells the processor that the caller spins.
static inline void runic_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

// y = tanh(x) and y = 1 / (1 + exp(-x)); the relative error of both is below 5e-7.
void runic_tanh(ptrdiff_t count, const float *x, float *y);
void runic_sigmoid(ptrdiff_t count, const float *x, float *y);

// One time step of a cell, element-wise part.
//   x       what the input contributes, G wide: row r, or row ids[r] where ids is not NULL (the table of layer 0)
//   hidden_part  h(t-1) . Whh^T, (B, G)
//   bias    the biases that enter the step; b_ih + b_hh, (G), but for the GRU: see there
//   gates   the activated gates, (B, G); may be the same memory as x where ids is NULL
//   h, h16  the new hidden state, (B, H); h16 may be NULL
void runic_lstm_forward(ptrdiff_t rows, ptrdiff_t hidden, const float *x, const int32_t *ids,
                        const float *hidden_part, const float *bias, const float *cell_before,
                        float *gates, float *cell, float *h, uint16_t *h16);
// GRU, reset gate after the product. recurrent_new keeps Whn . h + b_hn, (B, H), for the way back.
// bias is (4H): b_ir + b_hr, b_iz + b_hz, b_hn, b_in; so is its gradient.
void runic_gru_forward(ptrdiff_t rows, ptrdiff_t hidden, const float *x, const int32_t *ids,
                       const float *hidden_part, const float *bias, const float *h_before,
                       float *gates, float *recurrent_new, float *h, uint16_t *h16);
void runic_vanilla_forward(ptrdiff_t rows, ptrdiff_t hidden, const float *x, const int32_t *ids,
                           const float *hidden_part, const float *bias, float *gates, float *h, uint16_t *h16);

// The same step backward.
//   above       d loss / d h(t) from the layer above, (B, H)
//   dh          in: from step t+1, (B, H); the GRU leaves there what passes straight to step t-1
//   gates       in: activations; out: gradient before activation, (B, G); gates16 the same in bfloat16, may be NULL
//   bias_gradient  gains the sum over rows, (G)
void runic_lstm_backward(ptrdiff_t rows, ptrdiff_t hidden, const float *above, const float *dh, float *dcell,
                         const float *cell_before, const float *cell, float *gates, uint16_t *gates16,
                         float *bias_gradient);
// recurrent_gates: gradient of Whh . h + b_hh, (B, 3H): as gates, but the new gate's third times r.
void runic_gru_backward(ptrdiff_t rows, ptrdiff_t hidden, const float *above, float *dh, const float *h_before,
                        const float *recurrent_new, float *gates, uint16_t *gates16,
                        float *recurrent_gates, uint16_t *recurrent_gates16,
                        float *bias_gradient);
void runic_vanilla_backward(ptrdiff_t rows, ptrdiff_t hidden, const float *above, const float *dh,
                            float *gates, uint16_t *gates16, float *bias_gradient);

// Softmax cross-entropy of rows of logits (stride V) plus bias (V). Returns the sum of -log p[target] in nats over
// rows whose target is not negative. With gradient_scale > 0, logits become (p - onehot) * gradient_scale (0 in skipped
// rows), bias_gradient gains their sum, and logits16 (may be NULL) the same in bfloat16. With 0, logits are not written.
// nats, if not NULL, gets each row's -log p (0 in skipped rows).
double runic_softmax_cross_entropy(ptrdiff_t rows, ptrdiff_t vocabulary, float *logits, const float *bias,
                                   const int32_t *targets, float gradient_scale, uint16_t *logits16,
                                   float *bias_gradient, float *nats);

// Dropout by a counter-based generator: element i is kept where hash(key, first + i) >= threshold, and then times scale.
// keep probability = 1 - threshold / 2^32. y and y16 may be NULL; y may be x.
void runic_dropout(ptrdiff_t count, const float *x, uint32_t key, uint32_t first, uint32_t threshold, float scale,
                   float *y, uint16_t *y16);

// Rounds to nearest even, as the processor's own conversion does; NaN stays NaN.
void runic_to_bfloat16(ptrdiff_t count, const float *x, uint16_t *y);
void runic_from_bfloat16(ptrdiff_t count, const uint16_t *x, float *y);

// int8 weights: quantized[r][j] = round(w[r][j] / scales[r]), scales[r] = max |w[r]| / 127; within [-127, 127].
void runic_quantize_rows(ptrdiff_t rows, ptrdiff_t columns, const float *w, int8_t *quantized, float *scales);
// Hidden states lie within [-1, 1], so their scale is fixed: quantized = round(127 x) + 128, within [1, 255].
void runic_quantize_states(ptrdiff_t count, const float *x, uint8_t *quantized);
// sums[r] = the sum of a row.
void runic_sum_rows(ptrdiff_t rows, ptrdiff_t columns, const int8_t *quantized, int32_t *sums);
// In place, the bits of int32 sums to the float32 they stand for: (sum - corrections[j]) * scales[j]. With states in
// uint8, the correction is 128 times the sum of the weights' row, and the scale that of the row over 127.
void runic_scale_sums(ptrdiff_t rows, ptrdiff_t columns, const int32_t *corrections, const float *scales, float *sums);

// y[r] = table[ids[r]], rows of `width`; y or y16 may be NULL.
void runic_gather_rows(ptrdiff_t rows, ptrdiff_t width, const float *table, const int32_t *ids, float *y, uint16_t *y16);
// table[ids[r]][0..<width] += x[r][0..<width]; the strides are in elements.
void runic_scatter_add_rows(ptrdiff_t rows, ptrdiff_t width, const float *x, ptrdiff_t x_stride, const int32_t *ids,
                            float *table, ptrdiff_t table_stride);
void runic_add(ptrdiff_t count, const float *x, float *y);
double runic_sum_of_squares(ptrdiff_t count, const float *x);

// y[m] = bias[m] + sum over k of w[m][k] x[k]; w (M, K); bias may be NULL.
void runic_matrix_vector(ptrdiff_t m, ptrdiff_t k, const float *w, const float *bias, const float *x, float *y);

// AdamW (Loshchilov and Hutter, arXiv 1711.05101): gradient * gradient_scale enters the moments;
// share1 = 1 - beta1, share2 = 1 - beta2 (the caller subtracts in float64, float32 would lose digits);
// first_correction = 1 / (1 - beta1^t), second_correction = 1 / (1 - beta2^t).
void runic_adamw(ptrdiff_t count, float *parameters, const float *gradient, float *first, float *second,
                 float gradient_scale, float learning_rate, float share1, float share2, float epsilon, float decay,
                 float first_correction, float second_correction);

#if defined(__cplusplus)
}
#endif
#endif
