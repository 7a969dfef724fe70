#define _GNU_SOURCE
#include "CRunicDNNL.h"

#include <dlfcn.h>
#include <oneapi/dnnl/dnnl.h>
#include <stdlib.h>
#include <string.h>

#if DNNL_VERSION_MAJOR >= 3
typedef dnnl_memory_desc_t layout_t;
#else
// In 2.x a memory descriptor is a plain struct; on the heap it works like the handle of 3.x.
typedef dnnl_memory_desc_t *layout_t;
#endif

struct runic_dnnl_engine {
    dnnl_engine_t engine;
};

struct runic_packed {
    dnnl_engine_t engine;
    dnnl_stream_t stream;
    layout_t layout;
    dnnl_memory_t plain, blocked;
    dnnl_primitive_t reorder;
    void *storage;
    int64_t k, n;
    int element;
};

struct runic_product {
    dnnl_stream_t stream;
    dnnl_primitive_desc_t description;
    dnnl_primitive_t primitive;
    dnnl_memory_t left, right, output, scratch;
    void *scratch_storage;
};

static dnnl_data_type_t left_type(int element) {
    return element == RUNIC_INT8 ? dnnl_u8 : element == RUNIC_BFLOAT16 ? dnnl_bf16 : dnnl_f32;
}
static dnnl_data_type_t right_type(int element) {
    return element == RUNIC_INT8 ? dnnl_s8 : element == RUNIC_BFLOAT16 ? dnnl_bf16 : dnnl_f32;
}
static dnnl_data_type_t output_type(int element) { return element == RUNIC_INT8 ? dnnl_s32 : dnnl_f32; }

static layout_t make_layout(int64_t rows, int64_t columns, dnnl_data_type_t type, int64_t row_stride, int64_t column_stride) {
    dnnl_dims_t sizes = {rows, columns}, strides = {row_stride, column_stride};
#if DNNL_VERSION_MAJOR >= 3
    layout_t layout = NULL;
    return dnnl_memory_desc_create_with_strides(&layout, 2, sizes, type, strides) == dnnl_success ? layout : NULL;
#else
    layout_t layout = malloc(sizeof *layout);
    if (layout && dnnl_memory_desc_init_by_strides(layout, 2, sizes, type, strides) != dnnl_success) {
        free(layout);
        layout = NULL;
    }
    return layout;
#endif
}

static layout_t make_free_layout(int64_t rows, int64_t columns, dnnl_data_type_t type) {
    dnnl_dims_t sizes = {rows, columns};
#if DNNL_VERSION_MAJOR >= 3
    layout_t layout = NULL;
    return dnnl_memory_desc_create_with_tag(&layout, 2, sizes, type, dnnl_format_tag_any) == dnnl_success ? layout : NULL;
#else
    layout_t layout = malloc(sizeof *layout);
    if (layout && dnnl_memory_desc_init_by_tag(layout, 2, sizes, type, dnnl_format_tag_any) != dnnl_success) {
        free(layout);
        layout = NULL;
    }
    return layout;
#endif
}

static layout_t copy_layout(const_dnnl_primitive_desc_t description, dnnl_query_t what) {
#if DNNL_VERSION_MAJOR >= 3
    layout_t copy = NULL;
    const_dnnl_memory_desc_t found = dnnl_primitive_desc_query_md(description, what, 0);
    return found && dnnl_memory_desc_clone(&copy, found) == dnnl_success ? copy : NULL;
#else
    const dnnl_memory_desc_t *found = dnnl_primitive_desc_query_md(description, what, 0);
    layout_t copy = found ? malloc(sizeof *copy) : NULL;
    if (copy) *copy = *found;
    return copy;
#endif
}

static void free_layout(layout_t layout) {
    if (!layout) return;
#if DNNL_VERSION_MAJOR >= 3
    dnnl_memory_desc_destroy(layout);
#else
    free(layout);
#endif
}

static void *aligned(size_t bytes) {
    size_t size = (bytes + 63) / 64 * 64;
    void *memory = aligned_alloc(64, size ? size : 64);
    if (memory) memset(memory, 0, size ? size : 64);
    return memory;
}

