#include "CRunicPeak.h"
#include "together.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Bytes of one turn of the loops: eight registers of 64 bytes.
#define TURN 512

typedef struct {
    unsigned char *memory;
    size_t bytes_of_part;
} reading;

#if defined(__x86_64__)
__attribute__((target("avx512f"))) static double read_avx512(void *context, int part) {
    const reading *self = context;
    const unsigned char *from = self->memory + (size_t)part * self->bytes_of_part;
    __m512i sum[8];
    for (int i = 0; i < 8; i++) sum[i] = _mm512_setzero_si512();
    for (size_t at = 0; at < self->bytes_of_part; at += TURN) {
#pragma clang loop unroll(full)
        for (int i = 0; i < 8; i++) {
            sum[i] = _mm512_or_si512(sum[i], _mm512_load_si512((const void *)(from + at + 64 * i)));
        }
    }
    for (int i = 0; i < 8; i++) __asm__ volatile("" : : "v"(sum[i]));
    return (double)self->bytes_of_part;
}
#endif

static double read_generic(void *context, int part) {
    const reading *self = context;
    const unsigned char *from = self->memory + (size_t)part * self->bytes_of_part;
    uint64_t sum[TURN / 8] = {0};
    for (size_t at = 0; at < self->bytes_of_part; at += TURN) {
        const uint64_t *words = (const uint64_t *)(const void *)(from + at);
        for (int i = 0; i < TURN / 8; i++) sum[i] |= words[i];
    }
    uint64_t total = 0;
    for (int i = 0; i < TURN / 8; i++) total |= sum[i];
    volatile uint64_t kept = total;
    (void)kept;
    return (double)self->bytes_of_part;
}

double runic_peak_read(size_t bytes, int threads, double seconds) {
    if (threads < 1) return 0;
    reading self = {.bytes_of_part = (bytes / (size_t)threads + TURN - 1) / TURN * TURN};
    size_t whole = self.bytes_of_part * (size_t)threads;
    void *memory = NULL;
    if (whole == 0 || posix_memalign(&memory, 4096, whole)) return 0;
    // Pages that nobody wrote are all the same page.
    memset(memory, 1, whole);
    self.memory = memory;
    runic_piece piece = read_generic;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) piece = read_avx512;
#endif
    double rate = runic_together(threads, seconds, piece, &self);
    free(memory);
    return rate;
}
