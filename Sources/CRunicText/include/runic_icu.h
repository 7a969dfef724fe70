#ifndef RUNIC_ICU_H
#define RUNIC_ICU_H

#include <stddef.h>
#include <stdint.h>

#include "runic_plain.h"

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
#define RUNIC_INVALID_BYTES (-3)
#define RUNIC_UNKNOWN_GROUP (-4)
#define RUNIC_BAD_REPLACEMENT (-5)
#define RUNIC_SET_OF_STRINGS (-6)

/* ICU's name of a positive status, such as U_MALFORMED_SET. */
const char *runic_status_name(int32_t status);

/* ---- Edits ---- */

/* `unchanged` bytes that are as they were, then `output` bytes in place of `input` others. */
typedef struct {
    size_t unchanged, input, output;
} runic_change;

typedef struct {
    const uint8_t *bytes;
    size_t count;
    const runic_change *changes; /* in order; what follows the last one is unchanged */
    size_t change_count;
} runic_edited;

/* ---- Other encodings, in a stream ---- */

typedef struct runic_converter runic_converter;

enum { RUNIC_STOP = 0, RUNIC_REPLACE = 1, RUNIC_SKIP = 2 };

/* What is not in the encoding: its offset from the start of the text, and as many of its bytes as there is room for. */
typedef struct {
    size_t offset, count;
    uint8_t bytes[16];
} runic_bad_bytes;

/* NULL, with *status set, if ICU does not know the encoding `name` or memory is short. A byte order mark at the
   start is dropped if `drop_mark` is not 0. */
runic_converter *runic_converter_create(const char *name, int32_t errors, int32_t drop_mark, int32_t *status);
void runic_converter_destroy(runic_converter *converter);

/* Takes the next bytes; `final` ends the text, after which the converter is at its start again. What is decoded so
   far is in *output, valid until the next call. RUNIC_INVALID_BYTES, with *bad filled, where errors are to stop. Linear. */
int32_t runic_converter_feed(runic_converter *converter, const uint8_t *bytes, size_t count, int32_t final,
                             runic_edited *output, runic_bad_bytes *bad);

/* How many bytes were replaced or skipped since the converter was made. */
size_t runic_converter_repaired(const runic_converter *converter);

/* Whether ICU knows the encoding, whether it is UTF-8, and whether no two byte sequences stand for one text. */
int32_t runic_encoding_is_known(const char *name);
int32_t runic_encoding_is_utf8(const char *name);
int32_t runic_encoding_is_one_to_one(const char *name);

typedef struct {
    char name[32];
    int32_t confidence; /* of 100 */
} runic_guess;

/* The encoding of UTF-8, UTF-16, UTF-32 or GB18030 whose byte order mark the text begins with, or NULL. */
const char *runic_encoding_by_mark(const uint8_t *bytes, size_t count);

/* Guesses the encoding of a text, the most confident first, among those with a converter; returns how many. */
size_t runic_encoding_guess(const uint8_t *bytes, size_t count, runic_guess *guesses, size_t capacity);

/* ---- Normalisation, in a stream ---- */

typedef struct runic_normalizer runic_normalizer;

enum { RUNIC_NFC = 0, RUNIC_NFD = 1, RUNIC_NFKC = 2, RUNIC_NFKD = 3, RUNIC_NFKC_CASEFOLD = 4 };

/* NULL, with *status set, if ICU has no data for the form or memory is short. */
runic_normalizer *runic_normalizer_create(int32_t form, int32_t *status);
void runic_normalizer_destroy(runic_normalizer *normalizer);

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

/* Whether the form leaves a code point as it is beside others of which it says so, in canonical order of their combining
   classes: -1 if not; else its combining class, + RUNIC_JOINED if what stands before it can matter to it. */
#define RUNIC_JOINED 0x100
int32_t runic_normalizer_leaves(runic_normalizer *normalizer, uint32_t value);

/* How many stretches of all text so far differed from their normal form. */
uint64_t runic_normalizer_changes(const runic_normalizer *normalizer);

/* ---- Code points of a set ---- */

typedef struct runic_set runic_set;

/* NULL, with *status set, if ICU does not know the set `pattern` ([:L:], [a-z], ...), it has strings, or memory is short. */
runic_set *runic_set_create(const char *pattern, int32_t *status);
void runic_set_destroy(runic_set *set);

typedef struct {
    size_t length;    /* bytes of the code points from the start that are all in the set, or all not in it */
    int32_t is_in;
    int32_t truncated; /* 1: the bytes that follow begin a sequence that could go on beyond the end */
} runic_set_run;

/* Looks at bytes[0..<count), count > 0; what is not UTF-8 counts as U+FFFD. Linear in the run. */
runic_set_run runic_set_next(const runic_set *set, const uint8_t *bytes, size_t count, int32_t final);

/* ---- Replacement of what matches a regular expression ---- */

typedef struct runic_replacer runic_replacer;

enum { RUNIC_IGNORE_CASE = 1, RUNIC_MULTIPLE_LINES = 2, RUNIC_DOT_ALL = 4, RUNIC_COMMENTS = 8 };