static dnnl_primitive_desc_t describe(dnnl_engine_t engine, layout_t left, layout_t right, layout_t output, int accumulate) {
    dnnl_primitive_desc_t description = NULL;
    dnnl_primitive_attr_t attributes = NULL;
    dnnl_post_ops_t operations = NULL;
    int good = dnnl_primitive_attr_create(&attributes) == dnnl_success
        && dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user) == dnnl_success
        && dnnl_post_ops_create(&operations) == dnnl_success;
    if (good && accumulate) {
#if DNNL_VERSION_MAJOR >= 3
        good = dnnl_post_ops_append_sum(operations, 1.0f, 0, dnnl_data_type_undef) == dnnl_success;
#else
        good = dnnl_post_ops_append_sum(operations, 1.0f) == dnnl_success;
#endif
        good = good && dnnl_primitive_attr_set_post_ops(attributes, operations) == dnnl_success;
    }
    if (good) {
#if DNNL_VERSION_MAJOR >= 3
        if (dnnl_matmul_primitive_desc_create(&description, engine, left, right, NULL, output, attributes) != dnnl_success)
            description = NULL;
#else
        dnnl_matmul_desc_t matmul;
        if (dnnl_matmul_desc_init(&matmul, left, right, NULL, output) != dnnl_success
            || dnnl_primitive_desc_create(&description, &matmul, attributes, engine, NULL) != dnnl_success)
            description = NULL;
#endif
    }
    if (operations) dnnl_post_ops_destroy(operations);
    if (attributes) dnnl_primitive_attr_destroy(attributes);
    return description;
}

void runic_dnnl_use_one_thread(void) {
    static _Thread_local int is_set;
    if (is_set) return;
    is_set = 1;
    // If oneDNN is linked with an OpenMP runtime, this setting applies to the calling thread.
    void (*set)(int) = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_num_threads");
    if (set) set(1);
}

runic_dnnl_engine *runic_dnnl_engine_create(void) {
    runic_dnnl_engine *made = calloc(1, sizeof *made);
    // oneDNN splits a product for the number of threads at its creation: here always one.
    runic_dnnl_use_one_thread();
    if (made && dnnl_engine_create(&made->engine, dnnl_cpu, 0) != dnnl_success) {
        free(made);
        made = NULL;
    }
    return made;
}

void runic_dnnl_engine_destroy(runic_dnnl_engine *engine) {
    if (!engine) return;
    dnnl_engine_destroy(engine->engine);
    free(engine);
}

int runic_dnnl_version(void) {
    const dnnl_version_t *version = dnnl_version();
    return version->major * 10000 + version->minor * 100 + version->patch;
}

void runic_packed_destroy(runic_packed *packed) {
    if (!packed) return;
    if (packed->reorder) dnnl_primitive_destroy(packed->reorder);
    if (packed->plain) dnnl_memory_destroy(packed->plain);
    if (packed->blocked) dnnl_memory_destroy(packed->blocked);
    if (packed->stream) dnnl_stream_destroy(packed->stream);
    free_layout(packed->layout);
    free(packed->storage);
    free(packed);
}

runic_packed *runic_packed_create(runic_dnnl_engine *engine, int64_t k, int64_t n, int64_t stride, int transposed,
                                  int element, int64_t rows_hint) {
    runic_packed *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    runic_dnnl_use_one_thread();
    made->engine = engine->engine;
    made->k = k;
    made->n = n;
    made->element = element;
    layout_t left = make_layout(rows_hint, k, left_type(element), k, 1);
    layout_t right = make_free_layout(k, n, right_type(element));
    layout_t output = make_layout(rows_hint, n, output_type(element), n, 1);
    layout_t source = make_layout(k, n, element == RUNIC_INT8 ? dnnl_s8 : dnnl_f32, transposed ? 1 : stride,
                                  transposed ? stride : 1);
    dnnl_primitive_desc_t matmul = NULL, reorder = NULL;
    int good = left && right && output && source;
    if (good) matmul = describe(engine->engine, left, right, output, 0);
    good = good && matmul && (made->layout = copy_layout(matmul, dnnl_query_weights_md));
    if (good) {
        made->storage = aligned(dnnl_memory_desc_get_size(made->layout));
        good = made->storage
            && dnnl_stream_create(&made->stream, engine->engine, dnnl_stream_default_flags) == dnnl_success
            && dnnl_memory_create(&made->plain, source, engine->engine, NULL) == dnnl_success
            && dnnl_memory_create(&made->blocked, made->layout, engine->engine, made->storage) == dnnl_success
            && dnnl_reorder_primitive_desc_create(&reorder, source, engine->engine, made->layout, engine->engine, NULL)
                == dnnl_success
            && dnnl_primitive_create(&made->reorder, reorder) == dnnl_success;
    }
    if (matmul) dnnl_primitive_desc_destroy(matmul);
    if (reorder) dnnl_primitive_desc_destroy(reorder);
    free_layout(left);
    free_layout(right);
    free_layout(output);
    free_layout(source);
    if (good) return made;
    runic_packed_destroy(made);
    return NULL;
}

