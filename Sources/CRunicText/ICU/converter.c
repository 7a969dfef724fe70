#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/utf16.h>

#include "edits.h"
#include "../Plain/utf8.h"

/*
 * The converter gets one byte at a time, so that the result cannot depend on where the text is cut and the bytes of
 * every code point are known. Its results for one or two bytes from the initial state are cached, so that most text
 * bypasses it.
 */
typedef enum { RUNIC_SLOW, RUNIC_TABLES, RUNIC_UTF16LE, RUNIC_UTF16BE } converter_speed;

struct runic_converter {
    char name[64];
    UConverter *icu;
    converter_speed speed;
    int32_t errors, drop_mark;
    int32_t passes_ascii;
    int32_t keeps_no_state; /* only the bytes of one code point are ever pending */
    size_t sniff; /* bytes that show the byte order of UTF-16 or UTF-32, or 0 */
    uint8_t head[4];
    size_t head_count;
    uint32_t single[256]; /* 1 + the code point of one byte, or 0 */
    uint32_t *pairs;      /* the same for two bytes */
    size_t pending;       /* bytes that the converter has taken and that are not accounted for yet */
    uint8_t last[2];
    UChar lead; /* the first half of a surrogate pair whose second half is missing, or 0 */
    size_t offset, repaired;
    int64_t first_repair; /* -1 if there is none */
    int32_t at_start;
    runic_edits edits;
};

static UConverter *open_converter(const char *name, UErrorCode *error) {
    if (name[0] == 0 || strlen(name) > 60 || strpbrk(name, "/\\") != NULL) {
        *error = U_FILE_ACCESS_ERROR;
        return NULL;
    }
    UConverter *icu = ucnv_open(name, error);
    if (U_FAILURE(*error)) return NULL;
    ucnv_setToUCallBack(icu, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, error);
    if (U_SUCCESS(*error)) return icu;
    ucnv_close(icu);
    return NULL;
}

/* The single code point that these bytes are in the converter's initial state, or -1. */
static int32_t convert_alone(UConverter *icu, const uint8_t *bytes, size_t count) {
    UErrorCode error = U_ZERO_ERROR;
    UChar units[16], *target = units;
    const char *source = (const char *)bytes, *limit = source + count;
    ucnv_resetToUnicode(icu);
    ucnv_toUnicode(icu, &target, units + 16, &source, limit, NULL, 0, &error);
    UErrorCode ignored = U_ZERO_ERROR;
    int32_t waiting = ucnv_toUCountPending(icu, &ignored);
    ucnv_resetToUnicode(icu);
    int32_t length = (int32_t)(target - units), i = 0;
    if (U_FAILURE(error) || waiting != 0 || source != limit || length == 0) return -1;
    UChar32 value;
    U16_NEXT(units, i, length, value);
    return i == length && !U_IS_SURROGATE(value) ? value : -1;
}

static void study(runic_converter *c) {
    UConverterType type = ucnv_getType(c->icu);
    c->speed = RUNIC_SLOW;
    c->passes_ascii = c->keeps_no_state = 0;
    memset(c->single, 0, sizeof c->single);
    switch (type) {
        case UCNV_UTF16_LittleEndian: c->speed = RUNIC_UTF16LE; break;
        case UCNV_UTF16_BigEndian: c->speed = RUNIC_UTF16BE; break;
        case UCNV_UTF16: case UCNV_UTF32: case UCNV_UTF32_LittleEndian: case UCNV_UTF32_BigEndian: break;
        case UCNV_SBCS: case UCNV_DBCS: case UCNV_MBCS: case UCNV_LATIN_1: case UCNV_US_ASCII: case UCNV_CESU8:
            c->speed = RUNIC_TABLES;
            break;
        default: return;
    }
    c->keeps_no_state = 1;
    if (c->speed != RUNIC_TABLES) return;
    c->passes_ascii = 1;
    for (int b = 0; b < 256; b++) {
        uint8_t byte = (uint8_t)b;
        int32_t value = convert_alone(c->icu, &byte, 1);
        c->single[b] = (uint32_t)(value + 1);
        if (b < 0x80 && value != b) c->passes_ascii = 0;
    }
}

