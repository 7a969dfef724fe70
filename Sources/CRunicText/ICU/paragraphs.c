#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "../Plain/utf8.h"
#include "runic_icu.h"

/*
 * Words are cut in UTF-16: ICU's engines for Thai, Lao, Khmer and Burmese compare lengths in code units with limits that are
 * meant for UTF-16, and find other words in UTF-8. Models of version 0.1.0 know those.
 */
struct runic_paragraphs {
    UBreakIterator *icu;
    int32_t reads_units;
    UText *text; /* where it does not */
    UChar *units;
    size_t capacity; /* of `units` */
    const uint8_t *bytes;
    size_t count;
    size_t byte, unit; /* the end of the last symbol, in bytes and in units */
};

runic_paragraphs *runic_paragraphs_create(int32_t kind, const char *locale, int32_t *status) {
    UErrorCode error = U_ZERO_ERROR;
    runic_paragraphs *p = calloc(1, sizeof *p);
    *status = RUNIC_OUT_OF_MEMORY;
    if (p == NULL) return NULL;
    p->reads_units = kind == RUNIC_WORDS;
    p->icu = ubrk_open(kind == RUNIC_CLUSTERS ? UBRK_CHARACTER : UBRK_WORD, locale, NULL, 0, &error);
    *status = U_FAILURE(error) ? (int32_t)error : 0;
    if (*status == 0) return p;
    runic_paragraphs_destroy(p);
    return NULL;
}

void runic_paragraphs_destroy(runic_paragraphs *p) {
    if (p == NULL) return;
    if (p->icu != NULL) ubrk_close(p->icu);
    if (p->text != NULL) utext_close(p->text);
    free(p->units);
    free(p);
}

/* Converts to UTF-16; an ill-formed sequence becomes U+FFFD. Returns the number of units. */
static size_t convert(const uint8_t *bytes, size_t count, UChar *units) {
    size_t written = 0;
    for (size_t i = 0; i < count;) {
        if (bytes[i] < 0x80) {
            units[written++] = bytes[i++];
            continue;
        }
        runic_scalar scalar = runic_next(bytes + i, count - i);
        i += scalar.length;
        if (scalar.value >= 0x10000) {
            units[written++] = (UChar)(0xD7C0 + (scalar.value >> 10));
            units[written++] = (UChar)(0xDC00 | (scalar.value & 0x3FF));
        } else {
            units[written++] = (UChar)scalar.value;
        }
    }
    return written;
}

/* Moves to a unit that is not before the current one. */
static void move(runic_paragraphs *p, size_t unit) {
    while (p->unit < unit && p->byte < p->count) {
        if (p->bytes[p->byte] < 0x80) {
            p->byte++;
            p->unit++;
            continue;
        }
        runic_scalar scalar = runic_next(p->bytes + p->byte, p->count - p->byte);
        p->byte += scalar.length;
        p->unit += scalar.value >= 0x10000 ? 2 : 1;
    }
}

int32_t runic_paragraphs_set(runic_paragraphs *p, const uint8_t *bytes, size_t count, size_t limit) {
    for (size_t i = 0; i < count;) {
        const uint8_t *feed = memchr(bytes + i, '\n', count - i);
        size_t length = feed == NULL ? count - i : (size_t)(feed - bytes) - i + 1;
        if (length > limit) return RUNIC_TOO_LONG;
        i += length;
    }
    UErrorCode error = U_ZERO_ERROR;
    if (!p->reads_units) {
        p->text = utext_openUTF8(p->text, (const char *)bytes, (int64_t)count, &error);
        ubrk_setUText(p->icu, p->text, &error);
        if (U_SUCCESS(error)) ubrk_first(p->icu);
        return U_FAILURE(error) ? (int32_t)error : 0;
    }
    if (count > INT32_MAX) return RUNIC_TOO_LONG;
    if (count > p->capacity) {
        /* No sequence has more units than bytes. */
        UChar *units = realloc(p->units, count * sizeof *units);
        if (units == NULL) return RUNIC_OUT_OF_MEMORY;
        p->units = units;
        p->capacity = count;
    }
    p->bytes = bytes;
    p->count = count;
    p->byte = p->unit = 0;
    ubrk_setText(p->icu, p->units, (int32_t)convert(bytes, count, p->units), &error);
    if (U_SUCCESS(error)) ubrk_first(p->icu);
    return U_FAILURE(error) ? (int32_t)error : 0;
}

size_t runic_paragraphs_next(runic_paragraphs *p, uint32_t *ends, size_t capacity) {
    size_t count = 0;
    while (count < capacity) {
        int32_t end = ubrk_next(p->icu);
        if (end == UBRK_DONE) break;
        if (p->reads_units) move(p, (size_t)end);
        ends[count++] = p->reads_units ? (uint32_t)p->byte : (uint32_t)end;
    }
    return count;
}
