#include "CRunicPeak.h"
#include "together.h"

#include <stddef.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Independent sums: enough to cover the latency of two units of four cycles each, few enough to stay in registers.
#define SUMS 10
// Rounds of a piece of work: some tens of microseconds.
#define ROUNDS 10000

#if defined(__x86_64__)
// Hides a register from the optimiser, which would otherwise fold the rounds.
#define OPAQUE(value) __asm__ volatile("" : "+v"(value))

__attribute__((target("avx512f"))) static double float32_avx512(void *context, int part) {
    __m512 sum[SUMS], factor = _mm512_set1_ps(0.999f), addend = _mm512_set1_ps(0.001f);
    for (int i = 0; i < SUMS; i++) sum[i] = _mm512_set1_ps((float)(i + part));
    for (int round = 0; round < ROUNDS; round++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < SUMS; i++) {
            sum[i] = _mm512_fmadd_ps(sum[i], factor, addend);
            OPAQUE(sum[i]);
        }
    }
    return 16.0 * SUMS * ROUNDS;
}

__attribute__((target("avx2,fma"))) static double float32_avx2(void *context, int part) {
    __m256 sum[SUMS], factor = _mm256_set1_ps(0.999f), addend = _mm256_set1_ps(0.001f);
    for (int i = 0; i < SUMS; i++) sum[i] = _mm256_set1_ps((float)(i + part));
    for (int round = 0; round < ROUNDS; round++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < SUMS; i++) {
            sum[i] = _mm256_fmadd_ps(sum[i], factor, addend);
            __asm__ volatile("" : "+x"(sum[i]));
        }
    }
    return 8.0 * SUMS * ROUNDS;
}

__attribute__((target("avx512f,avx512bf16"))) static double bfloat16_avx512(void *context, int part) {
    // Two bfloat16 of 1.0 in each 32 bits.
    __m512 sum[SUMS];
    __m512i ones = _mm512_set1_epi32(0x3F803F80);
    for (int i = 0; i < SUMS; i++) sum[i] = _mm512_set1_ps((float)(i + part));
    for (int round = 0; round < ROUNDS; round++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < SUMS; i++) {
            sum[i] = _mm512_dpbf16_ps(sum[i], (__m512bh)ones, (__m512bh)ones);
            OPAQUE(sum[i]);
        }
    }
    return 32.0 * SUMS * ROUNDS;
}

__attribute__((target("avx512f,avx512vnni"))) static double int8_avx512(void *context, int part) {
    __m512i sum[SUMS], left = _mm512_set1_epi8(3), right = _mm512_set1_epi8(-2);
    for (int i = 0; i < SUMS; i++) sum[i] = _mm512_set1_epi32(i + part);
    for (int round = 0; round < ROUNDS; round++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < SUMS; i++) {
            sum[i] = _mm512_dpbusd_epi32(sum[i], left, right);
            OPAQUE(sum[i]);
        }
    }
    return 64.0 * SUMS * ROUNDS;
}
#endif

#define LANES 64

static double float32_generic(void *context, int part) {
    float sum[LANES];
    volatile float factor = 0.999f, addend = 0.001f;
    float x = factor, y = addend;
    for (int i = 0; i < LANES; i++) sum[i] = (float)(i + part);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < LANES; i++) sum[i] = sum[i] * x + y;
    }
    float total = 0;
    for (int i = 0; i < LANES; i++) total += sum[i];
    volatile float kept = total;
    (void)kept;
    return (double)LANES * ROUNDS;
}

static runic_piece piece_of(int type) {
#if defined(__x86_64__)
    int wide = __builtin_cpu_supports("avx512f");
    if (type == RUNIC_PEAK_FLOAT32 && wide) return float32_avx512;
    if (type == RUNIC_PEAK_FLOAT32 && __builtin_cpu_supports("fma")) return float32_avx2;
    if (type == RUNIC_PEAK_BFLOAT16 && wide && __builtin_cpu_supports("avx512bf16")) return bfloat16_avx512;
    if (type == RUNIC_PEAK_INT8 && wide && __builtin_cpu_supports("avx512vnni")) return int8_avx512;
#endif
    return type == RUNIC_PEAK_FLOAT32 ? float32_generic : NULL;
}

double runic_peak_multiply_adds(int type, int threads, double seconds) {
    runic_piece piece = piece_of(type);
    return piece ? runic_together(threads, seconds, piece, NULL) : 0;
}
