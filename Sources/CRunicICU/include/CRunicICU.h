#ifndef RUNIC_ICU_H
#define RUNIC_ICU_H

#include <stddef.h>
#include <stdint.h>

/*
 * Unicode behind an opaque face. ICU's own headers are included in the source files only: they rename every
 * function by macro, and Swift's Foundation brings an ICU of its own as a Clang module.
 *
 * All text is UTF-8. No function reads outside the given range or fails on bytes that are not UTF-8.
 * A handle belongs to one thread at a time. Nothing here is global.
 */

/* Status of the functions that can fail: 0, or one of these, or a positive ICU error code. */
#define RUNIC_OUT_OF_MEMORY (-1)
#define RUNIC_TOO_LONG (-2)

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

/* ---- Normalisation, in a stream ---- */

typedef struct runic_normalizer runic_normalizer;

enum { RUNIC_NFC = 0, RUNIC_NFD = 1, RUNIC_NFKC = 2, RUNIC_NFKD = 3, RUNIC_NFKC_CASEFOLD = 4 };

/* NULL, with *status set, if ICU has no data for the form or memory is short. */
runic_normalizer *runic_normalizer_create(int32_t form, int32_t *status);
void runic_normalizer_destroy(runic_normalizer *normalizer);

/* `unchanged` bytes that are as they were, then `output` bytes in place of `input` others. */
typedef struct {
    size_t unchanged, input, output;
} runic_change;

typedef struct {
    const uint8_t *bytes; /* the text that is settled, as it was */
    size_t count;
    const uint8_t *replacements;  /* what stands in place of the changes, one behind the other */
    const runic_change *changes; /* in order; what follows the last one is unchanged */
    size_t change_count;
} runic_normalizer_output;

/* Takes the next bytes, *consumed of them: it is to be called again with the rest, until none is left; `final`
   ends the text with them, after which the normaliser is at its start again. What is settled so far is in *output,
   valid until the next call and as long as the bytes are. Linear, also in runs of combining marks. */
int32_t runic_normalizer_feed(runic_normalizer *normalizer, const uint8_t *bytes, size_t count, int32_t final,
                              size_t *consumed, runic_normalizer_output *output);

/* How many stretches of all text so far differed from their normal form. */
uint64_t runic_normalizer_changes(const runic_normalizer *normalizer);

/* ---- Segmentation, in a stream ---- */

typedef struct runic_segmenter runic_segmenter;

enum { RUNIC_GRAPHEME = 0, RUNIC_CODE_POINT = 1, RUNIC_BYTE = 2 };

/* 1 if this ICU's own grapheme clusters join Indic conjuncts (rule GB9c of Unicode 15.1; earlier a rule of CLDR). */
int32_t runic_segmenter_default_conjuncts(void);

/* `conjuncts`: 1 applies rule GB9c, 0 does not. NULL if memory is short. */
runic_segmenter *runic_segmenter_create(int32_t unit, int32_t conjuncts);
void runic_segmenter_destroy(runic_segmenter *segmenter);
void runic_segmenter_reset(runic_segmenter *segmenter);

/* What stands for a symbol of several code points, or of bytes that are none. */
#define RUNIC_SEVERAL UINT32_MAX
/* What stands for CR LF as one symbol. */
#define RUNIC_CRLF 0x110000

/* Goes on over bytes[0..<count) and writes the offset of every symbol's start but the first of the text,
   ascending, to starts, and to values the code point that the symbol before it consists of, or RUNIC_SEVERAL
   (room for `count` of both). *consumed is what was gone over. A sequence that could go on beyond the end is
   left for the next call, which must begin with it, unless `final`.

   It stops early before a run of bytes each of which begins a symbol that is that byte alone, but for the last,
   whose symbol may go on: *ascii is the length of the run, which begins at *consumed. The start of its first
   byte is the last of starts; the others are not written. The next call goes on behind the run. Linear. */
size_t runic_segmenter_feed(runic_segmenter *segmenter, const uint8_t *bytes, size_t count, int32_t final,
                            uint32_t *starts, uint32_t *values, size_t *consumed, size_t *ascii);

/* The code point that the open symbol, whose end is not known yet, consists of so far, or RUNIC_SEVERAL. */
uint32_t runic_segmenter_open(const runic_segmenter *segmenter);

/* Writes map[b] for each byte b to `out`, and counts the bytes in tally, four tables of 256 whose sums count. Linear. */
void runic_map_bytes(const uint8_t *bytes, size_t count, const uint16_t *map, uint16_t *out, uint64_t *tally);

/* Puts the low bytes of `count` numbers one behind the other at `numbers`. Linear. */
void runic_narrow(uint16_t *numbers, size_t count);

/* Writes map[n] for each number n of `width` bytes, 1 or 2, to `out`. Linear. */
void runic_map_numbers(const uint8_t *numbers, size_t count, int32_t width, const uint16_t *map, uint16_t *out);

/* The last place in text where it can be cut so that the parts, staged and segmented apart, give what the whole gives:
   behind a line feed; else, unless only_lines, between two letters, digits or spaces of ASCII, or two CJK
   ideographs or kana. 0 if there is none. The text may be cut within a sequence at its end. Linear. */
size_t runic_last_cut(const uint8_t *bytes, size_t count, int32_t only_lines);

/* ---- What ICU knows ---- */

/* ICU's version and its Unicode version, dotted, in `text` (room for 32 bytes). */
void runic_icu_version(char *text);
void runic_unicode_version(char *text);

/* The name of a code point, such as LATIN SMALL LETTER A; always ends with NUL. */
void runic_code_point_name(uint32_t code_point, char *text, int32_t capacity);

/* The script of a code point, as a number below runic_script_limit(), and the name of such a number. */
int32_t runic_script(uint32_t code_point);
int32_t runic_script_limit(void);
const char *runic_script_name(int32_t script);

#endif
