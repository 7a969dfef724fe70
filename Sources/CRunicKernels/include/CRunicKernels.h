// Element-wise loops of Runic, one clone per instruction set, chosen when the library is loaded.
//
// Every array is row-major and, without a stride argument, contiguous. Letters: B rows, H hidden units,
// G rows of gates (4H for an LSTM, 3H for a GRU, H for a vanilla RNN), V vocabulary.
// A `uint16_t` array holds bfloat16 values. Where noted it may be NULL and is then not written.
// No function allocates or keeps state. The caller checks bounds (RunicKernels does).
#ifndef C_RUNIC_KERNELS_H
#define C_RUNIC_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

// The clone that runs: "avx512f", "haswell" or "default".
const char *runic_instruction_set(void);
// 1 if the processor multiplies bfloat16 in hardware.
int runic_has_bfloat16(void);
// 1 if it has products of four int8 summed into int32 (AVX-512 VNNI).
int runic_has_int8_dot_product(void);

// Tells the processor that the caller is spinning.
static inline void runic_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

// y = tanh(x) and y = 1 / (1 + exp(-x)); the relative error of both is below 5e-7.
void runic_tanh(ptrdiff_t count, const float *x, float *y);
void runic_sigmoid(ptrdiff_t count, const float *x, float *y);

// The element-wise operations of one time step of a cell, for the units [first, last) of each row.
//   x       Wx . x, G wide: row r or, if ids is not NULL, row ids[r] of the table of layer 0
//   hidden_term  h(t-1) . Whh^T, (B, G)
//   bias    b_ih + b_hh, (G); for the GRU, see there
//   gates   the activated gates, (B, G); may be the same memory as x if ids is NULL
//   h, h16  the new hidden state, (B, H); h16 may be NULL
void runic_lstm_forward(ptrdiff_t rows, ptrdiff_t hidden, ptrdiff_t first, ptrdiff_t last, const float *x, const int32_t *ids,
                        const float *hidden_term, const float *bias, const float *cell_before,
                        float *gates, float *cell, float *h, uint16_t *h16);
// GRU, reset gate after the product. recurrent_new receives Whn . h + b_hn, (B, H), for the backward step.
// bias is (4H): b_ir + b_hr, b_iz + b_hz, b_hn, b_in; so is its gradient.
void runic_gru_forward(ptrdiff_t rows, ptrdiff_t hidden, ptrdiff_t first, ptrdiff_t last, const float *x, const int32_t *ids,
                       const float *hidden_term, const float *bias, const float *h_before,
                       float *gates, float *recurrent_new, float *h, uint16_t *h16);
// rectifies: relu instead of tanh.
void runic_vanilla_forward(int rectifies, ptrdiff_t rows, ptrdiff_t hidden, ptrdiff_t first, ptrdiff_t last, const float *x, const int32_t *ids,
                           const float *hidden_term, const float *bias, float *gates, float *h, uint16_t *h16);

// The same step backward.
//   above       d loss / d h(t) from the layer above, (B, H)
//   dh          in: from step t+1, (B, H); out, GRU only: the direct gradient for step t-1
//   gates       in: activations; out: gradient before activation, (B, G); gates16 the same in bfloat16, may be NULL
//   bias_gradient  the sum over rows is added, (G)
void runic_lstm_backward(ptrdiff_t rows, ptrdiff_t hidden, const float *above, const float *dh, float *dcell,
                         const float *cell_before, const float *cell, float *gates, uint16_t *gates16,
                         float *bias_gradient);
// recurrent_gates: gradient of Whh . h + b_hh, (B, 3H): equal to gates, except that the third of the new gate is times r.
void runic_gru_backward(ptrdiff_t rows, ptrdiff_t hidden, const float *above, float *dh, const float *h_before,
                        const float *recurrent_new, float *gates, uint16_t *gates16,
                        float *recurrent_gates, uint16_t *recurrent_gates16,
                        float *bias_gradient);
void runic_vanilla_backward(int rectifies, ptrdiff_t rows, ptrdiff_t hidden, const float *above, const float *dh,
                            float *gates, uint16_t *gates16, float *bias_gradient);

