#include "CRunicKernels.h"
#include "activation.h"

const char *runic_instruction_set(void) {
#if defined(__x86_64__) && defined(__linux__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f")) return "avx512f";
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2")) return "haswell";
#endif
    return "default";
}

int runic_has_bfloat16(void) {
#if defined(__x86_64__) && defined(__linux__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512bf16") ? 1 : 0;
#else
    return 0;
#endif
}

RUNIC_CLONES
void runic_tanh(ptrdiff_t count, const float *x, float *y) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = runic_tanh1(x[i]);
}

RUNIC_CLONES
void runic_sigmoid(ptrdiff_t count, const float *x, float *y) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = runic_sigmoid1(x[i]);
}

RUNIC_CLONES
void runic_to_bfloat16(ptrdiff_t count, const float *x, uint16_t *y) { runic_round_row(count, x, y); }

RUNIC_CLONES
void runic_from_bfloat16(ptrdiff_t count, const uint16_t *x, float *y) {
    for (ptrdiff_t i = 0; i < count; i++) {
        uint32_t bits = (uint32_t)x[i] << 16;
        memcpy(&y[i], &bits, 4);
    }
}

RUNIC_CLONES
void runic_gather_rows(ptrdiff_t rows, ptrdiff_t width, const float *table, const int32_t *ids, float *y, uint16_t *y16) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const float *source = table + ids[row] * width;
        if (y) memcpy(y + row * width, source, (size_t)width * sizeof(float));
        if (y16) runic_round_row(width, source, y16 + row * width);
    }
}

RUNIC_CLONES
void runic_add(ptrdiff_t count, const float *x, float *y) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] += x[i];
}

// A finaliser of two multiplications and three shifts over a Weyl sequence: good enough for masks, not for cryptography.
RUNIC_INLINE uint32_t mask_bits(uint32_t key, uint32_t index) {
    uint32_t bits = index * 0x9E3779B9u + key;
    bits ^= bits >> 16;
    bits *= 0x21F0AAADu;
    bits ^= bits >> 15;
    bits *= 0x735A2D97u;
    bits ^= bits >> 15;
    return bits;
}

RUNIC_CLONES
void runic_dropout(ptrdiff_t count, const float *x, uint32_t key, uint32_t first, uint32_t threshold, float scale,
                   float *y, uint16_t *y16) {
    for (ptrdiff_t i = 0; i < count; i++) {
        float value = mask_bits(key, first + (uint32_t)i) >= threshold ? x[i] * scale : 0.0f;
        if (y) y[i] = value;
        if (y16) y16[i] = runic_bfloat16_1(value);
    }
}

RUNIC_CLONES
void runic_dropout_add(ptrdiff_t count, const float *x, uint32_t key, uint32_t threshold, float scale, float *y) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] += mask_bits(key, (uint32_t)i) >= threshold ? x[i] * scale : 0.0f;
}

RUNIC_CLONES
void runic_zoneout(ptrdiff_t count, const float *before, const float *fresh, uint32_t key, uint32_t first,
                   uint32_t threshold, float *y, uint16_t *y16) {
    for (ptrdiff_t i = 0; i < count; i++) {
        float value = mask_bits(key, first + (uint32_t)i) < threshold ? before[i] : fresh[i];
        y[i] = value;
        if (y16) y16[i] = runic_bfloat16_1(value);
    }
}

RUNIC_CLONES
void runic_zoneout_backward(ptrdiff_t count, const float *gradient, uint32_t key, uint32_t first, uint32_t threshold,
                            float *before, float *fresh) {
    for (ptrdiff_t i = 0; i < count; i++) {
        int kept = mask_bits(key, first + (uint32_t)i) < threshold;
        float d = gradient[i];
        before[i] = kept ? d : 0.0f;
        fresh[i] = kept ? 0.0f : d;
    }
}

RUNIC_CLONES
void runic_blend(ptrdiff_t count, const float *before, const float *fresh, float weight, float *y, uint16_t *y16) {
    for (ptrdiff_t i = 0; i < count; i++) {
        float value = fresh[i] + weight * (before[i] - fresh[i]);
        y[i] = value;
        if (y16) y16[i] = runic_bfloat16_1(value);
    }
}

RUNIC_CLONES
void runic_add_scaled(ptrdiff_t count, float factor, const float *x, const uint16_t *x16, float *y) {
    if (x16) {
        for (ptrdiff_t i = 0; i < count; i++) {
            uint32_t bits = (uint32_t)x16[i] << 16;
            float value;
            memcpy(&value, &bits, 4);
            y[i] += factor * value;
        }
    } else {
        for (ptrdiff_t i = 0; i < count; i++) y[i] += factor * x[i];
    }
}

RUNIC_CLONES
void runic_sum_operands(ptrdiff_t count, const float *a, const uint16_t *a16, const float *b, float *y, uint16_t *y16) {
    for (ptrdiff_t i = 0; i < count; i++) {
        float value = b[i];
        if (a) value += a[i];
        if (a16) {
            uint32_t bits = (uint32_t)a16[i] << 16;
            float other;
            memcpy(&other, &bits, 4);
            value += other;
        }
        if (y) y[i] = value;
        if (y16) y16[i] = runic_bfloat16_1(value);
    }
}
