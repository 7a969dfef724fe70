#include "runic_icu.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>
#include <unicode/uversion.h>

void runic_icu_version(char *text) {
    UVersionInfo version;
    u_getVersion(version);
    u_versionToString(version, text);
}

void runic_unicode_version(char *text) {
    UVersionInfo version;
    u_getUnicodeVersion(version);
    u_versionToString(version, text);
}

void runic_code_point_name(uint32_t code_point, char *text, int32_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    if (capacity <= 0) return;
    int32_t length = u_charName((UChar32)code_point, U_EXTENDED_CHAR_NAME, text, capacity, &error);
    text[U_SUCCESS(error) && length < capacity ? length : 0] = 0;
}

int32_t runic_script(uint32_t code_point) {
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)code_point, &error);
    return U_SUCCESS(error) && script >= 0 ? (int32_t)script : (int32_t)USCRIPT_UNKNOWN;
}

int32_t runic_script_limit(void) { return u_getIntPropertyMaxValue(UCHAR_SCRIPT) + 1; }

const char *runic_script_name(int32_t script) {
    const char *name = uscript_getName((UScriptCode)script);
    return name != NULL ? name : "Unknown";
}

const char *runic_status_name(int32_t status) { return u_errorName((UErrorCode)status); }

int32_t runic_locale_is_known(const char *name) {
    UErrorCode error = U_ZERO_ERROR;
    char language[ULOC_LANG_CAPACITY], other[ULOC_LANG_CAPACITY];
    int32_t length = uloc_getLanguage(name, language, sizeof language, &error);
    if (U_FAILURE(error) || error == U_STRING_NOT_TERMINATED_WARNING || length == 0 || strlen(name) > 100) return 0;
    for (int32_t k = 0; k < uloc_countAvailable(); k++) {
        UErrorCode ignored = U_ZERO_ERROR;
        uloc_getLanguage(uloc_getAvailable(k), other, sizeof other, &ignored);
        if (U_SUCCESS(ignored) && strcmp(language, other) == 0) return 1;
    }
    return 0;
}
