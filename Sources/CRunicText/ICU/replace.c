#include <stdlib.h>
#include <string.h>
#include <unicode/uregex.h>
#include <unicode/ustring.h>

#include "edits.h"
#include "../Plain/utf8.h"

/* An element of the replacement: literal bytes, or the match of a group. */
typedef struct {
    size_t start, count; /* of the literals */
    int32_t group;       /* or -1 */
} part;

struct runic_replacer {
    URegularExpression *icu;
    part *parts;
    size_t part_count, part_capacity;
    uint8_t *literals;
    size_t literal_count, literal_capacity;
    UChar *units;     /* of the line */
    uint32_t *places; /* the offset in the line of each unit, and of the end */
    size_t unit_capacity, place_capacity;
    uint8_t *made;
    size_t made_count, made_capacity;
    size_t room; /* most bytes of output */
    runic_edits edits;
};

/* Limits for a match: thousands of backtracking steps, about seconds, and bytes. */
#define TIME_LIMIT 5000
#define STACK_LIMIT (32 << 20)

static int32_t add_part(runic_replacer *r, part added) {
    if (r->part_count >= RUNIC_MOST_PARTS) return RUNIC_TOO_MUCH;
    int32_t status = runic_grow((void **)&r->parts, &r->part_capacity, r->part_count + 1, sizeof *r->parts);
    if (status == 0) r->parts[r->part_count++] = added;
    return status;
}

/* Adds to the literals before it, if the last part is one. */
static int32_t add_literal(runic_replacer *r, const uint8_t *bytes, size_t count) {
    int32_t status = runic_grow((void **)&r->literals, &r->literal_capacity, r->literal_count + count, 1);
    if (status != 0) return status;
    memcpy(r->literals + r->literal_count, bytes, count);
    if (r->part_count > 0 && r->parts[r->part_count - 1].group < 0) {
        r->parts[r->part_count - 1].count += count;
    } else {
        status = add_part(r, (part){r->literal_count, count, -1});
    }
    r->literal_count += count;
    return status;
}

static int32_t add_group(runic_replacer *r, int32_t group) { return add_part(r, (part){0, 0, group}); }

/* The number of a hexadecimal escape of exactly `digits` digits, or -1. */
static int32_t hexadecimal(const char *text, int digits) {
    uint32_t value = 0;
    for (int k = 0; k < digits; k++) {
        char c = text[k];
        if (c >= '0' && c <= '9') value = value << 4 | (uint32_t)(c - '0');
        else if (c >= 'a' && c <= 'f') value = value << 4 | (uint32_t)(c - 'a' + 10);
        else if (c >= 'A' && c <= 'F') value = value << 4 | (uint32_t)(c - 'A' + 10);
        else return -1;
    }
    return value > 0x10FFFF || (value >> 11) == 0x1B ? -1 : (int32_t)value;
}

/* The number of `{`, 1 to 8 hexadecimal digits and `}` at `text`, or -1; *length is that of all of it. */
static int32_t braced(const char *text, size_t *length) {
    size_t digits = *text == '{' ? strspn(text + 1, "0123456789abcdefABCDEF") : 0;
    if (digits < 1 || digits > 8 || text[1 + digits] != '}') return -1;
    *length = digits + 2;
    return hexadecimal(text + 1, (int)digits);
}

