#include "CRunicICU.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "utf8.h"

/*
 * Extended grapheme clusters of UAX #29 as a state machine over ICU's own properties: one step a code point,
 * so a text may be cut anywhere and a cluster may have any length.
 *
 * A class is ICU's Grapheme_Cluster_Break + 1 in the low five bits, and above it what GB9c and GB11 ask for.
 * The table starts as zeros and is filled as code points are met.
 */
#define CODE_POINTS 0x110000
#define BREAK 0x1F
#define PICTOGRAPH 0x20
#define CONSONANT 0x40
#define LINKER 0x80
#define JOINED_EXTEND 0xC0
#define CONJUNCT 0xC0
#define CLASS(name) (U_GCB_##name + 1)

struct runic_segmenter {
    int32_t unit;
    int32_t conjuncts;
    uint8_t *classes;
    uint8_t started;
    uint8_t previous; /* the break class of the code point before, 0 at the start of a text */
    uint8_t emoji;    /* 1 after a pictograph and its extenders, 2 after the joiner that follows them */
    uint8_t odd_flag; /* an odd number of regional indicators stands before */
    uint8_t conjunct; /* 1 after a consonant, 2 when a linker has followed */
};

#if U_ICU_VERSION_MAJOR_NUM < 76
static int has_conjunct_script(UChar32 c) {
    UErrorCode error = U_ZERO_ERROR;
    switch (uscript_getScript(c, &error)) {
        case USCRIPT_BENGALI: case USCRIPT_DEVANAGARI: case USCRIPT_GUJARATI:
        case USCRIPT_MALAYALAM: case USCRIPT_ORIYA: case USCRIPT_TELUGU: return 1;
        default: return 0;
    }
}
#endif

/* Indic_Conjunct_Break; before ICU 76, which has it as a property, by its derivation in Unicode 15.1. */
static uint8_t conjunct_class(UChar32 c, int32_t grapheme_break) {
#if U_ICU_VERSION_MAJOR_NUM >= 76
    (void)grapheme_break;
    switch (u_getIntPropertyValue(c, UCHAR_INDIC_CONJUNCT_BREAK)) {
        case U_INCB_CONSONANT: return CONSONANT;
        case U_INCB_LINKER: return LINKER;
        case U_INCB_EXTEND: return JOINED_EXTEND;
        default: return 0;
    }
#else
    if (has_conjunct_script(c)) {
        int32_t syllabic = u_getIntPropertyValue(c, UCHAR_INDIC_SYLLABIC_CATEGORY);
        if (syllabic == U_INSC_CONSONANT) return CONSONANT;
        if (syllabic == U_INSC_VIRAMA) return LINKER;
    }
    if (grapheme_break == U_GCB_ZWJ) return JOINED_EXTEND;
    if (grapheme_break == U_GCB_EXTEND && u_getCombiningClass(c) != 0) return JOINED_EXTEND;
    return 0;
#endif
}

static uint8_t find_class(runic_segmenter *segmenter, uint32_t value) {
    UChar32 c = (UChar32)value;
    int32_t grapheme_break = u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK);
    uint8_t class = (uint8_t)(grapheme_break + 1);
    if (u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC)) class |= PICTOGRAPH;
    if (segmenter->conjuncts) class |= conjunct_class(c, grapheme_break);
    segmenter->classes[value] = class;
    return class;
}

static inline int is_boundary(const runic_segmenter *s, uint8_t class) {
    uint8_t before = s->previous, now = class & BREAK;
    if (before == CLASS(CR) && now == CLASS(LF)) return 0;
    if (before == CLASS(CONTROL) || before == CLASS(CR) || before == CLASS(LF)) return 1;
    if (now == CLASS(CONTROL) || now == CLASS(CR) || now == CLASS(LF)) return 1;
    switch (before) {
        case CLASS(L):
            if (now == CLASS(L) || now == CLASS(V) || now == CLASS(LV) || now == CLASS(LVT)) return 0;
            break;
        case CLASS(LV):
        case CLASS(V):
            if (now == CLASS(V) || now == CLASS(T)) return 0;
            break;
        case CLASS(LVT):
        case CLASS(T):
            if (now == CLASS(T)) return 0;
            break;
        default: break;
    }
    if (now == CLASS(EXTEND) || now == CLASS(ZWJ) || now == CLASS(SPACING_MARK)) return 0;
    if (before == CLASS(PREPEND)) return 0;
    if (s->conjunct == 2 && (class & CONJUNCT) == CONSONANT) return 0;
    if (s->emoji == 2 && (class & PICTOGRAPH)) return 0;
    if (s->odd_flag && now == CLASS(REGIONAL_INDICATOR)) return 0;
    return 1;
}

