#include "traced.h"

#include <unicode/utf16.h>

#include "../Plain/utf8.h"

static runic_cell *cell_at(const runic_traced *t, size_t i) {
    if (i < t->before) return t->cells + i;
    i -= t->before;
    if (i < t->after) return t->cells + (t->capacity - t->after + i);
    return t->tail + (i - t->after);
}

static void move_gap(runic_traced *t, size_t to) {
    runic_cell *after = t->cells + (t->capacity - t->after);
    if (to < t->before) {
        size_t count = t->before - to;
        memmove(after - count, t->cells + to, count * sizeof *t->cells);
        t->after += count;
    } else if (to > t->before) {
        size_t count = to - t->before;
        memmove(t->cells + t->before, after, count * sizeof *t->cells);
        t->after -= count;
    }
    t->before = to;
}

static int make_room(runic_traced *t, size_t count) {
    if (t->status == 0 && runic_traced_count(t) + count > t->limit) t->status = RUNIC_TOO_MUCH;
    if (t->status != 0) return 0;
    size_t old = t->capacity, need = t->before + t->after + count;
    if (need <= old) return 1;
    t->status = runic_grow((void **)&t->cells, &t->capacity, need, sizeof *t->cells);
    if (t->status != 0) return 0;
    memmove(t->cells + (t->capacity - t->after), t->cells + (old - t->after), t->after * sizeof *t->cells);
    return 1;
}

/* Moves the tail after the other cells. */
static int join_tail(runic_traced *t) {
    size_t count = t->tail_count;
    if (count == 0) return 1;
    t->tail_count = 0;
    if (!make_room(t, count)) return 0;
    move_gap(t, t->before + t->after);
    memcpy(t->cells + t->before, t->tail, count * sizeof *t->cells);
    t->before += count;
    return 1;
}

/* Replaces [start, limit), which is all in the tail or not at all, by `count` cells. */
static void put(runic_traced *t, size_t start, size_t limit, const runic_cell *cells, size_t count) {
    size_t body = t->before + t->after;
    if (start >= body && (t->tail_count > 0 || count > 0)) {
        size_t at = start - body, rest = t->tail_count - (limit - body);
        if (runic_traced_count(t) + count > t->limit) t->status = RUNIC_TOO_MUCH;
        if (t->status == 0) {
            t->status = runic_grow((void **)&t->tail, &t->tail_capacity, at + count + rest, sizeof *t->tail);
        }
        if (t->status != 0) return;
        memmove(t->tail + at + count, t->tail + (limit - body), rest * sizeof *t->tail);
        if (count > 0) memcpy(t->tail + at, cells, count * sizeof *t->tail);
        t->tail_count = at + count + rest;
        return;
    }
    if (!make_room(t, count)) return;
    move_gap(t, start);
    t->after -= limit - start;
    if (count > 0) memcpy(t->cells + t->before, cells, count * sizeof *t->cells);
    t->before += count;
}

static int32_t length(const UReplaceable *rep) { return (int32_t)runic_traced_count((const runic_traced *)rep); }

static UChar char_at(const UReplaceable *rep, int32_t offset) {
    const runic_traced *t = (const runic_traced *)rep;
    return offset < 0 || (size_t)offset >= runic_traced_count(t) ? 0xFFFF : cell_at(t, (size_t)offset)->unit;
}

static UChar32 char32_at(const UReplaceable *rep, int32_t offset) {
    UChar unit = char_at(rep, offset);
    if (U16_IS_LEAD(unit)) {
        UChar next = char_at(rep, offset + 1);
        if (U16_IS_TRAIL(next)) return U16_GET_SUPPLEMENTARY(unit, next);
    } else if (U16_IS_TRAIL(unit)) {
        UChar previous = char_at(rep, offset - 1);
        if (U16_IS_LEAD(previous)) return U16_GET_SUPPLEMENTARY(previous, unit);
    }
    return unit;
}

/* Whether [start, limit) is in the text; if it spans body and tail, they are joined. */
static int is_within(runic_traced *t, int32_t start, int32_t limit) {
    size_t body = t->before + t->after;
    if (t->status != 0 || start < 0 || limit < start || (size_t)limit > runic_traced_count(t)) return 0;
    return (size_t)start >= body || (size_t)limit <= body ? 1 : join_tail(t);
}

static void replace(UReplaceable *rep, int32_t start, int32_t limit, const UChar *text, int32_t count) {
    runic_traced *t = (runic_traced *)rep;
    runic_cell small[64], *cells = small;
    if (!is_within(t, start, limit)) return;
    if (count > 64) cells = malloc((size_t)count * sizeof *cells);
    if (cells == NULL) {
        t->status = RUNIC_OUT_OF_MEMORY;
        return;
    }
    uint32_t from = UINT32_MAX, to = 0;
    for (int32_t i = start; i < limit; i++) {
        const runic_cell *cell = cell_at(t, (size_t)i);
        if (cell->from < from) from = cell->from;
        if (cell->to > to) to = cell->to;
    }
    for (int32_t k = 0; k < count; k++) cells[k] = (runic_cell){from, to, text[k]};
    /* A transform may insert new text before the old and then delete the old: the new text stands for the same bytes. */
    if (count == 0 && from < to && (size_t)start < t->before + t->after) {
        for (size_t i = (size_t)start; i > 0 && cell_at(t, i - 1)->from > cell_at(t, i - 1)->to; i--) {
            cell_at(t, i - 1)->from = from;
            cell_at(t, i - 1)->to = to;
        }
    }
    put(t, (size_t)start, (size_t)limit, cells, (size_t)count);
    if (cells != small) free(cells);
}

