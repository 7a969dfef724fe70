#ifndef RUNIC_TRACED_H
#define RUNIC_TRACED_H

#include <unicode/urep.h>

#include "edits.h"

/*
 * A line that a transform of ICU changes in place; every UTF-16 unit knows the bytes of the line that it stands for.
 * The cells have a gap where the transform works, so that changing lengths there moves nothing. Text that a transform
 * appends temporarily at the end is in a separate tail, so that the gap can stay.
 */
typedef struct {
    uint32_t from, to; /* bytes of the line; from > to if they are not known */
    UChar unit;
} runic_cell;

typedef struct {
    runic_cell *cells;
    size_t capacity;
    size_t before, after; /* cells before the gap and after it */
    runic_cell *tail;
    size_t tail_count, tail_capacity;
    size_t limit;   /* most units; RUNIC_TOO_MUCH beyond */
    int32_t status; /* of the first failure; nothing changes after it */
} runic_traced;

extern const UReplaceableCallbacks runic_traced_callbacks;

/* Begins a line. */
int32_t runic_traced_set(runic_traced *t, const uint8_t *line, size_t count);

/* Accounts in `edits` for the changes of the line. Linear. */
int32_t runic_traced_account(runic_traced *t, const uint8_t *line, size_t count, runic_edits *edits);

static inline size_t runic_traced_count(const runic_traced *t) { return t->before + t->after + t->tail_count; }

static inline void runic_traced_free(runic_traced *t) {
    free(t->cells);
    free(t->tail);
}

#endif
