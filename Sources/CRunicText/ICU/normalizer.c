#include "runic_icu.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "../Plain/utf8.h"

/*
 * Text is cut into spans: one begins at every code point that always has a normalisation boundary before it.
 * A span whose code points all pass the quick check, in canonical order, is its own normal form (UAX #15,
 * section 9) and is copied; other spans go through ICU. The facts about a code point are looked up once.
 */
#define CODE_POINTS 0x110000
#define KNOWN 1
#define BOUNDARY 2
#define QUICK 4

/* Longer spans have their marks ordered here, in linear time; ICU inserts them one by one. In code points. */
#define LONG_SPAN 64
#define LONGEST_SPAN (1u << 28)

typedef struct {
    uint8_t *bytes;
    size_t count, capacity;
} buffer;

struct runic_normalizer {
    const UNormalizer2 *form, *decompose, *compose;
    int32_t casefold;
    uint16_t *facts; /* the flags above, and the combining class in the high byte */
    buffer input;      /* the open span, and bytes that could not be read yet */
    buffer output;     /* replacements of spans that are not normal */
    size_t span, scan; /* offsets in the text being read: [span, scan) is the open span */
    size_t settled_input; /* bytes of the input that the last call settled */
    size_t span_length;  /* code points */
    uint8_t clean, last_class;
    uint64_t changes;
    runic_change *list; /* the changes settled so far */
    size_t list_count, list_capacity;
    size_t settled; /* where the last change of the list ends in the text */
};

static int reserve(buffer *b, size_t more) {
    if (b->capacity - b->count >= more) return 0;
    size_t capacity = b->capacity < 4096 ? 4096 : b->capacity;
    while (capacity - b->count < more) capacity *= 2;
    uint8_t *bytes = realloc(b->bytes, capacity);
    if (bytes == NULL) return RUNIC_OUT_OF_MEMORY;
    b->bytes = bytes;
    b->capacity = capacity;
    return 0;
}

static int append(buffer *b, const uint8_t *bytes, size_t count) {
    if (count == 0) return 0;
    int status = reserve(b, count);
    if (status != 0) return status;
    memcpy(b->bytes + b->count, bytes, count);
    b->count += count;
    return 0;
}

static int note_change(runic_normalizer *n, size_t at, size_t output) {
    if (n->list_count == n->list_capacity) {
        size_t capacity = n->list_capacity < 64 ? 64 : n->list_capacity * 2;
        runic_change *list = realloc(n->list, capacity * sizeof *list);
        if (list == NULL) return RUNIC_OUT_OF_MEMORY;
        n->list = list;
        n->list_capacity = capacity;
    }
    n->list[n->list_count++] = (runic_change){at - n->settled, n->scan - at, output};
    n->settled = n->scan;
    n->changes++;
    return 0;
}

static void reset(runic_normalizer *n) {
    n->input.count = n->span = n->scan = n->span_length = n->settled_input = 0;
    n->clean = 1;
    n->last_class = 0;
}

runic_normalizer *runic_normalizer_create(int32_t form, int32_t *status) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error), *nfd = unorm2_getNFDInstance(&error);
    const UNormalizer2 *chosen = NULL, *compose = nfc;
    switch (form) {
        case RUNIC_NFC: chosen = nfc; break;
        case RUNIC_NFD: chosen = nfd; compose = NULL; break;
        case RUNIC_NFKC: chosen = unorm2_getNFKCInstance(&error); break;
        case RUNIC_NFKD: chosen = unorm2_getNFKDInstance(&error); compose = NULL; break;
        case RUNIC_NFKC_CASEFOLD: chosen = unorm2_getNFKCCasefoldInstance(&error); break;
        default: error = U_ILLEGAL_ARGUMENT_ERROR; break;
    }
    *status = U_FAILURE(error) ? (int32_t)error : 0;
    if (*status != 0) return NULL;
    runic_normalizer *n = calloc(1, sizeof *n);
    uint16_t *facts = calloc(CODE_POINTS, sizeof *facts);
    if (n == NULL || facts == NULL) {
        free(n);
        free(facts);
        *status = RUNIC_OUT_OF_MEMORY;
        return NULL;
    }
    n->form = chosen;
    n->decompose = nfd;
    n->compose = compose;
    n->casefold = form == RUNIC_NFKC_CASEFOLD;
    n->facts = facts;
    reset(n);
    return n;
}

