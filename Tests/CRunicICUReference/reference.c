#include "CRunicICUReference.h"

#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

int32_t reference_grapheme_ends(const uint8_t *bytes, size_t count, uint32_t *ends) {
    UErrorCode error = U_ZERO_ERROR;
    UText *text = utext_openUTF8(NULL, (const char *)bytes, (int64_t)count, &error);
    UBreakIterator *breaks = ubrk_open(UBRK_CHARACTER, "en", NULL, 0, &error);
    ubrk_setUText(breaks, text, &error);
    if (U_FAILURE(error)) return -1;
    int32_t written = 0;
    ubrk_first(breaks);
    for (int32_t p = ubrk_next(breaks); p != UBRK_DONE; p = ubrk_next(breaks)) ends[written++] = (uint32_t)p;
    ubrk_close(breaks);
    utext_close(text);
    return written;
}

int32_t reference_normalize(int32_t form, const uint8_t *bytes, size_t count, uint8_t *out) {
    static const char *const names[] = {"nfc", "nfc", "nfkc", "nfkc", "nfkc_cf"};
    UErrorCode error = U_ZERO_ERROR;
    UNormalization2Mode mode = form == 1 || form == 3 ? UNORM2_DECOMPOSE : UNORM2_COMPOSE;
    const UNormalizer2 *normalizer = unorm2_getInstance(NULL, names[form], mode, &error);
    UChar source[8192], result[32768];
    int32_t length = 0, written = 0;
    u_strFromUTF8(source, 8192, &length, (const char *)bytes, (int32_t)count, &error);
    int32_t normal = unorm2_normalize(normalizer, source, length, result, 32768, &error);
    u_strToUTF8((char *)out, 65536, &written, result, normal, &error);
    return U_FAILURE(error) ? -1 : written;
}
