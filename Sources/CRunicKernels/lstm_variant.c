#include "CRunicKernels.h"
#include "activation.h"

// Every gate has its own loop, so that a missing gate costs nothing and no combination needs special code.

typedef struct layout {
    ptrdiff_t i, f, g, o;                       // first element of each gate's block
    const float *peep_i, *peep_f, *peep_o;      // NULL if the gate does not see the cell state
    const float *norm_gain, *norm_offset;       // NULL if the cell state is not normalised
    ptrdiff_t width;                            // G
} layout;

// Whether the input gate has rows of its own.
static int has_input_gate(const runic_lstm_form *form) {
    return form->input_gate == RUNIC_GATE_OWN || form->input_gate == RUNIC_GATE_CAPPED;
}

static layout layout_of(const runic_lstm_form *form, ptrdiff_t H, const float *vectors) {
    layout made = {0};
    ptrdiff_t next = 0;
    made.i = next;
    if (has_input_gate(form)) next += H;
    made.f = next;
    if (form->forget_gate) next += H;
    made.g = next;
    next += H;
    made.o = next;
    if (form->output_gate) next += H;
    made.width = next;
    const float *rest = vectors + next;
    if (form->peephole_i) made.peep_i = rest, rest += H;
    if (form->peephole_f) made.peep_f = rest, rest += H;
    if (form->peephole_o) made.peep_o = rest, rest += H;
    if (form->normalises) made.norm_gain = rest, made.norm_offset = rest + H;
    return made;
}

RUNIC_INLINE void gate_forward(ptrdiff_t first, ptrdiff_t last, int squash, const float *x, const float *term,
                               const float *bias, const float *peep, const float *state, float *out) {
    if (peep) {
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t j = first; j < last; j++) out[j] = runic_sigmoid1(x[j] + term[j] + bias[j] + peep[j] * state[j]);
    } else if (squash == 0) {
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t j = first; j < last; j++) out[j] = runic_sigmoid1(x[j] + term[j] + bias[j]);
    } else if (squash == 1) {
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t j = first; j < last; j++) out[j] = runic_tanh1(x[j] + term[j] + bias[j]);
    } else {
#pragma clang loop vectorize(assume_safety)
        for (ptrdiff_t j = first; j < last; j++) out[j] = x[j] + term[j] + bias[j];
    }
}

// Mean and 1 / deviation of a row, in float64, so that they depend on the instruction set as little as possible.
static void moments(ptrdiff_t count, const float *x, float *mean, float *inverse) {
    double sum = 0, squares = 0;
    for (ptrdiff_t j = 0; j < count; j++) sum += (double)x[j];
    const double m = sum / (double)count;
    for (ptrdiff_t j = 0; j < count; j++) squares += ((double)x[j] - m) * ((double)x[j] - m);
    *mean = (float)m;
    *inverse = (float)(1.0 / __builtin_sqrt(squares / (double)count + RUNIC_NORM_EPSILON));
}