void runic_normalizer_destroy(runic_normalizer *n) {
    if (n == NULL) return;
    free(n->facts);
    free(n->input.bytes);
    free(n->output.bytes);
    free(n->list);
    free(n);
}

uint64_t runic_normalizer_changes(const runic_normalizer *n) { return n->changes; }

static uint16_t find_facts(runic_normalizer *n, uint32_t value) {
    UErrorCode error = U_ZERO_ERROR;
    UChar units[2];
    int32_t length = 0;
    U16_APPEND_UNSAFE(units, length, value);
    uint16_t facts = KNOWN | (uint16_t)(u_getCombiningClass((UChar32)value) << 8);
    if (unorm2_hasBoundaryBefore(n->form, (UChar32)value)) facts |= BOUNDARY;
    if (unorm2_quickCheck(n->form, units, length, &error) == UNORM_YES && U_SUCCESS(error)) facts |= QUICK;
    n->facts[value] = facts;
    return facts;
}

int32_t runic_normalizer_leaves(runic_normalizer *n, uint32_t value) {
    uint16_t facts = n->facts[value] == 0 ? find_facts(n, value) : n->facts[value];
    if (!(facts & QUICK)) return -1;
    int32_t class = facts >> 8;
    return class | (class == 0 && (facts & BOUNDARY) ? 0 : RUNIC_JOINED);
}

/* Decomposes each code point on its own and puts marks in canonical order by counting. */
static int32_t decompose_long(runic_normalizer *n, const UChar *source, int32_t length, UChar **result,
                              int32_t *result_length) {
    size_t capacity = (size_t)length * 4 + 64, count = 0;
    UChar32 *scalars = malloc(capacity * sizeof *scalars);
    UChar32 *ordered = NULL;
    UChar *units = NULL;
    int32_t status = scalars == NULL ? RUNIC_OUT_OF_MEMORY : 0;
    UErrorCode error = U_ZERO_ERROR;
    for (int32_t i = 0; status == 0 && i < length;) {
        UChar mapped[128], apart[256];
        int32_t begin = i;
        UChar32 c;
        U16_NEXT(source, i, length, c);
        int32_t m = unorm2_normalize(n->form, source + begin, i - begin, mapped, 128, &error);
        int32_t d = U_SUCCESS(error) ? unorm2_normalize(n->decompose, mapped, m, apart, 256, &error) : 0;
        if (U_FAILURE(error)) status = (int32_t)error;
        if (status == 0 && capacity - count < 256) {
            UChar32 *grown = realloc(scalars, capacity * 2 * sizeof *scalars);
            if (grown == NULL) {
                status = RUNIC_OUT_OF_MEMORY;
                break;
            }
            scalars = grown;
            capacity *= 2;
        }
        for (int32_t k = 0; status == 0 && k < d;) {
            U16_NEXT(apart, k, d, c);
            scalars[count++] = c;
        }
    }
    if (status == 0) {
        ordered = malloc((count + 1) * sizeof *ordered);
        units = malloc((2 * count + 1) * sizeof *units);
        if (ordered == NULL || units == NULL) status = RUNIC_OUT_OF_MEMORY;
    }
    for (size_t i = 0; status == 0 && i < count;) {
        if (u_getCombiningClass(scalars[i]) == 0) {
            ordered[i] = scalars[i];
            i++;
            continue;
        }
        size_t end = i, places[257] = {0};
        for (; end < count && u_getCombiningClass(scalars[end]) != 0; end++) {
            places[u_getCombiningClass(scalars[end]) + 1]++;
        }
        for (int k = 1; k < 257; k++) places[k] += places[k - 1];
        for (size_t k = i; k < end; k++) ordered[i + places[u_getCombiningClass(scalars[k])]++] = scalars[k];
        i = end;
    }
    if (status == 0) {
        size_t written = 0;
        for (size_t i = 0; i < count; i++) U16_APPEND_UNSAFE(units, written, ordered[i]);
        *result = units;
        *result_length = (int32_t)written;
        units = NULL;
    }
    free(scalars);
    free(ordered);
    free(units);
    return status;
}