// Variants of the LSTM (Greff et al. 2015, arXiv 1503.04069). Existing gates have the order i, f, g, o; a missing gate is 1.
// `vectors` holds the biases (G), then H each: any peepholes of i, f and o, then gain and offset of a normalised cell
// state; vector_gradient has the same layout.
enum { RUNIC_GATE_OPEN = 0, RUNIC_GATE_OWN = 1, RUNIC_GATE_COUPLED = 2, RUNIC_GATE_CAPPED = 3 };
#define RUNIC_NORM_EPSILON 1e-5f
typedef struct runic_lstm_form {
    int input_gate;                       // RUNIC_GATE_...; coupled: 1 - f; capped: own, at most 1 - f
    int forget_gate, output_gate;         // 0 or 1
    int squashes_input, squashes_output;  // 1: tanh; 0: identity
    int peephole_i, peephole_f, peephole_o;
    int normalises;                       // h = o * tanh(gain * normalised(c) + offset); needs all units in one call
} runic_lstm_form;
void runic_lstm_variant_forward(const runic_lstm_form *form, ptrdiff_t rows, ptrdiff_t hidden, ptrdiff_t first,
                                ptrdiff_t last, const float *x, const int32_t *ids, const float *hidden_term,
                                const float *vectors, const float *cell_before, float *gates, float *cell, float *h,
                                uint16_t *h16);
// scratch: (H).
void runic_lstm_variant_backward(const runic_lstm_form *form, ptrdiff_t rows, ptrdiff_t hidden, const float *above,
                                 const float *dh, float *dcell, const float *cell_before, const float *cell,
                                 const float *vectors, float *gates, uint16_t *gates16, float *vector_gradient,
                                 float *scratch);

// Operations of cells written in Swift. Each argument is a block of `units` columns with its own stride between rows.
// y += x summed over its rows.
void runic_add_rows(ptrdiff_t rows, ptrdiff_t units, const float *x, ptrdiff_t x_stride, float *y);
enum { RUNIC_SIGMOID = 0, RUNIC_TANH = 1, RUNIC_RELU = 2 };
// gate = squash(x + term + bias).
void runic_gate_forward(int squash, ptrdiff_t rows, ptrdiff_t first, ptrdiff_t last, const float *x, ptrdiff_t x_stride,
                        const int32_t *ids, const float *term, ptrdiff_t term_stride, const float *bias, float *gate,
                        ptrdiff_t gate_stride);
// gradient *= squash', computed from the activated gate; its sum over rows is added to bias_gradient.
void runic_gate_backward(int squash, ptrdiff_t rows, ptrdiff_t units, const float *gate, ptrdiff_t gate_stride,
                         float *gradient, ptrdiff_t gradient_stride, float *bias_gradient);
// y = a * b and y += a * b, element by element.
void runic_multiply_rows(ptrdiff_t rows, ptrdiff_t first, ptrdiff_t last, const float *a, ptrdiff_t a_stride, const float *b,
                         ptrdiff_t b_stride, float *y, ptrdiff_t y_stride, uint16_t *y16, ptrdiff_t y16_stride);
void runic_multiply_add_rows(ptrdiff_t rows, ptrdiff_t units, const float *a, ptrdiff_t a_stride, const float *b,
                             ptrdiff_t b_stride, float *y, ptrdiff_t y_stride);
// h = before moved towards the candidate: by 1 - gate if the gate keeps, else by the gate.
void runic_mix_forward(int keeps, ptrdiff_t rows, ptrdiff_t first, ptrdiff_t last, const float *gate, ptrdiff_t gate_stride,
                       const float *candidate, ptrdiff_t candidate_stride, const float *before, ptrdiff_t before_stride,
                       float *h, ptrdiff_t h_stride, uint16_t *h16, ptrdiff_t h16_stride);
// The backward step of d = above + dh (both contiguous). Out: gate_gradient, of the activated gate; candidate_gradient,
// before the candidate's tanh; dh, the direct gradient of `before` (contiguous).
void runic_mix_backward(int keeps, ptrdiff_t rows, ptrdiff_t units, const float *above, float *dh, const float *gate,
                        ptrdiff_t gate_stride, const float *candidate, ptrdiff_t candidate_stride, const float *before,
                        float *gate_gradient, ptrdiff_t gate_gradient_stride, float *candidate_gradient,
                        ptrdiff_t candidate_gradient_stride);
void runic_copy_rows(ptrdiff_t rows, ptrdiff_t units, const float *x, ptrdiff_t x_stride, float *y, ptrdiff_t y_stride,
                     uint16_t *y16, ptrdiff_t y16_stride);

// Layer normalisation (Ba et al. 2016, arXiv 1607.06450) of `width` columns of each row, in place:
// x = gain * normalised, normalised = (x - mean) * inverse, inverse = 1 / sqrt(variance + RUNIC_NORM_EPSILON) of each row.
// normalised and inverse are outputs for the backward step; both may be NULL.
void runic_layer_norm_forward(ptrdiff_t rows, ptrdiff_t width, float *x, ptrdiff_t stride, const float *gain,
                              float *normalised, ptrdiff_t normalised_stride, float *inverse, ptrdiff_t inverse_stride);
