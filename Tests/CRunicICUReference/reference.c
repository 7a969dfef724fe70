#include "CRunicICUReference.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/uregex.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

int32_t reference_symbol_ends(int32_t kind, const char *locale, const uint8_t *bytes, size_t count, uint32_t *ends) {
    UErrorCode error = U_ZERO_ERROR;
    UChar *units = malloc((count + 1) * sizeof *units);
    int32_t length = 0, written = 0;
    if (units == NULL) return -1;
    u_strFromUTF8(units, (int32_t)count + 1, &length, (const char *)bytes, (int32_t)count, &error);
    UBreakIterator *breaks = ubrk_open(kind == 1 ? UBRK_WORD : UBRK_CHARACTER, locale, units, length, &error);
    if (U_FAILURE(error)) {
        free(units);
        return -1;
    }
    size_t byte = 0;
    int32_t unit = 0;
    ubrk_first(breaks);
    for (int32_t p = ubrk_next(breaks); p != UBRK_DONE; p = ubrk_next(breaks)) {
        while (unit < p) byte += U16_IS_SURROGATE(units[unit]) ? 2 : (size_t)U8_LENGTH(units[unit]), unit++;
        ends[written++] = (uint32_t)byte;
    }
    ubrk_close(breaks);
    free(units);
    return written;
}

int32_t reference_grapheme_ends(const uint8_t *bytes, size_t count, uint32_t *ends) {
    return reference_symbol_ends(0, "en", bytes, count, ends);
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

static int32_t units(const char *text, size_t count, UChar *out, int32_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    int32_t length = 0;
    u_strFromUTF8(out, capacity, &length, text, (int32_t)count, &error);
    return U_FAILURE(error) ? -1 : length;
}

static int32_t utf8(const UChar *text, int32_t length, uint8_t *out) {
    UErrorCode error = U_ZERO_ERROR;
    int32_t written = 0;
    u_strToUTF8((char *)out, 65536, &written, text, length, &error);
    return U_FAILURE(error) ? -1 : written;
}

int32_t reference_set_has(const char *pattern, uint32_t code_point) {
    UErrorCode error = U_ZERO_ERROR;
    UChar text[1024];
    USet *set = uset_openPattern(text, units(pattern, strlen(pattern), text, 1024), &error);
    if (U_FAILURE(error)) return -1;
    int32_t has = uset_contains(set, (UChar32)code_point);
    uset_close(set);
    return has;
}

int32_t reference_replace(const char *pattern, const char *replacement, uint32_t flags, const uint8_t *bytes,
                          size_t count, uint8_t *out) {
    UErrorCode error = U_ZERO_ERROR;
    UChar expression[1024], with[1024], source[8192], result[32768];
    URegularExpression *regex =
        uregex_open(expression, units(pattern, strlen(pattern), expression, 1024), flags, NULL, &error);
    uregex_setText(regex, source, units((const char *)bytes, count, source, 8192), &error);
    int32_t length =
        uregex_replaceAll(regex, with, units(replacement, strlen(replacement), with, 1024), result, 32768, &error);
    uregex_close(regex);
    return U_FAILURE(error) ? -1 : utf8(result, length, out);
}

int32_t reference_case(int32_t kind, const char *locale, const uint8_t *bytes, size_t count, uint8_t *out) {
    UErrorCode error = U_ZERO_ERROR;
    UChar source[8192], result[32768];
    int32_t length = units((const char *)bytes, count, source, 8192);
    switch (kind) {
        case 0: length = u_strToLower(result, 32768, source, length, locale, &error); break;
        case 1: length = u_strToUpper(result, 32768, source, length, locale, &error); break;
        case 2: length = u_strToTitle(result, 32768, source, length, NULL, locale, &error); break;
        default: length = u_strFoldCase(result, 32768, source, length, kind == 4 ? 1 : 0, &error); break;
    }
    return U_FAILURE(error) ? -1 : utf8(result, length, out);
}

int32_t reference_transliterate(const char *id, const char *rules, int32_t reverse, const uint8_t *bytes, size_t count,
                                uint8_t *out) {
    UErrorCode error = U_ZERO_ERROR;
    UChar name[1024], text[32768], rule[4096];
    int32_t name_length = units(id, strlen(id), name, 1024);
    int32_t rule_length = rules == NULL ? 0 : units(rules, strlen(rules), rule, 4096);
    UTransliterator *transform = utrans_openU(name, name_length, reverse ? UTRANS_REVERSE : UTRANS_FORWARD,
                                              rules == NULL ? NULL : rule, rule_length, NULL, &error);
    int32_t length = units((const char *)bytes, count, text, 32768), end = length;
    if (U_FAILURE(error)) return -1;
    utrans_transUChars(transform, text, &length, 32768, 0, &end, &error);
    utrans_close(transform);
    return U_FAILURE(error) ? -1 : utf8(text, length, out);
}
