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
// 1 where it has products of four int8 summed into int32 (AVX-512 VNNI).
int runic_has_int8_dot_product(void);

// Tells the processor that the caller spins.
static inline void runic_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

// y = tanh(x) and y = 1 / (1 + exp(-x)); the relative error of both is below 5e-7.
void runic_tanh(ptrdiff_t count, const float *x, float *y);
void runic_sigmoid(ptrdiff_t count, const float *x, float *y);

// One time step of a cell, element-wise part, for the units [first, last) of each row.
//   x       what the input contributes, G wide: row r, or row ids[r] where ids is not NULL (the table of layer 0)
//   hidden_part  h(t-1) . Whh^T, (B, G)
//   bias    the biases that enter the step; b_ih + b_hh, (G), but for the GRU: see there
//   gates   the activated gates, (B, G); may be the same memory as x where ids is NULL
//   h, h16  the new hidden state, (B, H); h16 may be NULL
void runic_lstm_forward(ptrdiff_t rows, ptrdiff_t hidden, ptrdiff_t first, ptrdiff_t last, const float *x, const int32_t *ids,
                        const float *hidden_part, const float *bias, const float *cell_before,
                        float *gates, float *cell, float *h, uint16_t *h16);
// GRU, reset gate after the product. recurrent_new keeps Whn . h + b_hn, (B, H), for the way back.
// bias is (4H): b_ir + b_hr, b_iz + b_hz, b_hn, b_in; so is its gradient.
void runic_gru_forward(ptrdiff_t rows, ptrdiff_t hidden, ptrdiff_t first, ptrdiff_t last, const float *x, const int32_t *ids,
                       const float *hidden_part, const float *bias, const float *h_before,
                       float *gates, float *recurrent_new, float *h, uint16_t *h16);
void runic_vanilla_forward(ptrdiff_t rows, ptrdiff_t hidden, ptrdiff_t first, ptrdiff_t last, const float *x, const int32_t *ids,
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

// Products of one row with a matrix, y[m] = sum over k of w[m][k] x[k], from weights laid out for them.
//
// The rows of w are `groups` times `units` (the gates of a cell; 1 for a plain matrix). A panel holds all weights of
// vectors_per_group * RUNIC_PANEL_LANES neighbouring units in every group, in the order in which a product reads them:
// for each k, for each group, for each vector, its lanes. So the memory is read once from front to back, the sums stay
// in registers, and a worker that has some panels gets all gates of their units. bfloat16 keeps two k beside each other
// in a lane, int8 four; what is missing at an edge is 0. The sum of one output goes over k in order, whatever the panels.
enum { RUNIC_PANEL_LANES = 16, RUNIC_PANEL_VECTORS = 8 };
typedef struct runic_panels {
    ptrdiff_t groups, units, k;
    ptrdiff_t vectors_per_group;  // groups * vectors_per_group <= RUNIC_PANEL_VECTORS
    ptrdiff_t panels;             // ceil(units / (vectors_per_group * RUNIC_PANEL_LANES))
} runic_panels;

// w is (groups * units, K). The targets are zeroed, on 64-byte boundaries, and have for each panel
// groups * vectors_per_group * RUNIC_PANEL_LANES times K elements, K rounded up to 2 for bfloat16 and to 4 for int8;
// corrections and scales have that many without K.
void runic_pack_panels_f32(const runic_panels *shape, const float *w, float *packed);
void runic_pack_panels_bf16(const runic_panels *shape, const float *w, uint16_t *packed);
void runic_pack_panels_int8(const runic_panels *shape, const int8_t *w, const int32_t *row_corrections,
                            const float *row_scales, int8_t *packed, int32_t *corrections, float *scales);

// The panels [first, last) of a product; y is (groups * units). In bfloat16 only the weights are rounded. In int8, x has
// the states of runic_quantize_states, readable up to K rounded up to 4, and y = (sum - correction) * scale.
void runic_panels_f32(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const float *packed, const float *x,
                      float *y);
void runic_panels_bf16(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const uint16_t *packed,
                       const float *x, float *y);
void runic_panels_int8(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const int8_t *packed,
                       const int32_t *corrections, const float *scales, const uint8_t *x, float *y);
// The same without the processor's int8 dot products: what runs where there are none.
void runic_panels_int8_plain(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const int8_t *packed,
                             const int32_t *corrections, const float *scales, const uint8_t *x, float *y);

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