// dx may be dy; the sum over rows is added to gain_gradient.
void runic_layer_norm_backward(ptrdiff_t rows, ptrdiff_t width, const float *dy, ptrdiff_t dy_stride, const float *gain,
                               const float *normalised, ptrdiff_t normalised_stride, const float *inverse,
                               ptrdiff_t inverse_stride, float *dx, ptrdiff_t dx_stride, float *gain_gradient);

// Softmax cross-entropy of rows of logits (stride V) plus bias (V). Returns the sum of -log p[target] in nats over
// rows whose target is not negative; other rows are skipped. With gradient_scale > 0, logits become
// (p - q) * gradient_scale (0 in skipped rows), q = (1 - smoothing) * onehot + smoothing / V; their sum over rows is added
// to bias_gradient, and logits16 (may be NULL) receives them in bfloat16. With gradient_scale 0, logits are not written.
// nats, if not NULL, receives each row's -log p (0 in skipped rows).
double runic_softmax_cross_entropy(ptrdiff_t rows, ptrdiff_t vocabulary, float *logits, const float *bias,
                                   const int32_t *targets, float gradient_scale, float smoothing, uint16_t *logits16,
                                   float *bias_gradient, float *nats);

// Dropout by a counter-based generator: element i is kept and multiplied by scale if hash(key, first + i) >= threshold,
// else 0. The probability of being kept is 1 - threshold / 2^32. y and y16 may be NULL; y may be x.
void runic_dropout(ptrdiff_t count, const float *x, uint32_t key, uint32_t first, uint32_t threshold, float scale,
                   float *y, uint16_t *y16);

// y += dropout(x), with the mask of runic_dropout from its first element on.
void runic_dropout_add(ptrdiff_t count, const float *x, uint32_t key, uint32_t threshold, float scale, float *y);
// Zoneout (Krueger et al. 2017, arXiv 1606.01305): y[i] = before[i] where hash(key, first + i) < threshold, else fresh[i].
void runic_zoneout(ptrdiff_t count, const float *before, const float *fresh, uint32_t key, uint32_t first,
                   uint32_t threshold, float *y, uint16_t *y16);
// Splits a gradient between `before` and `fresh`; `fresh` may be `gradient`.
void runic_zoneout_backward(ptrdiff_t count, const float *gradient, uint32_t key, uint32_t first, uint32_t threshold,
                            float *before, float *fresh);
// y = weight * before + (1 - weight) * fresh; y16 may be NULL.
void runic_blend(ptrdiff_t count, const float *before, const float *fresh, float weight, float *y, uint16_t *y16);
// y += factor * x, x in float32 or, if x16 is not NULL, in bfloat16.
void runic_add_scaled(ptrdiff_t count, float factor, const float *x, const uint16_t *x16, float *y);
// y = a + b, a in float32 or, if a16 is not NULL, in bfloat16; y and y16 may be NULL, y may be a or b.
void runic_sum_operands(ptrdiff_t count, const float *a, const uint16_t *a16, const float *b, float *y, uint16_t *y16);

// Rounds to nearest even, like the processor's conversion; NaN stays NaN.
void runic_to_bfloat16(ptrdiff_t count, const float *x, uint16_t *y);
void runic_from_bfloat16(ptrdiff_t count, const uint16_t *x, float *y);

// int8 weights: quantized[r][j] = round(w[r][j] / scales[r]), scales[r] = max |w[r]| / 127; within [-127, 127].
void runic_quantize_rows(ptrdiff_t rows, ptrdiff_t columns, const float *w, int8_t *quantized, float *scales);
// Hidden states lie within [-1, 1], so their scale is fixed: quantized = round(127 x) + 128, within [1, 255].
void runic_quantize_states(ptrdiff_t count, const float *x, uint8_t *quantized);
// sums[r] = the sum of a row.
void runic_sum_rows(ptrdiff_t rows, ptrdiff_t columns, const int8_t *quantized, int32_t *sums);
// Converts int32 sums to float32 in place: (sum - corrections[j]) * scales[j]. For states in uint8, the correction is 128
// times the sum of the row of weights, and the scale is that of the row over 127.
void runic_scale_sums(ptrdiff_t rows, ptrdiff_t columns, const int32_t *corrections, const float *scales, float *sums);

// y[r] = table[ids[r]], rows of `width`; y or y16 may be NULL.
void runic_gather_rows(ptrdiff_t rows, ptrdiff_t width, const float *table, const int32_t *ids, float *y, uint16_t *y16);
// Sorts row numbers by their symbols: those of symbol s, ascending, are order[starts[s]..<starts[s + 1]].
void runic_order_by_symbol(ptrdiff_t rows, const int32_t *ids, ptrdiff_t symbols, int32_t *starts, int32_t *order);

