#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "runic_icu.h"

struct runic_paragraphs {
    UBreakIterator *icu;
    UText *text;
};

runic_paragraphs *runic_paragraphs_create(int32_t kind, const char *locale, int32_t *status) {
    UErrorCode error = U_ZERO_ERROR;
    runic_paragraphs *p = calloc(1, sizeof *p);
    *status = RUNIC_OUT_OF_MEMORY;
    if (p == NULL) return NULL;
    p->icu = ubrk_open(kind == RUNIC_WORDS ? UBRK_WORD : UBRK_CHARACTER, locale, NULL, 0, &error);
    *status = U_FAILURE(error) ? (int32_t)error : 0;
    if (*status == 0) return p;
    runic_paragraphs_destroy(p);
    return NULL;
}

void runic_paragraphs_destroy(runic_paragraphs *p) {
    if (p == NULL) return;
    if (p->icu != NULL) ubrk_close(p->icu);
    if (p->text != NULL) utext_close(p->text);
    free(p);
}

int32_t runic_paragraphs_set(runic_paragraphs *p, const uint8_t *bytes, size_t count, size_t limit) {
    for (size_t i = 0; i < count;) {
        const uint8_t *feed = memchr(bytes + i, '\n', count - i);
        size_t length = feed == NULL ? count - i : (size_t)(feed - bytes) - i + 1;
        if (length > limit) return RUNIC_TOO_LONG;
        i += length;
    }
    UErrorCode error = U_ZERO_ERROR;
    p->text = utext_openUTF8(p->text, (const char *)bytes, (int64_t)count, &error);
    ubrk_setUText(p->icu, p->text, &error);
    if (U_SUCCESS(error)) ubrk_first(p->icu);
    return U_FAILURE(error) ? (int32_t)error : 0;
}

size_t runic_paragraphs_next(runic_paragraphs *p, uint32_t *ends, size_t capacity) {
    size_t count = 0;
    while (count < capacity) {
        int32_t end = ubrk_next(p->icu);
        if (end == UBRK_DONE) break;
        ends[count++] = (uint32_t)end;
    }
    return count;
}