static int32_t apply(const UNormalizer2 *form, const UChar *source, int32_t length, UChar **result,
                     int32_t *result_length) {
    int32_t capacity = length + length / 2 + 64;
    for (int attempt = 0; attempt < 2; attempt++) {
        UErrorCode error = U_ZERO_ERROR;
        UChar *units = malloc((size_t)capacity * sizeof *units);
        if (units == NULL) return RUNIC_OUT_OF_MEMORY;
        int32_t needed = unorm2_normalize(form, source, length, units, capacity, &error);
        if (U_SUCCESS(error)) {
            *result = units;
            *result_length = needed;
            return 0;
        }
        free(units);
        if (error != U_BUFFER_OVERFLOW_ERROR) return (int32_t)error;
        capacity = needed + 1;
    }
    return (int32_t)U_BUFFER_OVERFLOW_ERROR;
}

/* Appends the normal form of the open span to the output, unless it is the span itself. */
static int32_t normalize_span(runic_normalizer *n, const uint8_t *text) {
    const uint8_t *bytes = text + n->span;
    const size_t count = n->scan - n->span, length = n->span_length;
    if (count > LONGEST_SPAN) return RUNIC_TOO_LONG;
    UChar *source = malloc((count + 1) * sizeof *source), *result = NULL;
    if (source == NULL) return RUNIC_OUT_OF_MEMORY;
    UErrorCode error = U_ZERO_ERROR;
    int32_t units = 0, result_units = 0;
    u_strFromUTF8WithSub(source, (int32_t)count + 1, &units, (const char *)bytes, (int32_t)count, 0xFFFD, NULL, &error);
    int32_t status = U_FAILURE(error) ? (int32_t)error : 0;
    if (status == 0 && length <= LONG_SPAN) {
        status = apply(n->form, source, units, &result, &result_units);
    } else if (status == 0) {
        status = decompose_long(n, source, units, &result, &result_units);
        if (status == 0 && n->compose != NULL) {
            UChar *apart = result;
            result = NULL;
            status = apply(n->compose, apart, result_units, &result, &result_units);
            free(apart);
        }
    }
    if (status == 0) status = reserve(&n->output, (size_t)result_units * 3 + 1);
    if (status == 0) {
        size_t at = n->output.count;
        uint8_t *out = n->output.bytes + at;
        int32_t written = 0;
        u_strToUTF8WithSub((char *)out, result_units * 3 + 1, &written, result, result_units, 0xFFFD, NULL, &error);
        if (U_FAILURE(error)) status = (int32_t)error;
        if (status == 0 && ((size_t)written != count || memcmp(out, bytes, count) != 0)) {
            n->output.count = at + (size_t)written;
            status = note_change(n, n->span, (size_t)written);
        }
    }
    free(source);
    free(result);
    return status;
}

/* Ends the open span at n->scan. */
static inline int32_t close_span(runic_normalizer *n, const uint8_t *text) {
    int32_t status = n->clean ? 0 : normalize_span(n, text);
    n->span = n->scan;
    n->span_length = 0;
    n->clean = 1;
    n->last_class = 0;
    return status;
}

/* Skips unchanged code points in canonical order, from one on that begins a span. Returns their end, with the last span
   among them open, or `i` if there are none. */
