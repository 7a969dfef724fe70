#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucasemap.h>

#include "edits.h"
#include "../Plain/utf8.h"

/*
 * Case depends on the neighbours of a code point, but never across one that has no case, is not ignored by the case
 * rules and starts a combining sequence: the text can be cut after such a code point. Title case looks at words, and is
 * cut after line feeds.
 */
#define KNOWN 1
#define CASELESS 2
#define CUT 4

struct runic_caser {
    UCaseMap *map;
    int32_t kind;
    uint32_t fold; /* the folding that maps letters that differ in case to one */
    uint8_t *facts;
    uint8_t *input;
    size_t count, capacity;
    size_t scanned, cut; /* in the input: the bytes examined, and the last place to cut */
    uint8_t *mapped;
    size_t mapped_capacity;
    runic_edits edits;
};

runic_caser *runic_caser_create(int32_t kind, const char *locale, int32_t *status) {
    UErrorCode error = U_ZERO_ERROR;
    runic_caser *c = calloc(1, sizeof *c);
    *status = RUNIC_OUT_OF_MEMORY;
    if (c == NULL) return NULL;
    int turkic = strncmp(locale, "tr", 2) == 0 || strncmp(locale, "az", 2) == 0;
    c->kind = kind;
    c->fold = turkic ? U_FOLD_CASE_EXCLUDE_SPECIAL_I : U_FOLD_CASE_DEFAULT;
    c->map = ucasemap_open(locale, kind == RUNIC_FOLD ? c->fold : 0, &error);
    c->facts = calloc(0x110000, 1);
    *status = U_FAILURE(error) ? (int32_t)error : c->facts == NULL ? RUNIC_OUT_OF_MEMORY : 0;
    if (*status == 0) return c;
    runic_caser_destroy(c);
    return NULL;
}

void runic_caser_destroy(runic_caser *c) {
    if (c == NULL) return;
    if (c->map != NULL) ucasemap_close(c->map);
    free(c->facts);
    free(c->input);
    free(c->mapped);
    runic_edits_free(&c->edits);
    free(c);
}

static uint8_t facts_of(runic_caser *c, uint32_t value) {
    uint8_t facts = c->facts[value];
    if (facts == 0) {
        int has_case = u_hasBinaryProperty((UChar32)value, UCHAR_CASED) ||
                       u_hasBinaryProperty((UChar32)value, UCHAR_CASE_IGNORABLE) ||
                       u_getCombiningClass((UChar32)value) != 0;
        facts = has_case ? KNOWN : KNOWN | CASELESS;
        if (c->kind == RUNIC_TITLE ? value == '\n' : !has_case) facts |= CUT;
        c->facts[value] = facts;
    }
    return facts;
}

/* The end of the next code point without case, from `i` on; `count` if there is none. */
static size_t next_caseless(runic_caser *c, const uint8_t *bytes, size_t i, size_t count) {
    while (i < count) {
        runic_scalar scalar = runic_next(bytes + i, count - i);
        i += scalar.length;
        if (facts_of(c, scalar.value) & CASELESS) break;
    }
    return i;
}

static int32_t map(runic_caser *c, const uint8_t *bytes, size_t count, size_t *mapped) {
    for (int attempt = 0; attempt < 2; attempt++) {
        UErrorCode error = U_ZERO_ERROR;
        char *out = (char *)c->mapped;
        int32_t room = (int32_t)c->mapped_capacity, length = 0;
        const char *in = (const char *)bytes;
        switch (c->kind) {
            case RUNIC_LOWER: length = ucasemap_utf8ToLower(c->map, out, room, in, (int32_t)count, &error); break;
            case RUNIC_UPPER: length = ucasemap_utf8ToUpper(c->map, out, room, in, (int32_t)count, &error); break;
            case RUNIC_TITLE: length = ucasemap_utf8ToTitle(c->map, out, room, in, (int32_t)count, &error); break;
            default: length = ucasemap_utf8FoldCase(c->map, out, room, in, (int32_t)count, &error); break;
        }
        *mapped = (size_t)length;
        if (U_SUCCESS(error)) return 0;
        if (error != U_BUFFER_OVERFLOW_ERROR) return (int32_t)error;
        int32_t status = runic_grow((void **)&c->mapped, &c->mapped_capacity, (size_t)length + 1, 1);
        if (status != 0) return status;
    }
    return (int32_t)U_BUFFER_OVERFLOW_ERROR;
}

/* Whether two letters differ only in case. */
static int are_pair(const runic_caser *c, uint32_t a, uint32_t b) {
    return a == b || u_foldCase((UChar32)a, c->fold) == u_foldCase((UChar32)b, c->fold);
}