/* Reads $1, ${name}, \u0041, \U00000041, \u{41}, \n, \t, \r and \x for any other x; *at is the offset where it stopped. */
static int32_t parse_replacement(runic_replacer *r, const char *text, size_t *at) {
    UErrorCode error = U_ZERO_ERROR;
    int32_t groups = uregex_groupCount(r->icu, &error), status = 0;
    size_t i = 0;
    while (status == 0 && text[i] != 0) {
        *at = i;
        if (text[i] == '\\') {
            char kind = text[i + 1];
            if (kind == 0) return RUNIC_BAD_REPLACEMENT;
            if (kind == 'u' || kind == 'U') {
                size_t length = kind == 'u' ? 4 : 8;
                int has_braces = kind == 'u' && text[i + 2] == '{';
                int32_t value = has_braces ? braced(text + i + 2, &length) : hexadecimal(text + i + 2, (int)length);
                uint8_t bytes[4];
                if (value < 0) return RUNIC_BAD_REPLACEMENT;
                status = add_literal(r, bytes, runic_put_scalar(bytes, (uint32_t)value));
                i += 2 + length;
            } else if (kind == 'n' || kind == 't' || kind == 'r') {
                uint8_t byte = kind == 'n' ? '\n' : kind == 't' ? '\t' : '\r';
                status = add_literal(r, &byte, 1);
                i += 2;
            } else {
                size_t length = runic_next((const uint8_t *)text + i + 1, strlen(text + i + 1)).length;
                status = add_literal(r, (const uint8_t *)text + i + 1, length);
                i += 1 + length;
            }
        } else if (text[i] == '$' && text[i + 1] == '{') {
            const char *end = strchr(text + i, '}');
            if (end == NULL) return RUNIC_BAD_REPLACEMENT;
            error = U_ZERO_ERROR;
            int32_t group = uregex_groupNumberFromCName(r->icu, text + i + 2, (int32_t)(end - text - (long)i - 2), &error);
            if (U_FAILURE(error)) return RUNIC_UNKNOWN_GROUP;
            status = add_group(r, group);
            i = (size_t)(end - text) + 1;
        } else if (text[i] == '$') {
            int32_t group = 0;
            size_t digits = 0;
            /* The longest number that is a group; the first digit always counts. */
            for (const char *d = text + i + 1; *d >= '0' && *d <= '9'; d++) {
                int32_t more = group * 10 + (*d - '0');
                if (digits > 0 && more > groups) break;
                group = more;
                digits++;
            }
            if (digits == 0) return RUNIC_BAD_REPLACEMENT;
            if (group > groups) return RUNIC_UNKNOWN_GROUP;
            status = add_group(r, group);
            i += 1 + digits;
        } else {
            size_t end = i + strcspn(text + i, "\\$");
            status = add_literal(r, (const uint8_t *)text + i, end - i);
            i = end;
        }
    }
    return status;
}

static int32_t to_units(const char *text, UChar **units, int32_t *count) {
    size_t length = strlen(text);
    UErrorCode error = U_ZERO_ERROR;
    if (length > 1 << 20) return RUNIC_TOO_LONG;
    *units = malloc((length + 1) * sizeof **units);
    if (*units == NULL) return RUNIC_OUT_OF_MEMORY;
    u_strFromUTF8(*units, (int32_t)length + 1, count, text, (int32_t)length, &error);
    return U_FAILURE(error) ? (int32_t)error : 0;
}

static int32_t prepare(runic_replacer *r, const char *pattern, const char *replacement, int32_t flags, int32_t *offset) {
    UChar *units = NULL;
    int32_t count = 0, status = to_units(pattern, &units, &count);
    UErrorCode error = U_ZERO_ERROR;
    UParseError place = {0};
    uint32_t options = 0;
    if (flags & RUNIC_IGNORE_CASE) options |= UREGEX_CASE_INSENSITIVE;
    if (flags & RUNIC_MULTIPLE_LINES) options |= UREGEX_MULTILINE;
    if (flags & RUNIC_DOT_ALL) options |= UREGEX_DOTALL;
    if (flags & RUNIC_COMMENTS) options |= UREGEX_COMMENTS;
    if (status == 0) {
        r->icu = uregex_open(units, count, options, &place, &error);
        if (U_FAILURE(error)) {
            status = (int32_t)error;
            *offset = place.line > 1 ? -1 : place.offset;
        }
    }
    free(units);
    if (status != 0) return status;
    uregex_setTimeLimit(r->icu, TIME_LIMIT, &error);
    uregex_setStackLimit(r->icu, STACK_LIMIT, &error);
    if (U_FAILURE(error)) return (int32_t)error;
    size_t at = 0;
    status = parse_replacement(r, replacement, &at);
    if (status != 0) *offset = (int32_t)runic_utf8_code_points((const uint8_t *)replacement, at);
    return status;
}

runic_replacer *runic_replacer_create(const char *pattern, const char *replacement, int32_t flags, int32_t *status,
                                      int32_t *offset) {
    runic_replacer *r = calloc(1, sizeof *r);
    *offset = -1;
    *status = r == NULL ? RUNIC_OUT_OF_MEMORY : prepare(r, pattern, replacement, flags, offset);
    if (*status == 0) return r;
    runic_replacer_destroy(r);
    return NULL;
}

