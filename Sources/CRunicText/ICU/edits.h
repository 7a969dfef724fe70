#ifndef RUNIC_EDITS_H
#define RUNIC_EDITS_H

#include <stdlib.h>
#include <string.h>

#include "runic_icu.h"

/* Output, and its changes against the input. */
typedef struct {
    uint8_t *bytes;
    size_t count, capacity;
    runic_change *list;
    size_t list_count, list_capacity;
    size_t settled; /* the end of the last change of the list */
} runic_edits;

static inline void runic_edits_clear(runic_edits *e) { e->count = e->list_count = e->settled = 0; }

static inline void runic_edits_free(runic_edits *e) {
    free(e->bytes);
    free(e->list);
}

/* Makes room for `need` elements of `size` bytes; keeps the old array if memory is short. */
static inline int32_t runic_grow(void **array, size_t *capacity, size_t need, size_t size) {
    if (*capacity >= need) return 0;
    size_t wanted = *capacity < 256 ? 256 : *capacity;
    while (wanted < need) wanted *= 2;
    void *grown = realloc(*array, wanted * size);
    if (grown == NULL) return RUNIC_OUT_OF_MEMORY;
    *array = grown;
    *capacity = wanted;
    return 0;
}

/* Keeps the next `count` bytes of the input. */
static inline int32_t runic_edits_keep(runic_edits *e, const uint8_t *bytes, size_t count) {
    if (count == 0) return 0;
    int32_t status = runic_grow((void **)&e->bytes, &e->capacity, e->count + count, 1);
    if (status != 0) return status;
    memcpy(e->bytes + e->count, bytes, count);
    e->count += count;
    return 0;
}

/* Replaces the next `input` bytes of the input by `count` others. */
static inline int32_t runic_edits_put(runic_edits *e, size_t input, const uint8_t *bytes, size_t count) {
    if (input == 0 && count == 0) return 0;
    int32_t status = runic_grow((void **)&e->list, &e->list_capacity, e->list_count + 1, sizeof *e->list);
    size_t at = e->count;
    if (status == 0) status = runic_edits_keep(e, bytes, count);
    if (status != 0) return status;
    e->list[e->list_count++] = (runic_change){at - e->settled, input, count};
    e->settled = e->count;
    return 0;
}

static inline runic_edited runic_edits_result(const runic_edits *e) {
    return (runic_edited){e->bytes, e->count, e->list, e->list_count};
}

#endif
