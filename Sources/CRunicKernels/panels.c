#include "CRunicKernels.h"
#include "activation.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Vectors of the compiler, which splits them for the clone's instruction set.
typedef float vector_f32 __attribute__((vector_size(64), may_alias));
typedef uint32_t vector_u32 __attribute__((vector_size(64), may_alias));
typedef int32_t vector_s32 __attribute__((vector_size(64), may_alias));

enum { LANES = RUNIC_PANEL_LANES, MOST = RUNIC_PANEL_VECTORS };

static ptrdiff_t smaller(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

// The first output of the 16 sums of vector v of a panel, and how many of them are rows of the matrix.
RUNIC_INLINE ptrdiff_t place_of(const runic_panels *shape, ptrdiff_t panel, int v, ptrdiff_t *lanes) {
    ptrdiff_t group = v / shape->vectors_per_group;
    ptrdiff_t unit = (panel * shape->vectors_per_group + v % shape->vectors_per_group) * LANES;
    ptrdiff_t left = shape->units - unit;
    *lanes = left < 0 ? 0 : smaller(left, LANES);
    return group * shape->units + unit;
}

RUNIC_INLINE void store(const runic_panels *shape, ptrdiff_t panel, int v, const float *sums, float *y) {
    ptrdiff_t lanes, place = place_of(shape, panel, v, &lanes);
    if (lanes == LANES)
        memcpy(y + place, sums, LANES * sizeof(float));
    else
        for (ptrdiff_t lane = 0; lane < lanes; lane++) y[place + lane] = sums[lane];
}

void runic_pack_panels_f32(const runic_panels *shape, const float *w, float *packed) {
    const ptrdiff_t n = shape->groups * shape->vectors_per_group, k = shape->k;
    for (ptrdiff_t panel = 0; panel < shape->panels; panel++)
        for (int v = 0; v < n; v++) {
            ptrdiff_t lanes, place = place_of(shape, panel, v, &lanes);
            for (ptrdiff_t lane = 0; lane < lanes; lane++) {
                const float *row = w + (place + lane) * k;
                float *target = packed + (panel * k * n + v) * LANES + lane;
                for (ptrdiff_t j = 0; j < k; j++) target[j * n * LANES] = row[j];
            }
        }
}

void runic_pack_panels_bf16(const runic_panels *shape, const float *w, uint16_t *packed) {
    const ptrdiff_t n = shape->groups * shape->vectors_per_group, k = shape->k, pairs = (k + 1) / 2;
    for (ptrdiff_t panel = 0; panel < shape->panels; panel++)
        for (int v = 0; v < n; v++) {
            ptrdiff_t lanes, place = place_of(shape, panel, v, &lanes);
            for (ptrdiff_t lane = 0; lane < lanes; lane++) {
                const float *row = w + (place + lane) * k;
                uint16_t *target = packed + ((panel * pairs * n + v) * LANES + lane) * 2;
                for (ptrdiff_t j = 0; j < k; j++) target[j / 2 * n * LANES * 2 + j % 2] = runic_bfloat16_1(row[j]);
            }
        }
}

void runic_pack_panels_int8(const runic_panels *shape, const int8_t *w, const int32_t *row_corrections,
                            const float *row_scales, int8_t *packed, int32_t *corrections, float *scales) {
    const ptrdiff_t n = shape->groups * shape->vectors_per_group, k = shape->k, fours = (k + 3) / 4;
    for (ptrdiff_t panel = 0; panel < shape->panels; panel++)
        for (int v = 0; v < n; v++) {
            ptrdiff_t lanes, place = place_of(shape, panel, v, &lanes);
            for (ptrdiff_t lane = 0; lane < lanes; lane++) {
                const int8_t *row = w + (place + lane) * k;
                int8_t *target = packed + ((panel * fours * n + v) * LANES + lane) * 4;
                for (ptrdiff_t j = 0; j < k; j++) target[j / 4 * n * LANES * 4 + j % 4] = row[j];
                corrections[(panel * n + v) * LANES + lane] = row_corrections[place + lane];
                scales[(panel * n + v) * LANES + lane] = row_scales[place + lane];
            }
        }
}

// One panel with n vectors of sums, n a constant at each call, so that the sums stay in registers.
RUNIC_INLINE void panel_f32(const int n, const runic_panels *shape, ptrdiff_t panel, const float *packed, const float *x,
                            float *y) {
    const ptrdiff_t k = shape->k;
    const vector_f32 *w = (const vector_f32 *)(packed + panel * k * n * LANES);
    vector_f32 sums[MOST];
#pragma clang loop unroll(full)
    for (int v = 0; v < n; v++) sums[v] = (vector_f32){0};
    for (ptrdiff_t j = 0; j < k; j++, w += n)
#pragma clang loop unroll(full)
        for (int v = 0; v < n; v++) sums[v] += w[v] * x[j];
#pragma clang loop unroll(full)
    for (int v = 0; v < n; v++) store(shape, panel, v, (const float *)&sums[v], y);
}

RUNIC_INLINE void panel_bf16(const int n, const runic_panels *shape, ptrdiff_t panel, const uint16_t *packed,
                             const float *x, float *y) {
    const ptrdiff_t pairs = (shape->k + 1) / 2;
    const vector_u32 *w = (const vector_u32 *)(packed + panel * pairs * n * LANES * 2);
    vector_f32 sums[MOST];
#pragma clang loop unroll(full)
    for (int v = 0; v < n; v++) sums[v] = (vector_f32){0};
    for (ptrdiff_t j = 0; j < pairs; j++, w += n) {
        // The last weight of an odd row is 0, and no element after the end of x is read.
        const float even = x[2 * j], odd = 2 * j + 1 < shape->k ? x[2 * j + 1] : 0;
#pragma clang loop unroll(full)
        for (int v = 0; v < n; v++) {
            vector_u32 low = w[v] << 16, high = w[v] & 0xFFFF0000u;
            sums[v] += (vector_f32)low * even;
            sums[v] += (vector_f32)high * odd;
        }
    }
#pragma clang loop unroll(full)
    for (int v = 0; v < n; v++) store(shape, panel, v, (const float *)&sums[v], y);
}

#define FOR_VECTORS(n, use) \
    switch (n) { \
        case 1: use(1); break; \
        case 2: use(2); break; \
        case 3: use(3); break; \
        case 4: use(4); break; \
        case 5: use(5); break; \
        case 6: use(6); break; \
        case 7: use(7); break; \
        default: use(8); break; \
    }

RUNIC_CLONES
void runic_panels_f32(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const float *packed, const float *x,
                      float *y) {
    const ptrdiff_t n = shape->groups * shape->vectors_per_group;
#define RUN(N) for (ptrdiff_t panel = first; panel < last; panel++) panel_f32(N, shape, panel, packed, x, y)
    FOR_VECTORS(n, RUN)
#undef RUN
}

RUNIC_CLONES
void runic_panels_bf16(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const uint16_t *packed,
                       const float *x, float *y) {
    const ptrdiff_t n = shape->groups * shape->vectors_per_group;
#define RUN(N) for (ptrdiff_t panel = first; panel < last; panel++) panel_bf16(N, shape, panel, packed, x, y)
    FOR_VECTORS(n, RUN)
#undef RUN
}

// The sums of one panel in int8, by plain loops.
RUNIC_CLONES
static void panel_int8(const runic_panels *shape, ptrdiff_t panel, const int8_t *packed, const uint8_t *x, int32_t *sums) {
    const ptrdiff_t n = shape->groups * shape->vectors_per_group, fours = (shape->k + 3) / 4;
    const int8_t *w = packed + panel * fours * n * LANES * 4;
    memset(sums, 0, (size_t)(n * LANES) * sizeof *sums);
    for (ptrdiff_t j = 0; j < fours; j++, w += n * LANES * 4)
        for (ptrdiff_t i = 0; i < n * LANES; i++)
            sums[i] += x[4 * j] * w[4 * i] + x[4 * j + 1] * w[4 * i + 1] + x[4 * j + 2] * w[4 * i + 2]
                + x[4 * j + 3] * w[4 * i + 3];
}

#if defined(__x86_64__)
#define RUNIC_VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))

RUNIC_VNNI __attribute__((always_inline)) static inline void panel_vnni_n(
    const int n, const runic_panels *shape, ptrdiff_t panel, const int8_t *packed, const uint8_t *x, int32_t *sums) {
    const ptrdiff_t fours = (shape->k + 3) / 4;
    const __m512i *w = (const __m512i *)(packed + panel * fours * n * LANES * 4);
    __m512i total[MOST];
#pragma clang loop unroll(full)
    for (int v = 0; v < n; v++) total[v] = _mm512_setzero_si512();
    for (ptrdiff_t j = 0; j < fours; j++, w += n) {
        int32_t four;
        memcpy(&four, x + 4 * j, 4);
        const __m512i states = _mm512_set1_epi32(four);
#pragma clang loop unroll(full)
        for (int v = 0; v < n; v++) total[v] = _mm512_dpbusd_epi32(total[v], states, _mm512_load_si512(w + v));
    }
#pragma clang loop unroll(full)
    for (int v = 0; v < n; v++) _mm512_storeu_si512(sums + v * LANES, total[v]);
}

RUNIC_VNNI static void panel_vnni(const runic_panels *shape, ptrdiff_t panel, const int8_t *packed, const uint8_t *x,
                                  int32_t *sums) {
    const ptrdiff_t n = shape->groups * shape->vectors_per_group;
#define RUN(N) panel_vnni_n(N, shape, panel, packed, x, sums)
    FOR_VECTORS(n, RUN)
#undef RUN
}
#endif

int runic_has_int8_dot_product(void) {
#if defined(__x86_64__) && defined(__linux__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512vl")
        ? 1
        : 0;
#else
    return 0;
#endif
}

RUNIC_CLONES
static void scale_panel(const runic_panels *shape, ptrdiff_t panel, const int32_t *sums, const int32_t *corrections,
                        const float *scales, float *y) {
    const ptrdiff_t n = shape->groups * shape->vectors_per_group;
    float values[LANES * MOST];
    for (ptrdiff_t i = 0; i < n * LANES; i++)
        values[i] = (float)(sums[i] - corrections[panel * n * LANES + i]) * scales[panel * n * LANES + i];
    for (int v = 0; v < n; v++) store(shape, panel, v, values + v * LANES, y);
}

static void panels_int8(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const int8_t *packed,
                        const int32_t *corrections, const float *scales, const uint8_t *x, float *y, int fast) {
    int32_t sums[LANES * MOST];
    for (ptrdiff_t panel = first; panel < last; panel++) {
#if defined(__x86_64__)
        if (fast)
            panel_vnni(shape, panel, packed, x, sums);
        else
#endif
            panel_int8(shape, panel, packed, x, sums);
        scale_panel(shape, panel, sums, corrections, scales, y);
    }
    (void)fast;
}

void runic_panels_int8(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const int8_t *packed,
                       const int32_t *corrections, const float *scales, const uint8_t *x, float *y) {
    panels_int8(shape, first, last, packed, corrections, scales, x, y, runic_has_int8_dot_product());
}

void runic_panels_int8_plain(const runic_panels *shape, ptrdiff_t first, ptrdiff_t last, const int8_t *packed,
                             const int32_t *corrections, const float *scales, const uint8_t *x, float *y) {
    panels_int8(shape, first, last, packed, corrections, scales, x, y, 0);
}