static int32_t start_over(runic_converter *c) {
    UErrorCode error = U_ZERO_ERROR;
    c->head_count = c->pending = c->offset = 0;
    c->lead = 0;
    c->at_start = 1;
    if (c->icu != NULL && c->sniff == 0) {
        ucnv_resetToUnicode(c->icu);
        return 0;
    }
    if (c->icu != NULL) ucnv_close(c->icu);
    c->icu = open_converter(c->name, &error);
    if (c->icu == NULL) return (int32_t)error;
    UConverterType type = ucnv_getType(c->icu);
    c->sniff = type == UCNV_UTF16 ? 2 : type == UCNV_UTF32 ? 4 : 0;
    study(c);
    return 0;
}

runic_converter *runic_converter_create(const char *name, int32_t errors, int32_t drop_mark, int32_t *status) {
    runic_converter *c = calloc(1, sizeof *c);
    *status = RUNIC_OUT_OF_MEMORY;
    if (c == NULL) return NULL;
    strncpy(c->name, name, sizeof c->name - 1);
    c->errors = errors;
    c->drop_mark = drop_mark;
    c->first_repair = -1;
    c->pairs = calloc(0x10000, sizeof *c->pairs);
    if (c->pairs != NULL) *status = start_over(c);
    if (*status == 0) return c;
    runic_converter_destroy(c);
    return NULL;
}

void runic_converter_destroy(runic_converter *c) {
    if (c == NULL) return;
    if (c->icu != NULL) ucnv_close(c->icu);
    free(c->pairs);
    runic_edits_free(&c->edits);
    free(c);
}

size_t runic_converter_repaired(const runic_converter *c) { return c->repaired; }

int64_t runic_converter_take_first_repair(runic_converter *c) {
    int64_t first = c->first_repair;
    c->first_repair = -1;
    return first;
}

static int32_t emit(runic_converter *c, size_t input, uint32_t value) {
    uint8_t bytes[4];
    size_t count = runic_put_scalar(bytes, value);
    if (c->at_start && c->drop_mark && value == 0xFEFF) count = 0;
    c->at_start = 0;
    c->offset += input;
    return runic_edits_put(&c->edits, input, bytes, count);
}

/* Takes the converter's output for the first `input` pending bytes. */
static int32_t emit_units(runic_converter *c, size_t input, const UChar *units, int32_t length) {
    uint8_t bytes[256 * 3];
    size_t count = 0;
    for (int32_t i = 0; i < length;) {
        UChar32 value;
        U16_NEXT(units, i, length, value);
        if (U_IS_SURROGATE(value)) value = 0xFFFD;
        if (c->at_start && c->drop_mark && value == 0xFEFF) {
            c->at_start = 0;
            continue;
        }
        c->at_start = 0;
        count += runic_put_scalar(bytes + count, (uint32_t)value);
    }
    c->offset += input;
    c->pending -= input;
    return runic_edits_put(&c->edits, input, bytes, count);
}

static int32_t emit_bad(runic_converter *c, size_t input, runic_bad_bytes *bad) {
    static const uint8_t replacement[] = {0xEF, 0xBF, 0xBD};
    if (c->errors == RUNIC_STOP) {
        bad->offset = c->offset;
        return RUNIC_INVALID_BYTES;
    }
    c->at_start = 0;
    if (c->first_repair < 0) c->first_repair = (int64_t)c->offset;
    c->offset += input;
    c->pending -= input;
    c->repaired += input > 0 ? input : 1;
    return runic_edits_put(&c->edits, input, replacement, c->errors == RUNIC_REPLACE ? 3 : 0);
}

