#include <stdlib.h>
#include <string.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>

#include "runic_icu.h"
#include "../Plain/utf8.h"

/* One bit for every code point. */
struct runic_set {
    uint8_t bits[0x110000 / 8];
};

static USet *open_set(const char *pattern, UErrorCode *error) {
    size_t length = strlen(pattern);
    if (length > 1 << 20) {
        *error = U_ILLEGAL_ARGUMENT_ERROR;
        return NULL;
    }
    UChar *units = malloc((length + 1) * sizeof *units);
    int32_t count = 0;
    if (units == NULL) *error = U_MEMORY_ALLOCATION_ERROR;
    u_strFromUTF8(units, (int32_t)length + 1, &count, pattern, (int32_t)length, error);
    USet *set = U_SUCCESS(*error) ? uset_openPattern(units, count, error) : NULL;
    free(units);
    if (U_SUCCESS(*error)) return set;
    if (set != NULL) uset_close(set);
    return NULL;
}

runic_set *runic_set_create(const char *pattern, int32_t *status) {
    UErrorCode error = U_ZERO_ERROR;
    USet *icu = open_set(pattern, &error);
    *status = (int32_t)error;
    if (icu == NULL) return NULL;
    runic_set *set = calloc(1, sizeof *set);
    *status = set == NULL ? RUNIC_OUT_OF_MEMORY : 0;
    for (int32_t item = 0; set != NULL && *status == 0 && item < uset_getItemCount(icu); item++) {
        UChar32 start = 0, end = 0;
        UChar string[2];
        UErrorCode ignored = U_ZERO_ERROR;
        if (uset_getItem(icu, item, &start, &end, string, 2, &ignored) != 0) {
            *status = RUNIC_SET_OF_STRINGS;
            break;
        }
        for (UChar32 c = start; c <= end; c++) set->bits[c >> 3] |= (uint8_t)(1 << (c & 7));
    }
    uset_close(icu);
    if (*status == 0) return set;
    free(set);
    return NULL;
}

void runic_set_destroy(runic_set *set) { free(set); }

runic_set_run runic_set_next(const runic_set *set, const uint8_t *bytes, size_t count, int32_t final) {
    runic_set_run run = {0, 0, 0};
    while (run.length < count) {
        runic_scalar scalar = runic_next(bytes + run.length, count - run.length);
        if (scalar.kind == RUNIC_TRUNCATED && !final) {
            run.truncated = 1;
            break;
        }
        int32_t is_in = set->bits[scalar.value >> 3] >> (scalar.value & 7) & 1;
        if (run.length == 0) run.is_in = is_in;
        if (is_in != run.is_in) break;
        run.length += scalar.length;
    }
    return run;
}