RUNIC_CLONES
void runic_lstm_variant_forward(const runic_lstm_form *form, ptrdiff_t rows, ptrdiff_t hidden, ptrdiff_t first,
                                ptrdiff_t last, const float *x, const int32_t *ids, const float *hidden_term,
                                const float *vectors, const float *cell_before, float *gates, float *cell, float *h,
                                uint16_t *h16) {
    const ptrdiff_t H = hidden;
    const layout at = layout_of(form, H, vectors);
    const ptrdiff_t G = at.width;
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *xr = x + (ids ? ids[row] : row) * G, *pr = hidden_term + row * G, *before = cell_before + row * H;
        float *gr = gates + row * G, *cr = cell + row * H, *hr = h + row * H;
        const float *i = gr + at.i, *f = gr + at.f, *g = gr + at.g, *o = gr + at.o;
        if (has_input_gate(form))
            gate_forward(first, last, 0, xr + at.i, pr + at.i, vectors + at.i, at.peep_i, before, gr + at.i);
        if (form->forget_gate)
            gate_forward(first, last, 0, xr + at.f, pr + at.f, vectors + at.f, at.peep_f, before, gr + at.f);
        gate_forward(first, last, form->squashes_input ? 1 : 2, xr + at.g, pr + at.g, vectors + at.g, 0, 0, gr + at.g);
        if (form->forget_gate && form->input_gate == RUNIC_GATE_OWN) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) cr[j] = f[j] * before[j] + i[j] * g[j];
        } else if (form->forget_gate && form->input_gate == RUNIC_GATE_CAPPED) {
            float *capped = gr + at.i;
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) {
                const float rest = 1.0f - f[j];
                capped[j] = capped[j] < rest ? capped[j] : rest;
                cr[j] = f[j] * before[j] + capped[j] * g[j];
            }
        } else if (form->forget_gate && form->input_gate == RUNIC_GATE_COUPLED) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) cr[j] = f[j] * before[j] + (1.0f - f[j]) * g[j];
        } else if (form->forget_gate) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) cr[j] = f[j] * before[j] + g[j];
        } else if (form->input_gate == RUNIC_GATE_OWN) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) cr[j] = before[j] + i[j] * g[j];
        } else {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) cr[j] = before[j] + g[j];
        }
        if (form->output_gate)
            gate_forward(first, last, 0, xr + at.o, pr + at.o, vectors + at.o, at.peep_o, cr, gr + at.o);
        const float *shown = cr;
        if (at.norm_gain) {
            float mean, inverse;
            moments(H, cr, &mean, &inverse);
            for (ptrdiff_t j = first; j < last; j++)
                hr[j] = (cr[j] - mean) * inverse * at.norm_gain[j] + at.norm_offset[j];
            shown = hr;
        }
        if (form->squashes_output) {
#pragma clang loop vectorize(assume_safety)
            for (ptrdiff_t j = first; j < last; j++) hr[j] = runic_tanh1(shown[j]);
        } else if (shown != hr) {
            memcpy(hr + first, shown + first, (size_t)(last - first) * sizeof(float));
        }
        if (form->output_gate)
            for (ptrdiff_t j = first; j < last; j++) hr[j] *= o[j];
        if (h16) runic_round_row(last - first, hr + first, h16 + row * H + first);
    }
}

// The output backward: replaces the output gate by its gradient before activation, and adds the gradient of the cell state
// to dc.
RUNIC_INLINE void output_backward(const int gated, const int squashes, ptrdiff_t H, const float *above, const float *dh,
                                  const float *c, float *o, float *dc) {
#pragma clang loop vectorize(assume_safety)
    for (ptrdiff_t j = 0; j < H; j++) {
        float t = squashes ? runic_tanh1(c[j]) : c[j], dhj = above[j] + dh[j];
        float d = gated ? dhj * o[j] : dhj;
        if (gated) o[j] = dhj * t * o[j] * (1.0f - o[j]);
        dc[j] += squashes ? d * (1.0f - t * t) : d;
    }
}

// The same for a normalised cell state. `scratch` has one row; `gradient` is that of gain and offset.
static void normalised_output_backward(const int gated, const int squashes, ptrdiff_t H, const float *above,
                                       const float *dh, const float *c, const float *gain, const float *offset,
                                       float *gradient, float *o, float *dc, float *scratch) {
    float mean, inverse;
    moments(H, c, &mean, &inverse);
    double sum = 0, weighted = 0;
    for (ptrdiff_t j = 0; j < H; j++) {
        float normalised = (c[j] - mean) * inverse, shown = normalised * gain[j] + offset[j];
        float t = squashes ? runic_tanh1(shown) : shown, dhj = above[j] + dh[j];
        float d = gated ? dhj * o[j] : dhj;
        if (gated) o[j] = dhj * t * o[j] * (1.0f - o[j]);
        if (squashes) d *= 1.0f - t * t;
        gradient[j] += d * normalised;
        gradient[H + j] += d;
        scratch[j] = d * gain[j];
        sum += (double)scratch[j];
        weighted += (double)(scratch[j] * normalised);
    }
    const float average = (float)(sum / (double)H), slope = (float)(weighted / (double)H);
    for (ptrdiff_t j = 0; j < H; j++) dc[j] += inverse * (scratch[j] - average - (c[j] - mean) * inverse * slope);
}