static size_t clean_run(runic_normalizer *n, const uint8_t *bytes, size_t count, size_t i) {
    const uint16_t *facts = n->facts;
    const size_t begin = i;
    size_t span = i;
    uint32_t last_class = 0, begins = BOUNDARY;
    while (count - i >= 8) {
        if (!n->casefold && runic_is_ascii(bytes + i)) {
            span = i + 7;
            i += 8;
            last_class = begins = 0;
            continue;
        }
        uint32_t value, length = runic_whole(bytes + i, &value);
        if (length == 0) break;
        uint32_t found = facts[value], class = found >> 8;
        if (!(found & QUICK) || (class != 0 && last_class > class) || (begins & ~found)) break;
        span = found & BOUNDARY ? i : span;
        last_class = class;
        begins = 0;
        i += length;
    }
    if (i == begin) return i;
    n->span = span;
    n->scan = i;
    n->span_length = runic_utf8_code_points(bytes + span, i - span);
    n->last_class = (uint8_t)last_class;
    return i;
}

/* Whether a span begins at n->scan with an unchanged code point. */
static int can_begin(const runic_normalizer *n, const uint8_t *bytes, size_t count) {
    uint32_t value;
    if (count - n->scan < 8 || runic_whole(bytes + n->scan, &value) == 0) return 0;
    return (n->facts[value] & (BOUNDARY | QUICK)) == (BOUNDARY | QUICK);
}

static int32_t go_over(runic_normalizer *n, const uint8_t *bytes, size_t count, int32_t final) {
    while (n->scan < count) {
        size_t start = n->scan;
        if (start == n->span || can_begin(n, bytes, count)) {
            int32_t status = close_span(n, bytes);
            if (status != 0) return status;
            if (clean_run(n, bytes, count, start) > start) continue;
        }
        runic_scalar scalar = runic_next(bytes + n->scan, count - n->scan);
        if (scalar.kind == RUNIC_TRUNCATED && !final) break;
        uint16_t facts = BOUNDARY | QUICK;
        if (scalar.kind == RUNIC_VALID) {
            facts = n->facts[scalar.value];
            if (facts == 0) facts = find_facts(n, scalar.value);
        }
        if (facts & BOUNDARY) {
            int32_t status = close_span(n, bytes);
            if (status != 0) return status;
        }
        uint8_t class = (uint8_t)(facts >> 8);
        if (!(facts & QUICK) || (class != 0 && n->last_class > class)) n->clean = 0;
        n->last_class = class;
        n->span_length++;
        n->scan += scalar.length;
    }
    return final ? close_span(n, bytes) : 0;
}

/* Reads a text whose first n->scan bytes have been read, and sets *output to the settled part: all before the open span. */
static int32_t settle(runic_normalizer *n, const uint8_t *bytes, size_t count, int32_t final,
                      runic_normalizer_output *output) {
    n->output.count = n->list_count = n->settled = 0;
    int32_t status = go_over(n, bytes, count, final);
    *output = (runic_normalizer_output){bytes, n->span, n->output.bytes, n->list, n->list_count};
    return status;
}

/* Bytes that are first appended to an open span, to find its end. */
#define LOOK_AHEAD 256

int32_t runic_normalizer_feed(runic_normalizer *n, const uint8_t *bytes, size_t count, int32_t final,
                              size_t *consumed, runic_normalizer_output *output) {
    if (n->settled_input > 0) {
        n->input.count -= n->settled_input;
        memmove(n->input.bytes, n->input.bytes + n->settled_input, n->input.count);
        n->scan -= n->settled_input;
        n->span = n->settled_input = 0;
    }
    size_t carried = n->input.count;
    if (carried == 0) {
        int32_t status = settle(n, bytes, count, final, output);
        *consumed = count;
        if (status != 0 || final) {
            reset(n);
            return status;
        }
        status = append(&n->input, bytes + n->span, count - n->span);
        n->scan -= n->span;
        n->span = 0;
        return status;
    }
    size_t more = count < LOOK_AHEAD ? count : LOOK_AHEAD;
    int32_t status = append(&n->input, bytes, more);
    if (status == 0) status = settle(n, n->input.bytes, n->input.count, final && more == count, output);
    *consumed = more;
    if (status != 0 || (final && more == count)) {
        reset(n);
    } else if (n->span >= carried) {
        /* The rest is read in place, from the open span on. */
        *consumed = n->span - carried;
        reset(n);
    } else if (n->span > 0) {
        /* The output still points to the settled bytes: the rest moves at the next call. */
        n->settled_input = n->span;
    }
    return status;
}
