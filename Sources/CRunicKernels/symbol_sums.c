#include "CRunicKernels.h"
#include "activation.h"

void runic_order_by_symbol(ptrdiff_t rows, const int32_t *ids, ptrdiff_t symbols, int32_t *starts, int32_t *order) {
    memset(starts, 0, (size_t)(symbols + 1) * sizeof(int32_t));
    for (ptrdiff_t row = 0; row < rows; row++) starts[ids[row] + 1]++;
    for (ptrdiff_t s = 0; s < symbols; s++) starts[s + 1] += starts[s];
    // starts[s + 1] is the end of the rows of s; filled in from the last row, it becomes their beginning.
    for (ptrdiff_t row = rows - 1; row >= 0; row--) order[--starts[ids[row] + 1]] = (int32_t)row;
    memmove(starts, starts + 1, (size_t)symbols * sizeof(int32_t));
    starts[symbols] = (int32_t)rows;
}

RUNIC_INLINE void add_row(ptrdiff_t width, const float *x, float *y) {
    for (ptrdiff_t j = 0; j < width; j++) y[j] += x[j];
}

// 0 + x is never -0, whichever sum it becomes a part of.
RUNIC_INLINE void begin_row(ptrdiff_t width, const float *x, float *y) {
    for (ptrdiff_t j = 0; j < width; j++) y[j] = 0.0f + x[j];
}

RUNIC_CLONES
void runic_sum_rows_by_symbol(const runic_symbol_rows *shards, ptrdiff_t groups, ptrdiff_t group_size, ptrdiff_t symbols,
                              ptrdiff_t first, ptrdiff_t width, float *scratch, float *table, ptrdiff_t table_stride) {
    float *slots[64];
    // Whether a slot has a row at all: an absent one is 0 and adds nothing.
    int present[64];
    for (ptrdiff_t s = 0; s < symbols; s++) {
        slots[0] = table + s * table_stride;
        ptrdiff_t waiting = 0;
        for (ptrdiff_t group = 0; group < groups; group++) {
            if (waiting > 0) slots[waiting] = scratch + (waiting - 1) * width;
            int found = 0;
            for (ptrdiff_t member = 0; member < group_size; member++) {
                const runic_symbol_rows *shard = &shards[group * group_size + member];
                for (int32_t at = shard->starts[s]; at < shard->starts[s + 1]; at++) {
                    const float *x = shard->rows + shard->order[at] * shard->stride + first;
                    if (found) {
                        add_row(width, x, slots[waiting]);
                    } else {
                        begin_row(width, x, slots[waiting]);
                    }
                    found = 1;
                }
            }
            present[waiting++] = found;
            // As often as the number of groups so far is even, two sums of equally many groups become one.
            for (ptrdiff_t pairs = group + 1; pairs % 2 == 0; pairs /= 2) {
                waiting--;
                if (!present[waiting]) continue;
                if (present[waiting - 1]) {
                    add_row(width, slots[waiting], slots[waiting - 1]);
                } else {
                    memcpy(slots[waiting - 1], slots[waiting], (size_t)width * sizeof(float));
                }
                present[waiting - 1] = 1;
            }
        }
        if (!present[0]) memset(slots[0], 0, (size_t)width * sizeof(float));
    }
}