// The cell state backward: replaces the gates by their gradients, and dc by the gradient of the state before. A capped input
// gate was kept as min(i, 1 - f): where it is 1 - f, it has no gradient of its own, and f has that of -i.
RUNIC_INLINE void state_backward(const int input_gate, const int forget_gate, const int squashes, ptrdiff_t H,
                                 const float *before, float *i, float *f, float *g, float *dc) {
#pragma clang loop vectorize(assume_safety)
    for (ptrdiff_t j = 0; j < H; j++) {
        float d = dc[j], candidate = g[j], dg = d;
        float taken = 0;
        if (input_gate == RUNIC_GATE_OWN) {
            dg = d * i[j];
            i[j] = d * candidate * i[j] * (1.0f - i[j]);
        } else if (input_gate == RUNIC_GATE_CAPPED) {
            const float input = i[j], di = d * candidate, rest = 1.0f - f[j];
            dg = d * input;
            i[j] = input < rest ? di * input * (1.0f - input) : 0.0f;
            taken = input < rest ? 0.0f : di;
        }
        if (forget_gate) {
            float forget = f[j], df = d * before[j];
            if (input_gate == RUNIC_GATE_CAPPED) df -= taken;
            if (input_gate == RUNIC_GATE_COUPLED) {
                dg = d * (1.0f - forget);
                df = d * (before[j] - candidate);
            }
            dc[j] = d * forget;
            f[j] = df * forget * (1.0f - forget);
        }
        g[j] = squashes ? dg * (1.0f - candidate * candidate) : dg;
    }
}

RUNIC_INLINE void peephole_backward(ptrdiff_t H, const float *peep, const float *state, const float *dgate,
                                    float *dstate, float *gradient) {
    for (ptrdiff_t j = 0; j < H; j++) {
        gradient[j] += dgate[j] * state[j];
        dstate[j] += dgate[j] * peep[j];
    }
}

RUNIC_CLONES
void runic_lstm_variant_backward(const runic_lstm_form *form, ptrdiff_t rows, ptrdiff_t hidden, const float *above,
                                 const float *dh, float *dcell, const float *cell_before, const float *cell,
                                 const float *vectors, float *gates, uint16_t *gates16, float *vector_gradient,
                                 float *scratch) {
    const ptrdiff_t H = hidden;
    const layout at = layout_of(form, H, vectors);
    const ptrdiff_t G = at.width;
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *ar = above + row * H, *dr = dh + row * H, *before = cell_before + row * H, *c = cell + row * H;
        float *gr = gates + row * G, *dc = dcell + row * H;
        if (at.norm_gain)
            normalised_output_backward(form->output_gate, form->squashes_output, H, ar, dr, c, at.norm_gain,
                                       at.norm_offset, vector_gradient + (at.norm_gain - vectors), gr + at.o, dc, scratch);
        else if (form->output_gate && form->squashes_output)
            output_backward(1, 1, H, ar, dr, c, gr + at.o, dc);
        else if (form->output_gate)
            output_backward(1, 0, H, ar, dr, c, gr + at.o, dc);
        else if (form->squashes_output)
            output_backward(0, 1, H, ar, dr, c, gr + at.o, dc);
        else
            output_backward(0, 0, H, ar, dr, c, gr + at.o, dc);
        if (at.peep_o)
            peephole_backward(H, at.peep_o, c, gr + at.o, dc, vector_gradient + (at.peep_o - vectors));
#define STATE(INPUT, FORGET, SQUASHES) \
    state_backward(INPUT, FORGET, SQUASHES, H, before, gr + at.i, gr + at.f, gr + at.g, dc)
#define STATE_OF(INPUT, FORGET) \
    do { if (form->squashes_input) STATE(INPUT, FORGET, 1); else STATE(INPUT, FORGET, 0); } while (0)
        if (form->forget_gate && form->input_gate == RUNIC_GATE_OWN) STATE_OF(RUNIC_GATE_OWN, 1);
        else if (form->forget_gate && form->input_gate == RUNIC_GATE_CAPPED) STATE_OF(RUNIC_GATE_CAPPED, 1);
        else if (form->forget_gate && form->input_gate == RUNIC_GATE_COUPLED) STATE_OF(RUNIC_GATE_COUPLED, 1);
        else if (form->forget_gate) STATE_OF(RUNIC_GATE_OPEN, 1);
        else if (form->input_gate == RUNIC_GATE_OWN) STATE_OF(RUNIC_GATE_OWN, 0);
        else STATE_OF(RUNIC_GATE_OPEN, 0);
#undef STATE_OF
#undef STATE
        if (at.peep_i)
            peephole_backward(H, at.peep_i, before, gr + at.i, dc, vector_gradient + (at.peep_i - vectors));
        if (at.peep_f)
            peephole_backward(H, at.peep_f, before, gr + at.f, dc, vector_gradient + (at.peep_f - vectors));
        for (ptrdiff_t j = 0; j < G; j++) vector_gradient[j] += gr[j];
        if (gates16) runic_round_row(G, gr, gates16 + row * G);
    }
}