/* NULL, with *status set, and *offset in code points of the pattern or of the replacement where that is known, else -1. */
runic_replacer *runic_replacer_create(const char *pattern, const char *replacement, int32_t flags, int32_t *status,
                                      int32_t *offset);
void runic_replacer_destroy(runic_replacer *replacer);

/* Replaces in every line (up to and with a line feed) of bytes[0..<count), each on its own. RUNIC_TOO_LONG for a line
   of more than `limit` bytes; ICU's status for a match that takes too much time or memory. */
int32_t runic_replacer_run(runic_replacer *replacer, const uint8_t *bytes, size_t count, size_t limit,
                           runic_edited *output);

/* ---- Case, in a stream ---- */

typedef struct runic_caser runic_caser;

enum { RUNIC_LOWER = 0, RUNIC_UPPER = 1, RUNIC_TITLE = 2, RUNIC_FOLD = 3 };

/* NULL, with *status set, if ICU has no data for the locale or memory is short. */
runic_caser *runic_caser_create(int32_t kind, const char *locale, int32_t *status);
void runic_caser_destroy(runic_caser *caser);

/* Takes the next bytes; `final` ends the text, after which the caser is at its start again. What is settled is in
   *output, valid until the next call. RUNIC_TOO_LONG where more than `limit` bytes must be seen at once. Linear. */
int32_t runic_caser_feed(runic_caser *caser, const uint8_t *bytes, size_t count, int32_t final, size_t limit,
                         runic_edited *output);

/* ---- Transliteration ---- */

typedef struct runic_transliterator runic_transliterator;

/* What is wrong with an id (its part that ICU does not have, and similar ones) or with rules (what follows the place). */
typedef struct {
    char where[128], similar[256];
} runic_transliterator_problem;

/* The transform of ICU named `id`, or that of `rules` where it is not NULL; the inverse one if `reverse` is not 0.
   NULL, with *status and *problem set, if there is none or memory is short. */
runic_transliterator *runic_transliterator_create(const char *id, const char *rules, int32_t reverse, int32_t *status,
                                                  runic_transliterator_problem *problem);
void runic_transliterator_destroy(runic_transliterator *transliterator);

/* Transforms every line (up to and with a line feed) of bytes[0..<count), each on its own. RUNIC_TOO_LONG for a line
   of more than `limit` bytes, and for one that grows beyond 64 times that. */
int32_t runic_transliterator_run(runic_transliterator *transliterator, const uint8_t *bytes, size_t count,
                                 size_t limit, runic_edited *output);

/* ---- Segmentation, in a stream ---- */

typedef struct runic_segmenter runic_segmenter;

enum { RUNIC_GRAPHEME = 0, RUNIC_CODE_POINT = 1, RUNIC_BYTE = 2 };

/* 1 if this ICU's own grapheme clusters join Indic conjuncts (rule GB9c of Unicode 15.1; earlier a rule of CLDR). */
int32_t runic_segmenter_default_conjuncts(void);

/* `conjuncts`: 1 applies rule GB9c, 0 does not. NULL if memory is short. */
runic_segmenter *runic_segmenter_create(int32_t unit, int32_t conjuncts);
void runic_segmenter_destroy(runic_segmenter *segmenter);
void runic_segmenter_reset(runic_segmenter *segmenter);

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

/* How a code point stands in text as far as the segmentation goes; combining classes are left out. */
uint8_t runic_segmenter_kind(runic_segmenter *segmenter, uint32_t value);

/* ---- Segmentation by the rules of a language, paragraph by paragraph ---- */

typedef struct runic_paragraphs runic_paragraphs;

enum { RUNIC_CLUSTERS = 0, RUNIC_WORDS = 1 };

/* NULL, with *status set, if ICU has no rules for the locale or memory is short. */
runic_paragraphs *runic_paragraphs_create(int32_t kind, const char *locale, int32_t *status);
void runic_paragraphs_destroy(runic_paragraphs *paragraphs);

/* Begins with bytes[0..<count), whole paragraphs (up to and with a line feed, or the end of the text), which must stay
   until the last symbol. RUNIC_TOO_LONG for a paragraph of more than `limit` bytes. */
int32_t runic_paragraphs_set(runic_paragraphs *paragraphs, const uint8_t *bytes, size_t count, size_t limit);

/* Writes the ends of the next symbols, ascending; returns how many, 0 behind the last. */
size_t runic_paragraphs_next(runic_paragraphs *paragraphs, uint32_t *ends, size_t capacity);

/* ---- What ICU knows ---- */

/* ICU's version and its Unicode version, dotted, in `text` (room for 32 bytes). */
void runic_icu_version(char *text);
void runic_unicode_version(char *text);

/* The name of a code point, such as LATIN SMALL LETTER A; always ends with NUL. */
void runic_code_point_name(uint32_t code_point, char *text, int32_t capacity);

/* Whether ICU has data for the language of a locale. */
int32_t runic_locale_is_known(const char *name);

/* The script of a code point, as a number below runic_script_limit(), and the name of such a number. */
int32_t runic_script(uint32_t code_point);
int32_t runic_script_limit(void);
const char *runic_script_name(int32_t script);

#endif