void runic_replacer_destroy(runic_replacer *r) {
    if (r == NULL) return;
    if (r->icu != NULL) uregex_close(r->icu);
    free(r->parts);
    free(r->literals);
    free(r->units);
    free(r->places);
    free(r->made);
    runic_edits_free(&r->edits);
    free(r);
}

/* Makes the replacement of the current match. */
static int32_t make(runic_replacer *r, const uint8_t *line) {
    int32_t status = 0;
    r->made_count = 0;
    for (size_t k = 0; status == 0 && k < r->part_count; k++) {
        const uint8_t *bytes = r->literals + r->parts[k].start;
        size_t length = r->parts[k].count;
        if (r->parts[k].group >= 0) {
            UErrorCode error = U_ZERO_ERROR;
            int32_t start = uregex_start(r->icu, r->parts[k].group, &error);
            int32_t end = uregex_end(r->icu, r->parts[k].group, &error);
            if (U_FAILURE(error)) return (int32_t)error;
            if (start < 0) continue;
            bytes = line + r->places[start];
            length = r->places[end] - r->places[start];
        }
        if (length == 0) continue;
        if (r->edits.count + r->made_count + length > r->room) return RUNIC_TOO_MUCH;
        status = runic_grow((void **)&r->made, &r->made_capacity, r->made_count + length, 1);
        if (status != 0) break;
        memcpy(r->made + r->made_count, bytes, length);
        r->made_count += length;
    }
    return status;
}

static int32_t replace_line(runic_replacer *r, const uint8_t *line, size_t count, int32_t has_end) {
    int32_t status = runic_grow((void **)&r->units, &r->unit_capacity, count + 1, sizeof *r->units);
    if (status == 0) status = runic_grow((void **)&r->places, &r->place_capacity, count + 1, sizeof *r->places);
    if (status != 0) return status;
    int32_t length = 0;
    for (size_t i = 0; i < count;) {
        runic_scalar scalar = runic_next(line + i, count - i);
        r->places[length] = (uint32_t)i;
        i += scalar.length;
        if (scalar.value > 0xFFFF) {
            r->units[length++] = (UChar)(0xD7C0 + (scalar.value >> 10));
            r->places[length] = (uint32_t)i;
            r->units[length++] = (UChar)(0xDC00 + (scalar.value & 0x3FF));
        } else {
            r->units[length++] = (UChar)scalar.value;
        }
    }
    r->places[length] = (uint32_t)count;
    UErrorCode error = U_ZERO_ERROR;
    uregex_setText(r->icu, r->units, length, &error);
    size_t kept = 0;
    while (status == 0 && uregex_findNext(r->icu, &error) && U_SUCCESS(error)) {
        int32_t start = uregex_start(r->icu, 0, &error), end = uregex_end(r->icu, 0, &error);
        /* The next line begins after its line end. */
        if (start == length && has_end) break;
        size_t from = r->places[start], input = r->places[end] - from;
        status = make(r, line);
        if (status == 0) status = runic_edits_keep(&r->edits, line + kept, from - kept);
        if (status != 0) break;
        int same = r->made_count == input && (input == 0 || memcmp(r->made, line + from, input) == 0);
        status = same ? runic_edits_keep(&r->edits, line + from, input)
                      : runic_edits_put(&r->edits, input, r->made, r->made_count);
        kept = from + input;
    }
    if (status == 0 && U_FAILURE(error)) status = (int32_t)error;
    if (status == 0) status = runic_edits_keep(&r->edits, line + kept, count - kept);
    return status == 0 && r->edits.count > r->room ? RUNIC_TOO_MUCH : status;
}

int32_t runic_replacer_run(runic_replacer *r, const uint8_t *bytes, size_t count, size_t limit, size_t room,
                           int32_t any_end, runic_edited *output) {
    int32_t status = 0;
    r->room = room;
    runic_edits_clear(&r->edits);
    for (size_t i = 0; status == 0 && i < count;) {
        int32_t has_end;
        size_t length = runic_line_end(bytes, count, i, any_end, &has_end) - i;
        status = length > limit ? RUNIC_TOO_LONG : replace_line(r, bytes + i, length, has_end);
        i += length;
    }
    *output = runic_edits_result(&r->edits);
    return status;
}