static void extract(UReplaceable *rep, int32_t start, int32_t limit, UChar *out) {
    for (int32_t i = start; i < limit; i++) *out++ = char_at(rep, i);
}

static void copy(UReplaceable *rep, int32_t start, int32_t limit, int32_t dest) {
    runic_traced *t = (runic_traced *)rep;
    if (!is_within(t, start, limit) || dest < 0 || (size_t)dest > runic_traced_count(t)) return;
    size_t count = (size_t)(limit - start);
    runic_cell *cells = malloc((count + 1) * sizeof *cells);
    if (cells == NULL) {
        t->status = RUNIC_OUT_OF_MEMORY;
        return;
    }
    for (size_t k = 0; k < count; k++) cells[k] = *cell_at(t, (size_t)start + k);
    put(t, (size_t)dest, (size_t)dest, cells, count);
    free(cells);
}

const UReplaceableCallbacks runic_traced_callbacks = {length, char_at, char32_at, replace, extract, copy};

int32_t runic_traced_set(runic_traced *t, const uint8_t *line, size_t count) {
    t->before = t->after = t->tail_count = 0;
    t->status = runic_grow((void **)&t->cells, &t->capacity, count + 64, sizeof *t->cells);
    if (t->status != 0) return t->status;
    for (size_t i = 0; i < count;) {
        runic_scalar scalar = runic_next(line + i, count - i);
        UChar units[2];
        int32_t length = 0;
        U16_APPEND_UNSAFE(units, length, (UChar32)scalar.value);
        runic_cell cell = {(uint32_t)i, (uint32_t)(i + scalar.length), 0};
        for (int32_t k = 0; k < length; k++) {
            cell.unit = units[k];
            t->cells[t->before++] = cell;
        }
        i += scalar.length;
    }
    /* The transform begins at the start. */
    move_gap(t, 0);
    return 0;
}

/* Writes cells [start, end) in place of the bytes [from, to) of the line. */
static int32_t account(const runic_cell *cells, size_t start, size_t end, const uint8_t *line, size_t from, size_t to,
                       runic_edits *edits) {
    uint8_t small[256], *made = small;
    size_t count = 0;
    if ((end - start) * 3 > sizeof small) made = malloc((end - start) * 3);
    if (made == NULL) return RUNIC_OUT_OF_MEMORY;
    for (size_t i = start; i < end; i++) {
        uint32_t value = cells[i].unit;
        if (U16_IS_LEAD(value) && i + 1 < end && U16_IS_TRAIL(cells[i + 1].unit)) {
            value = (uint32_t)U16_GET_SUPPLEMENTARY(value, cells[i + 1].unit);
            i++;
        } else if (U_IS_SURROGATE(value)) {
            value = 0xFFFD;
        }
        count += runic_put_scalar(made + count, value);
    }
    int same = count == to - from && (count == 0 || memcmp(made, line + from, count) == 0);
    int32_t status = same ? runic_edits_keep(edits, line + from, count) : runic_edits_put(edits, to - from, made, count);
    if (made != small) free(made);
    return status;
}

/*
 * The text can be cut between two cells if all earlier cells stand for bytes before those of all later cells. Cells
 * without known bytes stand for the unclaimed bytes at their place.
 */
int32_t runic_traced_account(runic_traced *t, const uint8_t *line, size_t count, runic_edits *edits) {
    if (t->status == 0) join_tail(t);
    if (t->status != 0) return t->status;
    size_t units = t->before + t->after;
    move_gap(t, units);
    const runic_cell *cells = t->cells;
    /* For each cell, the lowest byte that it or a later cell stands for. */
    uint32_t *least = malloc((units + 1) * sizeof *least);
    if (least == NULL) return RUNIC_OUT_OF_MEMORY;
    least[units] = (uint32_t)count;
    for (size_t i = units; i-- > 0;) least[i] = cells[i].from < least[i + 1] ? cells[i].from : least[i + 1];
    size_t start = 0, source = 0, most = 0;
    int32_t status = 0;
    for (size_t i = 0; status == 0 && i < units; i++) {
        int is_known = cells[i].from <= cells[i].to;
        if (is_known && cells[i].to > most) most = cells[i].to;
        int next_known = i + 1 == units || cells[i + 1].from <= cells[i + 1].to;
        int splits_pair = i + 1 < units && U16_IS_LEAD(cells[i].unit) && U16_IS_TRAIL(cells[i + 1].unit);
        if (most > least[i + 1] || splits_pair || (!is_known && !next_known)) continue;
        /* Unclaimed bytes go to adjacent cells without bytes, or are dropped. */
        size_t end = is_known ? most : least[i + 1];
        /* Inserted text belongs to what follows. */
        if (end == source && i + 1 < units) continue;
        status = account(cells, start, i + 1, line, source, end, edits);
        source = end;
        start = i + 1;
        if (status == 0 && is_known && next_known && least[i + 1] > source) {
            status = runic_edits_put(edits, least[i + 1] - source, NULL, 0);
            source = least[i + 1];
        }
        most = source;
    }
    free(least);
    return status == 0 && source < count ? runic_edits_put(edits, count - source, NULL, 0) : status;
}