int runic_packed_fill(runic_packed *packed, const void *source) {
    dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, packed->plain}, {DNNL_ARG_TO, packed->blocked}};
    if (dnnl_memory_set_data_handle(packed->plain, (void *)source) != dnnl_success) return 1;
    return dnnl_primitive_execute(packed->reorder, packed->stream, 2, arguments) != dnnl_success;
}

void runic_product_destroy(runic_product *product) {
    if (!product) return;
    if (product->primitive) dnnl_primitive_destroy(product->primitive);
    if (product->description) dnnl_primitive_desc_destroy(product->description);
    if (product->left) dnnl_memory_destroy(product->left);
    if (product->right) dnnl_memory_destroy(product->right);
    if (product->output) dnnl_memory_destroy(product->output);
    if (product->scratch) dnnl_memory_destroy(product->scratch);
    if (product->stream) dnnl_stream_destroy(product->stream);
    free(product->scratch_storage);
    free(product);
}

// Takes ownership of the three layouts. right_storage is NULL if the right side is given at each run.
static runic_product *make_product(dnnl_engine_t engine, layout_t left, layout_t right, layout_t output, int accumulate,
                                   void *right_storage) {
    runic_product *made = calloc(1, sizeof *made);
    layout_t scratch = NULL;
    runic_dnnl_use_one_thread();
    int good = made && left && right && output && (made->description = describe(engine, left, right, output, accumulate))
        && (scratch = copy_layout(made->description, dnnl_query_scratchpad_md));
    if (good) {
        made->scratch_storage = aligned(dnnl_memory_desc_get_size(scratch));
        good = made->scratch_storage
            && dnnl_stream_create(&made->stream, engine, dnnl_stream_default_flags) == dnnl_success
            && dnnl_memory_create(&made->left, left, engine, NULL) == dnnl_success
            && dnnl_memory_create(&made->right, right, engine, right_storage) == dnnl_success
            && dnnl_memory_create(&made->output, output, engine, NULL) == dnnl_success
            && dnnl_memory_create(&made->scratch, scratch, engine, made->scratch_storage) == dnnl_success
            && dnnl_primitive_create(&made->primitive, made->description) == dnnl_success;
    }
    free_layout(scratch);
    free_layout(left);
    free_layout(right);
    free_layout(output);
    if (good) return made;
    runic_product_destroy(made);
    return NULL;
}

runic_product *runic_product_create_packed(runic_packed *packed, int64_t m, int64_t left_stride, int64_t output_stride,
                                           int accumulate) {
    layout_t right;
#if DNNL_VERSION_MAJOR >= 3
    if (dnnl_memory_desc_clone(&right, packed->layout) != dnnl_success) return NULL;
#else
    if (!(right = malloc(sizeof *right))) return NULL;
    *right = *packed->layout;
#endif
    return make_product(packed->engine, make_layout(m, packed->k, left_type(packed->element), left_stride, 1), right,
                        make_layout(m, packed->n, output_type(packed->element), output_stride, 1), accumulate,
                        packed->storage);
}

runic_product *runic_product_create_plain(runic_dnnl_engine *engine, int64_t m, int64_t n, int64_t k,
                                          int64_t left_stride, int left_transposed, int64_t right_stride,
                                          int64_t output_stride, int accumulate, int element) {
    return make_product(engine->engine,
                        make_layout(m, k, left_type(element), left_transposed ? 1 : left_stride,
                                    left_transposed ? left_stride : 1),
                        make_layout(k, n, right_type(element), right_stride, 1),
                        make_layout(m, n, output_type(element), output_stride, 1), accumulate, NULL);
}

static int run(runic_product *product) {
    dnnl_exec_arg_t arguments[] = {{DNNL_ARG_SRC, product->left},
                                   {DNNL_ARG_WEIGHTS, product->right},
                                   {DNNL_ARG_DST, product->output},
                                   {DNNL_ARG_SCRATCHPAD, product->scratch}};
    return dnnl_primitive_execute(product->primitive, product->stream, 4, arguments) != dnnl_success;
}

int runic_product_run_packed(runic_product *product, const void *left, void *output) {
    return dnnl_memory_set_data_handle(product->left, (void *)left) != dnnl_success
        || dnnl_memory_set_data_handle(product->output, output) != dnnl_success || run(product);
}

int runic_product_run_plain(runic_product *product, const void *left, const void *right, float *output) {
    return dnnl_memory_set_data_handle(product->right, (void *)right) != dnnl_success
        || runic_product_run_packed(product, left, output);
}