/* Gives the converter one byte, or the end of the text. */
static int32_t step(runic_converter *c, const uint8_t *byte, runic_bad_bytes *bad) {
    const char *source = (const char *)byte, *limit = source;
    if (byte != NULL) {
        limit++;
        c->pending++;
        c->last[0] = c->last[1];
        c->last[1] = *byte;
    }
    for (int failures = 0;;) {
        UErrorCode error = U_ZERO_ERROR, ignored = U_ZERO_ERROR;
        UChar units[256], *target = units;
        if (c->lead != 0) *target++ = c->lead;
        c->lead = 0;
        size_t before = c->pending;
        ucnv_toUnicode(c->icu, &target, units + 256, &source, limit, NULL, byte == NULL, &error);
        int32_t length = (int32_t)(target - units);
        int32_t counted = ucnv_toUCountPending(c->icu, &ignored);
        size_t waiting = (counted > 0 && U_SUCCESS(ignored) ? (size_t)counted : 0) + (size_t)(limit - source);
        if (waiting > c->pending) waiting = c->pending;
        size_t taken = c->pending - waiting;
        if (U_SUCCESS(error)) {
            if (length > 0 && U16_IS_LEAD(units[length - 1]) && byte != NULL) {
                c->lead = units[--length];
                if (length == 0) return 0;
            }
            if (length == 0 && taken == 0) return 0;
            if (c->speed == RUNIC_TABLES && byte != NULL && before == 2 && taken == 2) {
                int32_t value = convert_alone(c->icu, c->last, 2);
                if (value >= 0) c->pairs[c->last[0] << 8 | c->last[1]] = (uint32_t)value + 1;
            }
            return emit_units(c, taken, units, length);
        }
        if (error == U_BUFFER_OVERFLOW_ERROR) {
            int32_t status = emit_units(c, 0, units, length);
            if (status != 0) return status;
            continue;
        }
        int8_t shown = sizeof bad->bytes;
        ucnv_getInvalidChars(c->icu, (char *)bad->bytes, &shown, &ignored);
        size_t count = U_SUCCESS(ignored) && shown > 0 ? (size_t)shown : taken;
        if (count > taken) count = taken;
        /* The converter may fail, once, on bytes for which it has already given output. */
        if (count == 0 && failures++ > 0) return (int32_t)error;
        /* Then all other pending bytes came after the bad ones. */
        if (c->keeps_no_state && length == 0) taken = count;
        bad->count = count > 0 || shown < 0 ? count : (size_t)shown;
        int32_t status = emit_units(c, taken - count, units, length);
        if (status == 0) status = emit_bad(c, count, bad);
        if (status != 0) return status;
    }
}

static int32_t convert(runic_converter *c, const uint8_t *bytes, size_t count, runic_bad_bytes *bad) {
    int32_t status = 0;
    for (size_t i = 0; status == 0 && i < count;) {
        if (c->pending == 0 && c->speed == RUNIC_TABLES) {
            size_t ascii = c->passes_ascii ? runic_ascii_run(bytes + i, count - i) : 0;
            if (ascii > 0) {
                status = runic_edits_keep(&c->edits, bytes + i, ascii);
                c->at_start = 0;
                c->offset += ascii;
                i += ascii;
                continue;
            }
            uint32_t value = c->single[bytes[i]], length = 1;
            if (value == 0 && count - i >= 2) {
                value = c->pairs[bytes[i] << 8 | bytes[i + 1]];
                length = 2;
            }
            if (value != 0) {
                status = emit(c, length, value - 1);
                i += length;
                continue;
            }
        } else if (c->pending == 0 && c->speed != RUNIC_SLOW && count - i >= 2) {
            uint32_t high = bytes[i + (c->speed == RUNIC_UTF16LE)], low = bytes[i + (c->speed == RUNIC_UTF16BE)];
            uint32_t value = high << 8 | low;
            if (!U_IS_SURROGATE(value)) {
                status = emit(c, 2, value);
                i += 2;
                continue;
            }
        }
        status = step(c, bytes + i, bad);
        i++;
    }
    return status;
}

/* Finds the byte order of UTF-16 or UTF-32 by the mark, if there is one, and converts the first bytes. */
static int32_t decide_order(runic_converter *c, runic_bad_bytes *bad) {
    size_t count = c->head_count;
    c->head_count = c->sniff + 1;
    const char *name = runic_encoding_by_mark(c->head, count);
    if (name != NULL && count == c->sniff && strncmp(name, c->sniff == 2 ? "UTF-16" : "UTF-32", 6) == 0) {
        UErrorCode error = U_ZERO_ERROR;
        UConverter *icu = open_converter(name, &error);
        if (icu == NULL) return (int32_t)error;
        ucnv_close(c->icu);
        c->icu = icu;
        study(c);
    }
    return convert(c, c->head, count, bad);
}

