#include "runic_icu.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "../Plain/utf8.h"

/*
 * Extended grapheme clusters of UAX #29 as a state machine over ICU's own properties: one step for each code point,
 * so a text may be cut anywhere and a cluster may have any length.
 *
 * A class is ICU's Grapheme_Cluster_Break + 1 in the low five bits, and above it the facts for GB9c and GB11.
 * The table starts as zeros and is filled as code points occur.
 */
#define CODE_POINTS 0x110000
#define BREAK 0x1F
#define PICTOGRAPH 0x20
#define CONSONANT 0x40
#define LINKER 0x80
#define JOINED_EXTEND 0xC0
#define CONJUNCT 0xC0
#define CLASS(name) (U_GCB_##name + 1)

/* What the rules need to know of the text before a code point. */
typedef struct {
    uint8_t previous; /* the break class of the code point before, 0 at the start of a text */
    uint8_t emoji;    /* 1 after a pictograph and its extenders, 2 after the joiner that follows them */
    uint8_t odd_flag; /* an odd number of regional indicators precedes */
    uint8_t conjunct; /* 1 after a consonant, 2 if a linker has followed */
} context;

/* An upper bound on the distinguishable contexts. */
#define MOST_CONTEXTS 127
#define UNKNOWN 0xFF

struct runic_segmenter {
    int32_t unit;
    int32_t conjuncts;
    uint8_t *classes;
    uint8_t *steps; /* for a context's index and a class: the next context's index * 2, + 1 at a boundary, or UNKNOWN */
    context contexts[MOST_CONTEXTS];
    uint8_t apart[MOST_CONTEXTS]; /* 1 if what follows does not depend on anything before the last code point */
    uint8_t context_count;
    uint8_t started;
    uint8_t state; /* the index of the context */
    uint32_t open; /* the open symbol, if it is one code point so far */
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

static int is_boundary(const context *s, uint8_t class) {
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

static void advance(context *s, uint8_t class) {
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

/* Whether the last code point has a class, without flags, such that a symbol ends between any two of them. */
#define IS_APART(class) ((class) < 32 && ((1u << CLASS(OTHER) | 1u << CLASS(LV) | 1u << CLASS(LVT)) >> (class) & 1))

static int is_apart(const context *c) { return IS_APART(c->previous) && !c->emoji && !c->odd_flag && !c->conjunct; }

/* Finds and notes the step of a class from the segmenter's context. */
static uint8_t find_step(runic_segmenter *s, uint8_t class) {
    context next = s->contexts[s->state];
    uint8_t boundary = (uint8_t)is_boundary(&next, class), index = 0;
    advance(&next, class);
    while (index < s->context_count && memcmp(&s->contexts[index], &next, sizeof next) != 0) index++;
    if (index == s->context_count) {
        s->apart[index] = (uint8_t)is_apart(&next);
        s->contexts[s->context_count++] = next;
    }
    uint8_t step = (uint8_t)(index << 1 | boundary);
    s->steps[s->state << 8 | class] = step;
    return step;
}

uint8_t runic_segmenter_kind(runic_segmenter *s, uint32_t value) {
    uint8_t class = s->classes[value] == 0 ? find_class(s, value) : s->classes[value];
    switch (class & BREAK) {
        case CLASS(OTHER):
            if ((class & CONJUNCT) == CONSONANT) return class & PICTOGRAPH ? RUNIC_OTHER : RUNIC_CONSONANT;
            return class & PICTOGRAPH ? RUNIC_PICTOGRAPH : RUNIC_ALONE;
        case CLASS(LV):
        case CLASS(LVT):
        case CLASS(CR):
        case CLASS(LF): return RUNIC_ALONE;
        /* No mark joins a control character, so those beyond ASCII need no kind of their own. */
        case CLASS(CONTROL): return value < 0x80 ? RUNIC_ALONE : RUNIC_OTHER;
        case CLASS(REGIONAL_INDICATOR): return RUNIC_REGIONAL;
        case CLASS(ZWJ): return RUNIC_JOINER;
        case CLASS(SPACING_MARK): return class & CONJUNCT ? RUNIC_OTHER : RUNIC_SPACING;
        case CLASS(EXTEND): {
            if (class & PICTOGRAPH) return RUNIC_OTHER;
            if ((class & CONJUNCT) == LINKER) return RUNIC_LINKER;
            /* Its combining class shows whether a mark keeps consonants joined. */
            int32_t keeps = (class & CONJUNCT) == JOINED_EXTEND;
            return s->conjuncts && keeps != (u_getCombiningClass((UChar32)value) != 0) ? RUNIC_OTHER : RUNIC_MARK;
        }
        default: return RUNIC_OTHER;
    }
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
    segmenter->open = RUNIC_SEVERAL;
    segmenter->context_count = 1; /* the first one is the start of a text */
    if (unit == RUNIC_GRAPHEME) {
        segmenter->classes = calloc(CODE_POINTS, 1);
        segmenter->steps = malloc(MOST_CONTEXTS << 8);
        if (segmenter->classes == NULL || segmenter->steps == NULL) {
            runic_segmenter_destroy(segmenter);
            return NULL;
        }
        memset(segmenter->steps, UNKNOWN, MOST_CONTEXTS << 8);
    }
    return segmenter;
}

void runic_segmenter_destroy(runic_segmenter *segmenter) {
    if (segmenter == NULL) return;
    free(segmenter->classes);
    free(segmenter->steps);
    free(segmenter);
}

void runic_segmenter_reset(runic_segmenter *segmenter) {
    segmenter->started = segmenter->state = 0;
    segmenter->open = RUNIC_SEVERAL;
}

/* Every byte is a symbol. */
static size_t feed_byte(runic_segmenter *s, const uint8_t *bytes, size_t count, uint32_t *starts, uint32_t *values,
                        size_t *consumed, size_t *run) {
    *consumed = s->started ? 0 : 1;
    *run = count - *consumed;
    if (count == 0) *consumed = *run = 0;
    if (!s->started && count > 0) s->open = bytes[0];
    if (count > 0) s->started = 1;
    if (*run == 0) return 0;
    starts[0] = (uint32_t)*consumed;
    values[0] = s->open;
    s->open = bytes[count - 1];
    return 1;
}

/* Shorter runs, in bytes, are not worth a return to the caller. */
#define SHORTEST_RUN 16

size_t runic_segmenter_feed(runic_segmenter *s, const uint8_t *bytes, size_t count, int32_t final,
                            uint32_t *starts, uint32_t *values, size_t *consumed, size_t *ascii) {
    *ascii = 0;
    if (s->unit == RUNIC_BYTE) return feed_byte(s, bytes, count, starts, values, consumed, ascii);
    const int graphemes = s->unit == RUNIC_GRAPHEME;
    const uint8_t *classes = s->classes, *steps = s->steps;
    size_t written = 0, i = 0;
    uint32_t state = s->state, open = s->open, started = s->started;
    while (i < count) {
        uint32_t value = 0, length = count - i >= 4 ? runic_whole(bytes + i, &value) : 0;
        if (length == 0) {
            runic_scalar scalar = runic_next(bytes + i, count - i);
            if (scalar.kind == RUNIC_TRUNCATED && !final) break;
            length = scalar.length;
            value = scalar.kind == RUNIC_VALID ? scalar.value : RUNIC_SEVERAL;
        }
        uint32_t boundary = 1;
        if (graphemes) {
            uint8_t class = value == RUNIC_SEVERAL ? CLASS(OTHER) : classes[value];
            if (class == 0) class = find_class(s, value);
            uint8_t step = steps[state << 8 | class];
            if (step == UNKNOWN) {
                s->state = (uint8_t)state;
                step = find_step(s, class);
            }
            boundary = step & 1;
            state = step >> 1;
        }
        boundary &= started;
        starts[written] = (uint32_t)i;
        values[written] = open;
        written += boundary;
        open = boundary || !started ? value : value == '\n' && open == '\r' ? RUNIC_CRLF : RUNIC_SEVERAL;
        started = 1;
        i += length;
        if (graphemes && s->apart[state]) {
            /* During the run, what follows does not depend on what preceded it. */
            uint8_t class = 0;
            while (count - i >= SHORTEST_RUN && !(value < 0x80 && runic_is_ascii(bytes + i))) {
                uint32_t next, bytes_of_next = runic_whole(bytes + i, &next);
                uint8_t found = bytes_of_next == 0 ? 0 : classes[next];
                if (!IS_APART(found)) break;
                class = found;
                starts[written] = (uint32_t)i;
                values[written++] = open;
                value = open = next;
                i += bytes_of_next;
            }
            if (class != 0) {
                uint8_t step = steps[class];
                s->state = 0;
                state = (step == UNKNOWN ? find_step(s, class) : step) >> 1;
            }
        }
        if (value >= 0x80 || value == '\r' || count - i < SHORTEST_RUN || !runic_is_ascii(bytes + i)) continue;
        size_t run = runic_ascii_symbols(bytes + i, SHORTEST_RUN);
        if (run < SHORTEST_RUN) continue;
        run += runic_ascii_symbols(bytes + i + run, count - i - run);
        uint8_t last = bytes[i + run - 1];
        if (graphemes) {
            /* After ASCII other than CR, nothing before it matters. */
            s->state = 0;
            uint8_t class = classes[last] == 0 ? find_class(s, last) : classes[last];
            uint8_t step = steps[class];
            state = (step == UNKNOWN ? find_step(s, class) : step) >> 1;
        }
        *ascii = run;
        starts[written] = (uint32_t)i;
        values[written++] = open;
        open = last;
        break;
    }
    s->state = (uint8_t)state;
    s->started = (uint8_t)started;
    s->open = open;
    *consumed = i;
    return written;
}

uint32_t runic_segmenter_open(const runic_segmenter *s) { return s->open; }
