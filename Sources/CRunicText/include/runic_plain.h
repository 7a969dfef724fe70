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
    size_t bad;        /* bytes of the ill-formed part that follows (its maximal subpart), 0 if none */
    size_t shown;      /* bytes that show why: the ill-formed part and the byte that cannot follow it */
    int32_t truncated; /* 1: the bytes after `valid` begin a sequence that could go on beyond the end */
} runic_utf8_span;

/* Finds the longest valid prefix of bytes[0..<count). Linear. */
runic_utf8_span runic_utf8_check(const uint8_t *bytes, size_t count);

/* The number of code points in valid UTF-8: bytes that continue nothing. Linear. */
size_t runic_utf8_code_points(const uint8_t *bytes, size_t count);

/* Adds every code point of valid UTF-8 to counts[0..<0x110000]. Linear. */
void runic_utf8_tally(const uint8_t *bytes, size_t count, uint64_t *counts);

/* The first index, from `from` on, where a control character or a bidirectional control begins in valid
   UTF-8 (tab, line feed and carriage return are not counted); `count` if there is none. Linear. */
size_t runic_utf8_next_control(const uint8_t *bytes, size_t count, size_t from);

/* The first index, from `from` on, of a carriage return; `count` if there is none. Linear. */
size_t runic_newlines_next_return(const uint8_t *bytes, size_t count, size_t from);

/* Adds the line ends of bytes[0..<count) to kinds: LF, CR LF, CR. *after_return carries a CR whose kind is
   not known yet; the caller counts it as CR at the end. Linear. */
void runic_newlines_count(const uint8_t *bytes, size_t count, uint64_t kinds[3], int32_t *after_return);

/* ---- Where a text may be cut ---- */

/* The last place in text where it can be cut so that the parts, staged and segmented apart, give what the whole gives:
   behind a line feed; else, unless only_lines, between two letters, digits or spaces of ASCII, or two CJK
   ideographs or kana. 0 if there is none. The text may be cut within a sequence at its end. Linear. */
size_t runic_last_cut(const uint8_t *bytes, size_t count, int32_t only_lines);

/* ---- Bytes and local ids to ids ---- */

/* Writes map[b] for each byte b to `out`, and counts the bytes in tally, four tables of 256 whose sums count. Linear. */
void runic_map_bytes(const uint8_t *bytes, size_t count, const uint16_t *map, uint16_t *out, uint64_t *tally);

/* Puts the low bytes of `count` numbers one behind the other at `numbers`. Linear. */
void runic_narrow(uint16_t *numbers, size_t count);

/* Writes map[n] for each number n of `width` bytes, 1 or 2, to `out`. Linear. */
void runic_map_local_ids(const uint8_t *numbers, size_t count, int32_t width, const uint16_t *map, uint16_t *out);

/* ---- Values of symbols ---- */

/* What stands for a symbol of several code points, or of bytes that are none. */
#define RUNIC_SEVERAL UINT32_MAX
/* What stands for CR LF as one symbol. */
#define RUNIC_CRLF 0x110000

/* ---- The direct way from text to numbers ---- */

/* How a code point stands in text, for all stages and the segmentation of grapheme clusters together. From
   RUNIC_MARK on it is an extender, whose combining class the rest is. */
enum {
    RUNIC_NOT_KNOWN = 0,
    RUNIC_OTHER = 1,      /* what becomes of it is known to the stages and the segmenter only */
    RUNIC_ALONE = 2,      /* it is passed on as it is, and begins a symbol, whatever stands before it */
    RUNIC_PICTOGRAPH = 3, /* the same, unless an emoji and a joiner stand before it */
    RUNIC_CONSONANT = 4,  /* the same, unless a consonant and a linker stand before it */
    RUNIC_LAST_ALONE = 4,
    RUNIC_REGIONAL = 5,   /* two are a flag */
    RUNIC_JOINER = 6,     /* the zero width joiner */
    RUNIC_LINKER = 7,     /* joins consonants, and has RUNIC_LINKER_CLASS */
    RUNIC_SPACING = 8,    /* a spacing mark, which has combining class 0 */
    RUNIC_MARK = 9
};

#define RUNIC_LINKER_CLASS 9

#define RUNIC_JOIN_BITS 15

/* What a symbol becomes when a code point joins it: zeros at first. */
typedef struct {
    uint64_t key;
    uint32_t state;
    uint32_t number; /* + 1; 0 where it has none yet */
} runic_join;

typedef struct {
    const uint8_t *kinds;  /* of every code point, and of CR LF at RUNIC_CRLF */
    uint16_t *alone;       /* of those that are symbols of their own the number + 1; 0 where it has none yet */
    runic_join *joins;     /* 1 << RUNIC_JOIN_BITS */
    uint32_t *next_state;  /* at first above all numbers */
    const uint16_t *map;   /* the numbers of ASCII; NULL if not all of it but CR is RUNIC_ALONE and has one */
    uint64_t *tally;       /* as runic_map_bytes has it */
    size_t *counts;        /* of every number, how often it occurred elsewhere than in the tally */
} runic_fast_path_tables;

enum {
    RUNIC_AT_END = 0,
    RUNIC_AT_KIND = 1,   /* the kind of `value` is not known */
    RUNIC_AT_NUMBER = 2, /* the symbol at bytes[consumed..<symbol_end) has no number */
    RUNIC_AT_OTHER = 3   /* stages and segmenter are needed from bytes[consumed] on */
};

typedef struct {
    size_t consumed; /* bytes of the symbols that were numbered */
    size_t numbers;  /* how many */
    size_t symbol_end;
    uint64_t join;
    uint32_t value;
    int32_t reason;
} runic_fast_path_result;

/* Numbers the symbols of UTF-8 that begins where a symbol does and ends where one ends, as far as it can without stages
   and segmenter; room for `count` numbers. Linear. */
runic_fast_path_result runic_fast_path(runic_fast_path_tables *tables, const uint8_t *bytes, size_t count, uint16_t *numbers);

/* Notes the number of the symbol that `at` says has none. */
void runic_fast_path_learn(runic_fast_path_tables *tables, const runic_fast_path_result *at, uint16_t number);

/* The first place, from `from` on, where the direct way can begin: between two code points that stand alone; `count` if
   there is none. Where the kind of *unknown has to be known first, which was RUNIC_CRLF + 1, it returns earlier. Linear. */
size_t runic_fast_path_resume(const uint8_t *kinds, const uint8_t *bytes, size_t count, size_t from, uint32_t *unknown);

#endif