int32_t runic_converter_feed(runic_converter *c, const uint8_t *bytes, size_t count, int32_t final,
                             runic_edited *output, runic_bad_bytes *bad) {
    int32_t status = 0;
    size_t i = 0;
    runic_edits_clear(&c->edits);
    while (c->head_count < c->sniff && i < count) c->head[c->head_count++] = bytes[i++];
    if (c->sniff > 0 && (c->head_count == c->sniff || (final && c->head_count < c->sniff))) status = decide_order(c, bad);
    if (status == 0) status = convert(c, bytes + i, count - i, bad);
    if (status == 0 && final) {
        status = step(c, NULL, bad);
        if (status == 0 && c->pending > 0) status = emit_units(c, c->pending, NULL, 0);
        if (status == 0) status = start_over(c);
    }
    *output = runic_edits_result(&c->edits);
    return status;
}

int32_t runic_encoding_is_known(const char *name) {
    UErrorCode error = U_ZERO_ERROR;
    UConverter *icu = open_converter(name, &error);
    if (icu == NULL) return 0;
    ucnv_close(icu);
    return 1;
}

int32_t runic_encoding_is_utf8(const char *name) {
    UErrorCode error = U_ZERO_ERROR;
    UConverter *icu = open_converter(name, &error);
    if (icu == NULL) return 0;
    int32_t is = ucnv_getType(icu) == UCNV_UTF8;
    ucnv_close(icu);
    return is;
}

int32_t runic_encoding_is_one_to_one(const char *name) {
    UErrorCode error = U_ZERO_ERROR;
    UConverter *icu = open_converter(name, &error);
    if (icu == NULL) return 0;
    int32_t is = 0;
    switch (ucnv_getType(icu)) {
        case UCNV_UTF8: case UCNV_UTF16: case UCNV_UTF16_LittleEndian: case UCNV_UTF16_BigEndian:
        case UCNV_UTF32: case UCNV_UTF32_LittleEndian: case UCNV_UTF32_BigEndian: case UCNV_CESU8:
        case UCNV_LATIN_1: case UCNV_US_ASCII:
            is = 1;
            break;
        case UCNV_SBCS: {
            uint8_t seen[0x10000 / 8] = {0};
            is = 1;
            for (int b = 0; b < 256; b++) {
                uint8_t byte = (uint8_t)b;
                int32_t value = convert_alone(icu, &byte, 1);
                if (value < 0) continue;
                if (value > 0xFFFF || (seen[value >> 3] & 1 << (value & 7))) is = 0;
                if (value <= 0xFFFF) seen[value >> 3] |= (uint8_t)(1 << (value & 7));
            }
            break;
        }
        default: break;
    }
    ucnv_close(icu);
    return is;
}

const char *runic_encoding_by_mark(const uint8_t *bytes, size_t count) {
    UErrorCode error = U_ZERO_ERROR;
    const char *name = ucnv_detectUnicodeSignature((const char *)bytes, count < 8 ? (int32_t)count : 8, NULL, &error);
    if (U_FAILURE(error) || name == NULL) return NULL;
    int expected = strncmp(name, "UTF-8", 6) == 0 || strncmp(name, "UTF-16", 6) == 0 ||
                   strncmp(name, "UTF-32", 6) == 0 || strcmp(name, "GB18030") == 0;
    return expected ? name : NULL;
}

size_t runic_encoding_guess(const uint8_t *bytes, size_t count, runic_guess *guesses, size_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&error);
    int32_t found = 0;
    size_t written = 0;
    if (U_FAILURE(error)) return 0;
    ucsdet_setText(detector, (const char *)bytes, (int32_t)count, &error);
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &found, &error);
    for (int32_t k = 0; U_SUCCESS(error) && matches != NULL && k < found && written < capacity; k++) {
        const char *name = ucsdet_getName(matches[k], &error);
        int32_t confidence = ucsdet_getConfidence(matches[k], &error);
        if (U_FAILURE(error) || strlen(name) >= sizeof guesses->name || !runic_encoding_is_known(name)) continue;
        strcpy(guesses[written].name, name);
        guesses[written++].confidence = confidence;
    }
    ucsdet_close(detector);
    return written;
}