static inline void advance(runic_segmenter *s, uint8_t class) {
    uint8_t now = class & BREAK;
    if (class & PICTOGRAPH) {
        s->emoji = 1;
    } else if (s->emoji == 1 && now == CLASS(ZWJ)) {
        s->emoji = 2;
    } else if (!(s->emoji == 1 && now == CLASS(EXTEND))) {
        s->emoji = 0;
    }
    s->odd_flag = now == CLASS(REGIONAL_INDICATOR) && !s->odd_flag;
    switch (class & CONJUNCT) {
        case CONSONANT: s->conjunct = 1; break;
        case LINKER: s->conjunct = s->conjunct ? 2 : 0; break;
        case JOINED_EXTEND: break;
        default: s->conjunct = 0; break;
    }
    s->previous = now;
}

int32_t runic_segmenter_default_conjuncts(void) {
    static const UChar probe[3] = {0x0915, 0x094D, 0x0937};
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *breaks = ubrk_open(UBRK_CHARACTER, "en", probe, 3, &error);
    if (U_FAILURE(error)) return 0;
    int32_t joined = ubrk_first(breaks) == 0 && ubrk_next(breaks) == 3;
    ubrk_close(breaks);
    return joined;
}

runic_segmenter *runic_segmenter_create(int32_t unit, int32_t conjuncts) {
    runic_segmenter *segmenter = calloc(1, sizeof *segmenter);
    if (segmenter == NULL) return NULL;
    segmenter->unit = unit;
    segmenter->conjuncts = conjuncts;
    if (unit == RUNIC_GRAPHEME) {
        segmenter->classes = calloc(CODE_POINTS, 1);
        if (segmenter->classes == NULL) {
            free(segmenter);
            return NULL;
        }
    }
    return segmenter;
}

void runic_segmenter_destroy(runic_segmenter *segmenter) {
    if (segmenter == NULL) return;
    free(segmenter->classes);
    free(segmenter);
}

void runic_segmenter_reset(runic_segmenter *segmenter) {
    segmenter->started = segmenter->previous = segmenter->emoji = 0;
    segmenter->odd_flag = segmenter->conjunct = 0;
}

static size_t feed_bytes(runic_segmenter *s, size_t count, uint32_t *starts) {
    size_t written = 0;
    for (size_t i = s->started ? 0 : 1; i < count; i++) starts[written++] = (uint32_t)i;
    if (count > 0) s->started = 1;
    return written;
}

static inline int has_return(uint64_t word) {
    uint64_t x = word ^ 0x0D0D0D0D0D0D0D0Du;
    return ((x - 0x0101010101010101u) & ~x & 0x8080808080808080u) != 0;
}

size_t runic_segmenter_feed(runic_segmenter *s, const uint8_t *bytes, size_t count, int32_t final,
                            uint32_t *starts, size_t *consumed) {
    if (s->unit == RUNIC_BYTE) {
        *consumed = count;
        return feed_bytes(s, count, starts);
    }
    const int graphemes = s->unit == RUNIC_GRAPHEME;
    size_t written = 0, i = 0;
    int after_ascii = 0;
    while (i < count) {
        if (after_ascii && (!graphemes || s->previous != CLASS(CR))) {
            size_t begin = i;
            while (count - i >= 8) {
                uint64_t word;
                memcpy(&word, bytes + i, 8);
                if ((word & 0x8080808080808080u) || has_return(word)) break;
                for (size_t k = 0; k < 8; k++) starts[written + k] = (uint32_t)(i + k);
                written += 8;
                i += 8;
            }
            if (graphemes && i > begin) {
                uint8_t last = bytes[i - 1];
                s->previous = last == '\n' ? CLASS(LF) : last < 0x20 || last == 0x7F ? CLASS(CONTROL) : CLASS(OTHER);
            }
            if (i == count) break;
        }
        runic_scalar scalar = runic_next(bytes + i, count - i);
        if (scalar.kind == RUNIC_TRUNCATED && !final) break;
        if (graphemes) {
            uint8_t class = CLASS(OTHER);
            if (scalar.kind == RUNIC_VALID) {
                class = s->classes[scalar.value];
                if (class == 0) class = find_class(s, scalar.value);
            }
            if (s->started && is_boundary(s, class)) starts[written++] = (uint32_t)i;
            advance(s, class);
        } else if (s->started) {
            starts[written++] = (uint32_t)i;
        }
        s->started = 1;
        after_ascii = scalar.kind == RUNIC_VALID && scalar.value < 0x80;
        i += scalar.length;
    }
    *consumed = i;
    return written;
}
