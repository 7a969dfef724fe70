// Matrix products by oneDNN with opaque handles. One source file covers the different C APIs of oneDNN 2.x and 3.x.
//
// A product computes  output (M, N) = left (M, K) . right (K, N)  or adds to output, with float32 sums and output;
// if left is uint8 and right int8, sums and output are int32.
// One thread at a time may use a handle; several threads may use different handles.
#ifndef C_RUNIC_DNNL_H
#define C_RUNIC_DNNL_H

#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

typedef struct runic_dnnl_engine runic_dnnl_engine;
typedef struct runic_packed runic_packed;
typedef struct runic_product runic_product;

// The element type of left and right; RUNIC_INT8 is uint8 on the left and int8 on the right.
enum { RUNIC_FLOAT32 = 0, RUNIC_BFLOAT16 = 1, RUNIC_INT8 = 2 };

// NULL if oneDNN cannot make a CPU engine.
runic_dnnl_engine *runic_dnnl_engine_create(void);
void runic_dnnl_engine_destroy(runic_dnnl_engine *engine);
// oneDNN's version as major * 10000 + minor * 100 + patch.
int runic_dnnl_version(void);
// From now on, oneDNN runs the calling thread's products on that thread only. With OpenMP this is a setting of the thread:
// its other parallel regions also have one thread until it sets another number.
void runic_dnnl_use_one_thread(void);

// A right side (K, N) in the layout that oneDNN prefers for products of about `rows_hint` rows.
// Filled from float32 (from int8 for RUNIC_INT8): element (k, n) is source[k * stride + n], or source[n * stride + k] if
// transposed.
// Product handles made from it read its memory: destroy them first.
runic_packed *runic_packed_create(runic_dnnl_engine *engine, int64_t k, int64_t n, int64_t stride, int transposed,
                                  int element, int64_t rows_hint);
void runic_packed_destroy(runic_packed *packed);
int runic_packed_fill(runic_packed *packed, const void *source);

// left is (M, K) with `left_stride` elements from row to row, output (M, N) likewise.
runic_product *runic_product_create_packed(runic_packed *packed, int64_t m, int64_t left_stride, int64_t output_stride,
                                           int accumulate);
int runic_product_run_packed(runic_product *product, const void *left, void *output);

// right is a plain row-major matrix. If left_transposed, left is stored as (K, M).
runic_product *runic_product_create_plain(runic_dnnl_engine *engine, int64_t m, int64_t n, int64_t k,
                                          int64_t left_stride, int left_transposed, int64_t right_stride,
                                          int64_t output_stride, int accumulate, int element);
int runic_product_run_plain(runic_product *product, const void *left, const void *right, float *output);
void runic_product_destroy(runic_product *product);

#if defined(__cplusplus)
}
#endif
#endif
