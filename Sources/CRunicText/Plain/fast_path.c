#include "runic_plain.h"

#include <string.h>

#include "utf8.h"

/*
 * In most text, every stage passes every code point on unchanged, and a code point is a symbol of its own or begins one that
 * marks extend. Such text is read once here instead of once each by stages, segmenter and indexer: they say once what kind a
 * code point is, and then it is looked up.
 */

#define NO_STATE UINT32_MAX
#define NO_ID UINT32_MAX
/* The base of a symbol that is already complete: no mark can follow. */
#define CLOSED 0x110001
/* The longest symbol of several code points that is looked up, in bytes. Each of its code points takes a place of the table;
   a longer symbol would drive out its own beginning, over and over. */
#define LONGEST_JOINED 128
/* Shortest run of ASCII that is mapped at once, in bytes. */
#define SHORTEST_RUN 16

/* Reads the sequence at bytes[0..<count); returns its length, 0 if none is complete and valid. CR LF is one value. */
static inline __attribute__((always_inline)) uint32_t read_value(const uint8_t *bytes, size_t count, uint32_t *value) {
    uint32_t length;
    if (count >= 4) {
        length = runic_whole(bytes, value);
    } else {
        runic_scalar scalar = runic_next(bytes, count);
        length = scalar.kind == RUNIC_VALID ? scalar.length : 0;
        *value = scalar.value;
    }
    if (length == 1 && *value == '\r' && count > 1 && bytes[1] == '\n') {
        *value = RUNIC_CRLF;
        return 2;
    }
    return length;
}

static inline int is_ascii_block(const uint8_t *bytes) { return runic_is_ascii(bytes) && runic_is_ascii(bytes + 8); }

/* Whether a mark after it is a symbol of its own. */
static int ends_symbol(uint32_t base) { return base < 0x20 || base == 0x7F || base >= RUNIC_CRLF; }

static runic_join *place_of(const runic_fast_path_tables *t, uint64_t key) {
    return &t->joins[key * 0x9E3779B97F4A7C15u >> (64 - RUNIC_JOIN_BITS)];
}

/* The state of a symbol that a code point joins: a new one the first time, and again after another one has taken its place in
   the table. NULL if there are no more states. */
static runic_join *join(runic_fast_path_tables *t, uint32_t state, uint32_t value) {
    uint64_t key = ((uint64_t)state << 21 | value) + 1;
    runic_join *found = place_of(t, key);
    if (found->key == key) return found;
    if (*t->next_state == NO_STATE) return NULL;
    *found = (runic_join){key, (*t->next_state)++, 0};
    return found;
}

/* An open symbol of several code points. */
typedef struct {
    uint32_t state;
    uint32_t last_class; /* the combining class of the last code point */
    int32_t emoji;       /* 1 after a pictograph and its extenders, 2 after the joiner that follows them */
    int32_t conjunct;    /* 1 after a consonant, 2 if a linker has followed */
    int32_t flag;        /* 1 after the first of two regional indicators */
} cluster;

/* The symbol that a code point of `kind` begins. */
static cluster begin(uint32_t state, uint32_t kind) {
    return (cluster){state, 0, kind == RUNIC_PICTOGRAPH, kind == RUNIC_CONSONANT, kind == RUNIC_REGIONAL};
}

/* Whether a code point of `kind` joins the symbol. */
static int joins(const cluster *c, uint32_t kind) {
    switch (kind) {
        case RUNIC_PICTOGRAPH: return c->emoji == 2;
        case RUNIC_CONSONANT: return c->conjunct == 2;
        case RUNIC_REGIONAL: return c->flag;
        default: return kind >= RUNIC_JOINER;
    }
}

/* Adds a code point that joins; 0 if it is not in canonical order. */
static int take(cluster *c, uint32_t kind) {
    uint32_t class = kind >= RUNIC_MARK ? kind - RUNIC_MARK : kind == RUNIC_LINKER ? RUNIC_LINKER_CLASS : 0;
    if (class != 0 && c->last_class > class) return 0;
    c->last_class = class;
    c->flag = 0;
    int32_t extends = kind >= RUNIC_MARK || kind == RUNIC_LINKER;
    if (kind == RUNIC_PICTOGRAPH) {
        c->emoji = 1;
    } else if (kind == RUNIC_JOINER) {
        c->emoji = c->emoji == 1 ? 2 : 0;
    } else {
        c->emoji = c->emoji == 1 && extends;
    }
    if (kind == RUNIC_CONSONANT) {
        c->conjunct = 1;
    } else if (kind == RUNIC_LINKER) {
        c->conjunct = c->conjunct ? 2 : 0;
    } else if (kind != RUNIC_JOINER && class == 0) {
        c->conjunct = 0;
    }
    return 1;
}

