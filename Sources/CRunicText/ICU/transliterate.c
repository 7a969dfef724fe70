#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uenum.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "traced.h"

struct runic_transliterator {
    UTransliterator *icu;
    runic_traced line;
    runic_edits edits;
};

#define LONGEST_NAME (1 << 20)

/* A line may grow to so many UTF-16 units, and to so many times its bytes in addition. */
#define FREE_UNITS (64 << 10)
#define LARGEST_GROWTH 32

static UChar *to_units(const char *text, int32_t *count, UErrorCode *error) {
    size_t length = strlen(text);
    UChar *units = length > LONGEST_NAME ? NULL : malloc((length + 1) * sizeof *units);
    *count = 0;
    if (units == NULL) *error = length > LONGEST_NAME ? U_ILLEGAL_ARGUMENT_ERROR : U_MEMORY_ALLOCATION_ERROR;
    u_strFromUTF8(units, (int32_t)length + 1, count, text, (int32_t)length, error);
    return units;
}

static UTransliterator *open_transform(const char *id, const char *rules, int32_t reverse, UParseError *place,
                                       UErrorCode *error) {
    int32_t id_count = 0, rules_count = 0;
    UChar *id_units = to_units(rules == NULL ? id : "rules", &id_count, error);
    UChar *rules_units = rules == NULL ? NULL : to_units(rules, &rules_count, error);
    UTransliterator *icu = utrans_openU(id_units, id_count, reverse ? UTRANS_REVERSE : UTRANS_FORWARD, rules_units,
                                        rules_count, place, error);
    free(id_units);
    free(rules_units);
    if (U_SUCCESS(*error)) return icu;
    if (icu != NULL) utrans_close(icu);
    return NULL;
}

/* The edit distance of two names. */
static int distance(const char *a, const char *b) {
    int row[65];
    int width = (int)strlen(b);
    if (width > 64) return 1000;
    for (int k = 0; k <= width; k++) row[k] = k;
    for (int i = 1; a[i - 1] != 0; i++) {
        int corner = row[0];
        row[0] = i;
        for (int k = 1; k <= width; k++) {
            int change = corner + (tolower((unsigned char)a[i - 1]) != tolower((unsigned char)b[k - 1]));
            corner = row[k];
            int other = 1 + (row[k] < row[k - 1] ? row[k] : row[k - 1]);
            row[k] = change < other ? change : other;
        }
    }
    return row[width];
}

static void find_similar(const char *id, char *similar, size_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    UEnumeration *ids = utrans_openIDs(&error);
    char best[3][65] = {{0}};
    int distances[3] = {1000, 1000, 1000}, length = 0;
    for (const char *name = uenum_next(ids, &length, &error); U_SUCCESS(error) && name != NULL;
         name = uenum_next(ids, &length, &error)) {
        int d = length > 64 ? 1000 : distance(id, name);
        for (int k = 0; k < 3; k++) {
            if (d >= distances[k]) continue;
            for (int m = 2; m > k; m--) {
                distances[m] = distances[m - 1];
                memcpy(best[m], best[m - 1], sizeof best[m]);
            }
            distances[k] = d;
            strcpy(best[k], name);
            break;
        }
    }
    uenum_close(ids);
    snprintf(similar, capacity, "%s%s%s%s%s", best[0], best[1][0] ? ", " : "", best[1], best[2][0] ? ", " : "", best[2]);
}

/* Names the first part of the id that ICU lacks. */
static void explain_id(const char *id, int32_t reverse, runic_transliterator_problem *problem) {
    char part[128];
    snprintf(problem->where, sizeof problem->where, "%s", id);
    while (*id != 0) {
        size_t length = strcspn(id, ";");
        const char *start = id, *end = id + length;
        while (start < end && isspace((unsigned char)*start)) start++;
        while (end > start && isspace((unsigned char)end[-1])) end--;
        if (end > start && *start != '[' && (size_t)(end - start) < sizeof part) {
            UErrorCode error = U_ZERO_ERROR;
            UParseError place;
            memcpy(part, start, (size_t)(end - start));
            part[end - start] = 0;
            UTransliterator *icu = open_transform(part, NULL, reverse, &place, &error);
            if (icu == NULL) {
                strcpy(problem->where, part);
                break;
            }
            utrans_close(icu);
        }
        id += length + (id[length] != 0);
    }
    find_similar(problem->where, problem->similar, sizeof problem->similar);
}

runic_transliterator *runic_transliterator_create(const char *id, const char *rules, int32_t reverse, int32_t *status,
                                                  runic_transliterator_problem *problem) {
    UErrorCode error = U_ZERO_ERROR;
    UParseError place;
    memset(problem, 0, sizeof *problem);
    memset(&place, 0, sizeof place);
    runic_transliterator *t = calloc(1, sizeof *t);
    *status = RUNIC_OUT_OF_MEMORY;
    if (t == NULL) return NULL;
    t->icu = open_transform(id, rules, reverse, &place, &error);
    *status = (int32_t)(U_FAILURE(error) ? error : U_ZERO_ERROR);
    if (*status == 0) return t;
    free(t);
    if (rules == NULL) {
        explain_id(id, reverse, problem);
    } else {
        UErrorCode ignored = U_ZERO_ERROR;
        u_strToUTF8(problem->where, sizeof problem->where, NULL, place.postContext, -1, &ignored);
    }
    return NULL;
}

void runic_transliterator_destroy(runic_transliterator *t) {
    if (t == NULL) return;
    utrans_close(t->icu);
    runic_traced_free(&t->line);
    runic_edits_free(&t->edits);
    free(t);
}

int32_t runic_transliterator_run(runic_transliterator *t, const uint8_t *bytes, size_t count, size_t limit,
                                 size_t room, int32_t any_end, runic_edited *output) {
    int32_t status = 0;
    runic_edits_clear(&t->edits);
    for (size_t i = 0; status == 0 && i < count;) {
        int32_t has_end;
        size_t length = runic_line_end(bytes, count, i, any_end, &has_end) - i;
        t->line.limit = FREE_UNITS + LARGEST_GROWTH * length;
        status = length > limit ? RUNIC_TOO_LONG : runic_traced_set(&t->line, bytes + i, length);
        if (status == 0) {
            UErrorCode error = U_ZERO_ERROR;
            int32_t end = (int32_t)runic_traced_count(&t->line);
            utrans_trans(t->icu, (UReplaceable *)&t->line, &runic_traced_callbacks, 0, &end, &error);
            status = U_FAILURE(error) ? (int32_t)error
                                      : runic_traced_account(&t->line, bytes + i, length, &t->edits);
        }
        if (status == 0 && t->edits.count > room) status = RUNIC_TOO_MUCH;
        i += length;
    }
    *output = runic_edits_result(&t->edits);
    return status;
}