/* Accounts for the leading code points that correspond one to one. */
static int32_t account_pairs(runic_caser *c, const uint8_t *old, size_t count, const uint8_t *new, size_t mapped,
                             size_t *i, size_t *j) {
    int32_t status = 0;
    while (status == 0 && *i < count && *j < mapped) {
        size_t same = 0;
        while (*i + same < count && *j + same < mapped && old[*i + same] == new[*j + same]) same++;
        /* Not into the middle of a code point that differs after its first byte. */
        if (*i + same < count) while (same > 0 && (old[*i + same] & 0xC0) == 0x80) same--;
        while (same > 0 && *j + same < mapped && (new[*j + same] & 0xC0) == 0x80) same--;
        status = runic_edits_keep(&c->edits, old + *i, same);
        *i += same;
        *j += same;
        if (status != 0 || *i == count || *j == mapped) break;
        runic_scalar a = runic_next(old + *i, count - *i), b = runic_next(new + *j, mapped - *j);
        if (a.kind != RUNIC_VALID || !are_pair(c, a.value, b.value)) break;
        status = runic_edits_put(&c->edits, a.length, new + *j, b.length);
        *i += a.length;
        *j += b.length;
    }
    return status;
}

/* The number of bytes that correspond at the ends, code point by code point. */
static void common_end(const runic_caser *c, const uint8_t *old, size_t count, const uint8_t *new, size_t mapped, size_t *i, size_t *j) {
    size_t p = count, q = mapped;
    while (p > 0 && q > 0) {
        size_t before = p - 1, made = q - 1;
        while (before > 0 && (old[before] & 0xC0) == 0x80 && p - before < 4) before--;
        while (made > 0 && (new[made] & 0xC0) == 0x80 && q - made < 4) made--;
        runic_scalar a = runic_next(old + before, p - before), b = runic_next(new + made, q - made);
        if (a.kind != RUNIC_VALID || a.length != p - before || b.length != q - made || !are_pair(c, a.value, b.value)) break;
        p = before;
        q = made;
    }
    *i = p;
    *j = q;
}

/* Accounts for `count` bytes that became `mapped` others: letter by letter if possible, else by the ranges between
   letters that correspond, up to the next code point without case, which is unchanged. */
static int32_t account(runic_caser *c, const uint8_t *old, size_t count, const uint8_t *new, size_t mapped) {
    size_t i = 0, j = 0;
    int32_t status = 0;
    while (status == 0 && (i < count || j < mapped)) {
        status = account_pairs(c, old, count, new, mapped, &i, &j);
        if (status != 0 || (i == count && j == mapped)) break;
        size_t p = next_caseless(c, old, i, count) - i, q = next_caseless(c, new, j, mapped) - j;
        common_end(c, old + i, p, new + j, q, &p, &q);
        if (p == 0 && q == 0) {
            p = count - i;
            q = mapped - j;
        }
        status = runic_edits_put(&c->edits, p, new + j, q);
        i += p;
        j += q;
    }
    return status;
}

static int32_t work(runic_caser *c, size_t end) {
    /* In ranges, so that the output stays small. */
    int32_t status = 0;
    for (size_t i = 0; status == 0 && i < end;) {
        size_t stop = i, mapped = 0;
        if (c->kind == RUNIC_TITLE) {
            const uint8_t *feed = memchr(c->input + i, '\n', end - i);
            stop = feed == NULL ? end : (size_t)(feed - c->input) + 1;
        } else if (end - i > 1 << 16) {
            stop = next_caseless(c, c->input, i + (1 << 16), end);
        } else {
            stop = end;
        }
        status = map(c, c->input + i, stop - i, &mapped);
        if (status == 0) status = account(c, c->input + i, stop - i, c->mapped, mapped);
        i = stop;
    }
    return status;
}

int32_t runic_caser_feed(runic_caser *c, const uint8_t *bytes, size_t count, int32_t final, size_t limit,
                         runic_edited *output) {
    runic_edits_clear(&c->edits);
    int32_t status = runic_grow((void **)&c->input, &c->capacity, c->count + count, 1);
    if (status != 0) return status;
    if (count > 0) memcpy(c->input + c->count, bytes, count);
    c->count += count;
    while (c->scanned < c->count) {
        runic_scalar scalar = runic_next(c->input + c->scanned, c->count - c->scanned);
        if (scalar.kind == RUNIC_TRUNCATED && !final) break;
        c->scanned += scalar.length;
        if (c->scanned - c->cut > limit) return RUNIC_TOO_LONG;
        if (facts_of(c, scalar.value) & CUT) c->cut = c->scanned;
    }
    size_t end = final ? c->count : c->cut;
    status = work(c, end);
    c->count -= end;
    if (c->count > 0 && end > 0) memmove(c->input, c->input + end, c->count);
    c->scanned -= end;
    c->cut = 0;
    *output = runic_edits_result(&c->edits);
    return status;
}
