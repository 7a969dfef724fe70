#include "CRunicICULoop.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

int64_t runic_icu_loop(const uint8_t *bytes, size_t count) {
    if (count > INT32_MAX / 4) return -1;
    UErrorCode error = U_ZERO_ERROR;
    int32_t units = 0, normal_units = 0, capacity = (int32_t)count * 2 + 16;
    UChar *text = malloc((count + 1) * sizeof *text), *normal = malloc((size_t)capacity * sizeof *normal);
    int64_t clusters = -1;
    if (text != NULL && normal != NULL) {
        u_strFromUTF8WithSub(text, (int32_t)count + 1, &units, (const char *)bytes, (int32_t)count, 0xFFFD, NULL, &error);
        const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
        if (U_SUCCESS(error)) normal_units = unorm2_normalize(nfc, text, units, normal, capacity, &error);
        UBreakIterator *breaks = ubrk_open(UBRK_CHARACTER, "en", normal, normal_units, &error);
        if (U_SUCCESS(error)) {
            clusters = 0;
            ubrk_first(breaks);
            while (ubrk_next(breaks) != UBRK_DONE) clusters++;
            ubrk_close(breaks);
        }
    }
    free(text);
    free(normal);
    return clusters;
}