// The rows of a shard, ordered by symbol; the stride is in elements.
typedef struct {
    const float *rows;
    ptrdiff_t stride;
    const int32_t *starts;
    const int32_t *order;
} runic_symbol_rows;

// table[s][0..<width] = the sum of the rows of symbol s, of their elements from `first` on: within each group of shards one
// after the other, and the groups, a power of two, in pairs. `scratch` has log2(groups) rows of `width`.
void runic_sum_rows_by_symbol(const runic_symbol_rows *shards, ptrdiff_t groups, ptrdiff_t group_size, ptrdiff_t symbols,
                              ptrdiff_t first, ptrdiff_t width, float *scratch, float *table, ptrdiff_t table_stride);
void runic_add(ptrdiff_t count, const float *x, float *y);
double runic_sum_of_squares(ptrdiff_t count, const float *x);

// Products of one row with a matrix, y[m] = sum over k of w[m][k] x[k], from weights laid out for them.
//
// w has `groups` times `units` rows (the groups are the gates of a cell; 1 for a plain matrix). A panel holds all weights of
// vectors_per_group * RUNIC_PANEL_LANES neighbouring units in every group, in the order in which a product reads them:
// for each k, for each group, for each vector, its lanes. The memory is read once from front to back, the sums stay
// in registers, and a worker with some panels has all gates of their units. A lane holds two neighbouring k in bfloat16
// and four in int8; padding is 0. Every output is summed over k in order, whatever the panels.
enum { RUNIC_PANEL_LANES = 16, RUNIC_PANEL_VECTORS = 8 };
typedef struct runic_panels {
    ptrdiff_t groups, units, k;
    ptrdiff_t vectors_per_group;  // groups * vectors_per_group <= RUNIC_PANEL_VECTORS
    ptrdiff_t panels;             // ceil(units / (vectors_per_group * RUNIC_PANEL_LANES))
} runic_panels;

// w is (groups * units, K). The targets are zeroed and aligned to 64 bytes. They have, for each panel,
// groups * vectors_per_group * RUNIC_PANEL_LANES times K elements, K rounded up to a multiple of 2 for bfloat16 and of 4
// for int8; corrections and scales have no factor K.
void runic_pack_panels_f32(const runic_panels *shape, const float *w, float *packed);
void runic_pack_panels_bf16(const runic_panels *shape, const float *w, uint16_t *packed);
void runic_pack_panels_int8(const runic_panels *shape, const int8_t *w, const int32_t *row_corrections,
                            const float *row_scales, int8_t *packed, int32_t *corrections, float *scales);

// The panels [first, last) of a product; y is (groups * units). In bfloat16 only the weights are rounded. In int8, x has
// the states of runic_quantize_states, padded to a multiple of 4, and y = (sum - correction) * scale.
void runic_panels_f32(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const float *packed, const float *x,
                      float *y);
void runic_panels_bf16(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const uint16_t *packed,
                       const float *x, float *y);
void runic_panels_int8(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const int8_t *packed,
                       const int32_t *corrections, const float *scales, const uint8_t *x, float *y);
// The same without int8 dot products of the processor, for processors that lack them.
void runic_panels_int8_plain(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const int8_t *packed,
                             const int32_t *corrections, const float *scales, const uint8_t *x, float *y);

// Updates of parameters by g = gradient * gradient_scale + penalty * parameters, as in PyTorch; a penalty is the factor of an
// L2 term's gradient. A velocity may be NULL for no momentum. Weights are 1 - beta or 1 - alpha: the caller subtracts in
// float64, because float32 would lose digits.

// velocity = momentum * velocity + g; parameters -= learning_rate * velocity.
void runic_sgd(ptrdiff_t count, float *parameters, const float *gradient, float *velocity, float gradient_scale,
               float learning_rate, float momentum, float penalty);
// square += weight * (g^2 - square); velocity = momentum * velocity + g / (sqrt(square) + epsilon);
// parameters -= learning_rate * velocity.
void runic_rmsprop(ptrdiff_t count, float *parameters, const float *gradient, float *square, float *velocity,
                   float gradient_scale, float learning_rate, float weight, float epsilon, float momentum, float penalty);
// Adam (Kingma and Ba, arXiv 1412.6980) with a penalty, AdamW (Loshchilov and Hutter, arXiv 1711.05101) with a decay:
// first_correction = 1 / (1 - beta1^t), second_correction = 1 / (1 - beta2^t).
void runic_adam(ptrdiff_t count, float *parameters, const float *gradient, float *first, float *second,
                float gradient_scale, float learning_rate, float weight1, float weight2, float epsilon, float penalty,
                float decay, float first_correction, float second_correction);
// average += weight * (parameters - average).
void runic_average(ptrdiff_t count, const float *parameters, float *average, float weight);

#if defined(__cplusplus)
}
#endif
#endif
