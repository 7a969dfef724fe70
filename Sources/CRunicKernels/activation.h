// Shared by the loops: clones for several instruction sets, and branch-free tanh and sigmoid that can be vectorised.
#ifndef RUNIC_ACTIVATION_H
#define RUNIC_ACTIVATION_H

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define RUNIC_CLONES __attribute__((target_clones("avx512f", "arch=haswell", "default")))
#else
#define RUNIC_CLONES
#endif
#define RUNIC_INLINE static inline __attribute__((always_inline))

// Splits exp(x) = power * (1 + fraction): n = round(x / ln 2), power = 2^n, fraction = exp(x - n ln 2) - 1. |x| <= 87.
// The polynomial is a minimax fit of (exp(r) - 1 - r) / r^2 on |r| <= ln(2) / 2: relative error 1.4e-8 before rounding.
RUNIC_INLINE void runic_split_exp(float x, float *power, float *fraction) {
    const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer in the low bits
    float shifted = x * 1.44269504f + magic;
    float n = shifted - magic;
    float r = x - n * 0.693145752f;
    r = r - n * 1.42860677e-6f;
    float q = 1.3882516255e-03f;
    q = q * r + 8.3665471403e-03f;
    q = q * r + 4.1667200715e-02f;
    q = q * r + 1.6666543424e-01f;
    q = q * r + 4.9999998150e-01f;
    *fraction = r + r * r * q;
    int32_t bits;
    memcpy(&bits, &shifted, 4);
    bits = (bits - 0x4B400000 + 127) << 23;
    memcpy(power, &bits, 4);
}

RUNIC_INLINE float runic_clamp(float x, float limit) {
    x = x < -limit ? -limit : x;
    return x > limit ? limit : x;
}

RUNIC_INLINE float runic_exp1(float x) {
    float power, fraction;
    runic_split_exp(x, &power, &fraction);
    return power + power * fraction;
}

RUNIC_INLINE float runic_sigmoid1(float x) {
    return 1.0f / (1.0f + runic_exp1(runic_clamp(-x, 87.0f)));
}

// tanh(x) = m / (m + 2), m = exp(2x) - 1 = power * fraction + (power - 1): exact near 0, where power is 1.
RUNIC_INLINE float runic_tanh1(float x) {
    float power, fraction;
    runic_split_exp(2.0f * runic_clamp(x, 10.0f), &power, &fraction);
    float m = power * fraction + (power - 1.0f);
    return m / (m + 2.0f);
}

RUNIC_INLINE uint16_t runic_bfloat16_1(float x) {
    uint32_t bits;
    memcpy(&bits, &x, 4);
    uint32_t rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
    uint32_t quiet = (bits >> 16) | 0x40;
    return (uint16_t)((bits & 0x7FFFFFFF) > 0x7F800000 ? quiet : rounded);
}

RUNIC_INLINE void runic_round_row(ptrdiff_t count, const float *x, uint16_t *y) {
    for (ptrdiff_t j = 0; j < count; j++) y[j] = runic_bfloat16_1(x[j]);
}

#endif