runic_fast_path_result runic_fast_path(runic_fast_path_tables *t, const uint8_t *bytes, size_t count, uint16_t *ids) {
    const uint8_t *const kinds = t->kinds;
    const uint16_t *const alone = t->alone, *const map = t->map;
    size_t *const counts = t->counts;
    runic_fast_path_result result = {0};
    /* The open symbol begins at `start`; its id is `open`, its first code point `base`. */
    size_t written = 0, i = 0, start = 0;
    uint32_t open = NO_ID, base = 0, value = 0, kind = 0;
    result.reason = RUNIC_AT_END;
/* Ends the open symbol. */
#define CLOSE()                          \
    if (open != NO_ID) {                 \
        ids[written++] = (uint16_t)open; \
        counts[open]++;                      \
    }
    while (i < count) {
        if (base < 0x80 && map != NULL && count - i >= SHORTEST_RUN && is_ascii_block(bytes + i)) {
            size_t run = runic_ascii_symbols(bytes + i, count - i);
            if (run >= SHORTEST_RUN) {
                CLOSE();
                runic_map_bytes(bytes + i, run - 1, map, ids + written, t->tally);
                written += run - 1;
                i += run;
                start = i - 1;
                base = bytes[start];
                open = map[base];
                continue;
            }
        }
        uint32_t length = read_value(bytes + i, count - i, &value);
        if (length == 0) {
            result.reason = RUNIC_AT_OTHER;
            break;
        }
        uint32_t id = alone[value];
        if (id != 0) {
            CLOSE();
            open = id - 1;
            base = value;
            start = i;
            i += length;
            continue;
        }
        kind = kinds[value];
        if (kind == RUNIC_NOT_KNOWN || kind == RUNIC_OTHER) {
            result.reason = kind == RUNIC_OTHER ? RUNIC_AT_OTHER : RUNIC_AT_KIND;
            break;
        }
        if (kind <= RUNIC_LAST_ALONE) {
            CLOSE();
            open = NO_ID;
            start = i;
            result.symbol_end = i + length;
            result.reason = RUNIC_AT_ID;
            break;
        }
        /* A mark after a control character, or at the start of a text, is a symbol of its own. */
        int32_t follows = kind != RUNIC_REGIONAL && open != NO_ID && !ends_symbol(base);
        cluster c = follows ? begin(open, kinds[base]) : begin(NO_STATE, kind);
        if (!follows) {
            CLOSE();
            open = NO_ID;
            start = i;
        }
        if (kind != RUNIC_REGIONAL && !take(&c, kind)) {
            result.reason = RUNIC_AT_OTHER;
            break;
        }
        runic_join *joined;
        size_t end = i;
        result.reason = RUNIC_AT_OTHER;
        while (1) {
            joined = join(t, c.state, value);
            if (joined == NULL) {
                kind = RUNIC_OTHER;
                break;
            }
            c.state = joined->state;
            end += length;
            if (end - start > LONGEST_JOINED) {
                kind = RUNIC_OTHER;
                break;
            }
            if (end == count) break;
            length = read_value(bytes + end, count - end, &value);
            kind = length == 0 ? RUNIC_OTHER : kinds[value];
            if (kind <= RUNIC_OTHER || !joins(&c, kind)) break;
            if (!take(&c, kind)) {
                kind = RUNIC_OTHER;
                break;
            }
        }
        if (kind <= RUNIC_OTHER) {
            if (kind == RUNIC_NOT_KNOWN) result.reason = RUNIC_AT_KIND;
            break;
        }
        if (joined->id == 0) {
            open = NO_ID;
            result.reason = RUNIC_AT_ID;
            result.symbol_end = end;
            result.join = joined->key;
            break;
        }
        result.reason = RUNIC_AT_END;
        open = joined->id - 1;
        base = CLOSED;
        i = end;
    }
    if (result.reason == RUNIC_AT_END) {
        CLOSE();
        start = count;
    }
#undef CLOSE
    result.value = value;
    result.consumed = start;
    result.ids = written;
    return result;
}

void runic_fast_path_learn(runic_fast_path_tables *t, const runic_fast_path_result *at, uint16_t id) {
    if (at->join == 0) {
        t->alone[at->value] = (uint16_t)(id + 1);
        return;
    }
    runic_join *found = place_of(t, at->join);
    if (found->key == at->join) found->id = (uint32_t)id + 1;
}

size_t runic_fast_path_resume(const uint8_t *kinds, const uint8_t *bytes, size_t count, size_t from, uint32_t *unknown) {
    size_t i = from;
    while (i < count && (bytes[i] & 0xC0) == 0x80) i++;
    /* A line feed here may be the end of CR LF. */
    int32_t alone = 0;
    while (i < count) {
        uint32_t value, length = read_value(bytes + i, count - i, &value);
        uint32_t kind = length == 0 ? RUNIC_OTHER : kinds[value];
        if (kind == RUNIC_NOT_KNOWN) {
            *unknown = value;
            return i;
        }
        int32_t now = kind >= RUNIC_ALONE && kind <= RUNIC_LAST_ALONE;
        if (alone && now) return i;
        alone = now;
        i += length == 0 ? 1 : length;
    }
    return count;
}
