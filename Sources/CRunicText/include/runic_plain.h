#ifndef RUNIC_PLAIN_H
#define RUNIC_PLAIN_H

#include <stddef.h>
#include <stdint.h>

/*
 * Loops over UTF-8 and over ids that need no ICU.
 *
 * No function reads outside the given range. A function that takes "valid UTF-8" relies on it.
 */

/* ---- UTF-8 ---- */

typedef struct {
    size_t valid;      /* bytes of whole, valid sequences from the start */
    size_t bad;        /* bytes of the maximal ill-formed subpart that follows, 0 if none */
    size_t shown;      /* bytes that show why: the ill-formed subpart and the byte that cannot follow it */
    int32_t truncated; /* 1: the bytes after `valid` begin a sequence that could continue after the end */
} runic_utf8_span;

/* Finds the longest valid prefix of bytes[0..<count). Linear. */
runic_utf8_span runic_utf8_check(const uint8_t *bytes, size_t count);

/* The number of code points in valid UTF-8: of bytes that are no continuation. Linear. */
size_t runic_utf8_code_points(const uint8_t *bytes, size_t count);

/* Adds every code point of valid UTF-8 to counts[0..<0x110000]. Linear. */
void runic_utf8_tally(const uint8_t *bytes, size_t count, uint64_t *counts);

/* The first index, from `from` on, where a control character or a bidirectional control begins in valid
   UTF-8 (tab, line feed and carriage return are not counted); `count` if there is none. Linear. */
size_t runic_utf8_next_control(const uint8_t *bytes, size_t count, size_t from);

/* The first index, from `from` on, of a carriage return; `count` if there is none. Linear. */
size_t runic_newlines_next_return(const uint8_t *bytes, size_t count, size_t from);

/* The end of the line that begins at bytes[from], after its line end: a line feed or, if `any`, also CR LF, CR, U+0085, U+2028
   or U+2029. `count` if the line has none; *has_end says whether it has one. Linear in the line. */
size_t runic_line_end(const uint8_t *bytes, size_t count, size_t from, int32_t any, int32_t *has_end);

/* Adds the line ends of bytes[0..<count) to kinds: LF, CR LF, CR. *after_return carries a CR whose kind is
   not known yet; the caller counts it as CR at the end. Linear. */
void runic_newlines_count(const uint8_t *bytes, size_t count, uint64_t kinds[3], int32_t *after_return);

/* ---- Where a text may be cut ---- */

/* The last place where a text can be cut so that both sides, staged and segmented apart, give what the whole gives: after a
   line feed; else, unless only_lines, between two letters, digits or spaces of ASCII, or two CJK ideographs or kana. 0 if
   there is none. The text may end within a sequence. Linear. */
size_t runic_last_cut(const uint8_t *bytes, size_t count, int32_t only_lines);

/* ---- Bytes and local ids to ids ---- */

/* Writes map[b] for each byte b to `out`, and counts each byte in tally: the sum of four tables of 256. Linear. */
void runic_map_bytes(const uint8_t *bytes, size_t count, const uint16_t *map, uint16_t *out, uint64_t *tally);

/* Narrows `count` local ids to their low bytes, in place. Linear. */
void runic_narrow(uint16_t *local_ids, size_t count);

/* Writes map[n] for each local id n of `width` bytes, 1 or 2, to `out`. Linear. */
void runic_map_local_ids(const uint8_t *local_ids, size_t count, int32_t width, const uint16_t *map, uint16_t *out);

/* ---- Values of symbols ---- */

/* The value of a symbol of several code points, or of bytes that are no code point. */
#define RUNIC_SEVERAL UINT32_MAX
/* The value of CR LF as one symbol. */
#define RUNIC_CRLF 0x110000

/* ---- The fast path from text to ids ---- */

/* The kind of a code point, for all stages and the segmentation of grapheme clusters together. From RUNIC_MARK on it is an
   extender, and the rest is its combining class. */
enum {
    RUNIC_NOT_KNOWN = 0,
    RUNIC_OTHER = 1,      /* only stages and segmenter can tell its effect */
    RUNIC_ALONE = 2,      /* passed on unchanged, and begins a symbol, whatever precedes it */
    RUNIC_PICTOGRAPH = 3, /* the same, except after an emoji and a joiner */
    RUNIC_CONSONANT = 4,  /* the same, except after a consonant and a linker */
    RUNIC_LAST_ALONE = 4,
    RUNIC_REGIONAL = 5,   /* two are a flag */
    RUNIC_JOINER = 6,     /* the zero width joiner */
    RUNIC_LINKER = 7,     /* joins consonants; has RUNIC_LINKER_CLASS */
    RUNIC_SPACING = 8,    /* a spacing mark; has combining class 0 */
    RUNIC_MARK = 9
};

#define RUNIC_LINKER_CLASS 9

#define RUNIC_JOIN_BITS 15

/* The state of a symbol after a code point has joined it: zeros at first. */
typedef struct {
    uint64_t key;
    uint32_t state;
    uint32_t id; /* + 1; 0 if it has none yet */
} runic_join;

typedef struct {
    const uint8_t *kinds;  /* of every code point, and of CR LF at RUNIC_CRLF */
    uint16_t *alone;       /* 1 + the id of each code point that is a symbol of its own; 0 if it has none yet */
    runic_join *joins;     /* 1 << RUNIC_JOIN_BITS */
    uint32_t *next_state;  /* at first above all ids */
    const uint16_t *map;   /* the ids of ASCII; NULL unless all of it but CR is RUNIC_ALONE and has one */
    uint64_t *tally;       /* as for runic_map_bytes */
    size_t *counts;        /* how often each id occurred, apart from the tally */
} runic_fast_path_tables;

enum {
    RUNIC_AT_END = 0,
    RUNIC_AT_KIND = 1, /* the kind of `value` is not known */
    RUNIC_AT_ID = 2,   /* the symbol at bytes[consumed..<symbol_end) has no id */
    RUNIC_AT_OTHER = 3 /* stages and segmenter are needed from bytes[consumed] on */
};

typedef struct {
    size_t consumed; /* bytes of the encoded symbols */
    size_t ids;      /* the number of ids written */
    size_t symbol_end;
    uint64_t join;
    uint32_t value;
    int32_t reason;
} runic_fast_path_result;

/* Writes the ids of the symbols of UTF-8 that begins and ends at symbol boundaries, until stages or segmenter are needed;
   room for `count` ids. Linear. */
runic_fast_path_result runic_fast_path(runic_fast_path_tables *tables, const uint8_t *bytes, size_t count, uint16_t *ids);

/* Notes the id of the symbol for which `at` says that it has none. */
void runic_fast_path_learn(runic_fast_path_tables *tables, const runic_fast_path_result *at, uint16_t id);

/* The first place, from `from` on, where the fast path can begin: between two code points that are RUNIC_ALONE or similar;
   `count` if there is none. It returns earlier, with *unknown set, at a code point whose kind must be learned first; *unknown
   was UINT32_MAX. Linear. */
size_t runic_fast_path_resume(const uint8_t *kinds, const uint8_t *bytes, size_t count, size_t from, uint32_t *unknown);

#endif
