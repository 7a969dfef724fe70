#ifndef RUNIC_ICU_H
#define RUNIC_ICU_H

#include <stddef.h>
#include <stdint.h>

#include "runic_plain.h"

/*
 * An opaque interface to ICU. Only the source files include ICU's own headers: they rename every function by macro,
 * and Swift's Foundation brings an ICU of its own as a Clang module.
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
#define RUNIC_TOO_MUCH (-7)

/* ICU's name of a positive status, such as U_MALFORMED_SET. */
const char *runic_status_name(int32_t status);

/* ---- Edits ---- */

/* `unchanged` bytes, then `output` bytes that replace `input` bytes. */
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

/* Invalid bytes: their offset from the start of the text, and the first of them. */
typedef struct {
    size_t offset, count;
    uint8_t bytes[16];
} runic_bad_bytes;

/* NULL, with *status set, if ICU does not know the encoding `name` or memory is short. A byte order mark at the
   start is dropped if `drop_mark` is not 0. */
runic_converter *runic_converter_create(const char *name, int32_t errors, int32_t drop_mark, int32_t *status);
void runic_converter_destroy(runic_converter *converter);

/* Takes the next bytes; `final` ends the text and resets the converter. The decoded text is in *output, valid until the
   next call. RUNIC_INVALID_BYTES, with *bad set, if errors are RUNIC_STOP. Linear. */
int32_t runic_converter_feed(runic_converter *converter, const uint8_t *bytes, size_t count, int32_t final,
                             runic_edited *output, runic_bad_bytes *bad);

/* The number of bytes replaced or skipped since the converter was made. */
size_t runic_converter_repaired(const runic_converter *converter);

/* The offset of the first of them since the last call, from the start of its text; -1 if there is none. */
int64_t runic_converter_take_first_repair(runic_converter *converter);

/* Whether ICU knows the encoding, whether it is UTF-8, and whether every text has only one byte sequence in it. */
int32_t runic_encoding_is_known(const char *name);
int32_t runic_encoding_is_utf8(const char *name);
int32_t runic_encoding_is_one_to_one(const char *name);

typedef struct {
    char name[32];
    int32_t confidence; /* in percent */
} runic_guess;

/* The encoding of UTF-8, UTF-16, UTF-32 or GB18030 whose byte order mark the text begins with, or NULL. */
const char *runic_encoding_by_mark(const uint8_t *bytes, size_t count);

/* Guesses the encoding of a text among those with a converter, the most likely first; returns the number of guesses. */
size_t runic_encoding_guess(const uint8_t *bytes, size_t count, runic_guess *guesses, size_t capacity);

/* ---- Normalisation, in a stream ---- */

typedef struct runic_normalizer runic_normalizer;

enum { RUNIC_NFC = 0, RUNIC_NFD = 1, RUNIC_NFKC = 2, RUNIC_NFKD = 3, RUNIC_NFKC_CASEFOLD = 4 };

/* NULL, with *status set, if ICU has no data for the form or memory is short. */
runic_normalizer *runic_normalizer_create(int32_t form, int32_t *status);
void runic_normalizer_destroy(runic_normalizer *normalizer);

typedef struct {
    const uint8_t *bytes; /* the settled text before normalisation */
    size_t count;
    const uint8_t *replacements;  /* the bytes that replace the changes, concatenated */
    const runic_change *changes; /* in order; what follows the last one is unchanged */
    size_t change_count;
} runic_normalizer_output;

/* Takes *consumed of the next bytes: call it again with the rest until none is left. `final` ends the text after them and
   resets the normaliser. The settled text is in *output, valid until the next call and as long as the bytes are. Linear,
   also in runs of combining marks. */
int32_t runic_normalizer_feed(runic_normalizer *normalizer, const uint8_t *bytes, size_t count, int32_t final,
                              size_t *consumed, runic_normalizer_output *output);

/* Whether the form leaves a code point unchanged next to other such code points, in canonical order of their combining
   classes: -1 if not; else its combining class, + RUNIC_JOINED if it may depend on what precedes it. */
#define RUNIC_JOINED 0x100
int32_t runic_normalizer_leaves(runic_normalizer *normalizer, uint32_t value);

/* The number of spans of all text so far that differed from their normal form. */
uint64_t runic_normalizer_changes(const runic_normalizer *normalizer);

/* ---- Code points of a set ---- */

typedef struct runic_set runic_set;

/* NULL, with *status set, if ICU does not know the set `pattern` ([:L:], [a-z], ...), it has strings, or memory is short. */
runic_set *runic_set_create(const char *pattern, int32_t *status);
void runic_set_destroy(runic_set *set);

typedef struct {
    size_t length;    /* bytes of the leading code points that are all in the set, or all not in it */
    int32_t is_in;
    int32_t truncated; /* 1: the bytes that follow begin a sequence that could continue after the end */
} runic_set_run;

/* Looks at bytes[0..<count), count > 0; invalid bytes count as U+FFFD. Linear in the run. */
runic_set_run runic_set_next(const runic_set *set, const uint8_t *bytes, size_t count, int32_t final);

/* ---- Replacement by regular expressions ---- */

typedef struct runic_replacer runic_replacer;

enum { RUNIC_IGNORE_CASE = 1, RUNIC_MULTIPLE_LINES = 2, RUNIC_DOT_ALL = 4, RUNIC_COMMENTS = 8 };

/* NULL, with *status set, for a bad pattern or replacement; *offset is the place in it, in code points, or -1.
   RUNIC_TOO_MUCH for a replacement of more than RUNIC_MOST_PARTS groups and texts between them. */
#define RUNIC_MOST_PARTS 1000
runic_replacer *runic_replacer_create(const char *pattern, const char *replacement, int32_t flags, int32_t *status,
                                      int32_t *offset);
void runic_replacer_destroy(runic_replacer *replacer);

/* Replaces in every line (with its end, as `any_end` says to runic_line_end) of bytes[0..<count), each on its own. RUNIC_TOO_LONG for a line
   of more than `limit` bytes; RUNIC_TOO_MUCH if the output would have more than `room` bytes; ICU's status for a match
   that takes too much time or memory. */
int32_t runic_replacer_run(runic_replacer *replacer, const uint8_t *bytes, size_t count, size_t limit, size_t room,
                           int32_t any_end, runic_edited *output);

/* ---- Case, in a stream ---- */

typedef struct runic_caser runic_caser;

enum { RUNIC_LOWER = 0, RUNIC_UPPER = 1, RUNIC_TITLE = 2, RUNIC_FOLD = 3 };

/* NULL, with *status set, if ICU has no data for the locale or memory is short. */
runic_caser *runic_caser_create(int32_t kind, const char *locale, int32_t *status);
void runic_caser_destroy(runic_caser *caser);

/* Takes the next bytes; `final` ends the text and resets the caser. The settled text is in *output, valid until the next
   call. RUNIC_TOO_LONG if more than `limit` bytes must be seen at once. Linear. */
int32_t runic_caser_feed(runic_caser *caser, const uint8_t *bytes, size_t count, int32_t final, size_t limit,
                         runic_edited *output);

/* ---- Transliteration ---- */

typedef struct runic_transliterator runic_transliterator;

/* The problem of an id (the part that ICU lacks, and similar ids) or of rules (the text after the error). */
typedef struct {
    char where[128], similar[256];
} runic_transliterator_problem;

/* ICU's transform `id`, or that of `rules` if not NULL; its inverse if `reverse` is not 0. NULL, with *status and *problem
   set, if there is none or memory is short. */
runic_transliterator *runic_transliterator_create(const char *id, const char *rules, int32_t reverse, int32_t *status,
                                                  runic_transliterator_problem *problem);
void runic_transliterator_destroy(runic_transliterator *transliterator);

/* Transforms every line (with its end, as `any_end` says to runic_line_end) of bytes[0..<count), each on its own. RUNIC_TOO_LONG for a line
   of more than `limit` bytes; RUNIC_TOO_MUCH if the output would have more than `room` bytes, or a line grows to more
   UTF-16 units than 64 KiB and 32 times its bytes. */
int32_t runic_transliterator_run(runic_transliterator *transliterator, const uint8_t *bytes, size_t count,
                                 size_t limit, size_t room, int32_t any_end, runic_edited *output);

/* ---- Segmentation, in a stream ---- */

typedef struct runic_segmenter runic_segmenter;

enum { RUNIC_GRAPHEME = 0, RUNIC_CODE_POINT = 1, RUNIC_BYTE = 2 };

/* 1 if this ICU's own grapheme clusters join Indic conjuncts (rule GB9c of Unicode 15.1; earlier a rule of CLDR). */
int32_t runic_segmenter_default_conjuncts(void);

/* `conjuncts`: 1 applies rule GB9c, 0 does not. NULL if memory is short. */
runic_segmenter *runic_segmenter_create(int32_t unit, int32_t conjuncts);
void runic_segmenter_destroy(runic_segmenter *segmenter);
void runic_segmenter_reset(runic_segmenter *segmenter);

/* Continues with bytes[0..<count). Writes the start of every symbol except the first of the text to starts, ascending, and
   the code point of the symbol before it, or RUNIC_SEVERAL, to values (room for `count` of both). *consumed is the number
   of bytes read. Unless `final`, a sequence that could continue after the end is left for the next call, which must begin
   with it.

   It stops early at a run of single-byte symbols, the last of which may continue: *ascii is the length of the run, which
   begins at *consumed. The start of its first byte is the last of starts; the others are not written. The next call
   continues after the run. Linear. */
size_t runic_segmenter_feed(runic_segmenter *segmenter, const uint8_t *bytes, size_t count, int32_t final,
                            uint32_t *starts, uint32_t *values, size_t *consumed, size_t *ascii);

/* The code point of the open symbol, whose end is not known yet, or RUNIC_SEVERAL. */
uint32_t runic_segmenter_open(const runic_segmenter *segmenter);

/* The kind of a code point (see runic_fast_path) for the segmentation alone, without combining classes. */
uint8_t runic_segmenter_kind(runic_segmenter *segmenter, uint32_t value);

/* ---- Segmentation by the rules of a language, paragraph by paragraph ---- */

typedef struct runic_paragraphs runic_paragraphs;

/* RUNIC_WORDS_BY_BYTES: as version 0.1.0 did, with other words in Thai, Lao, Khmer and Burmese. */
enum { RUNIC_CLUSTERS = 0, RUNIC_WORDS = 1, RUNIC_WORDS_BY_BYTES = 2 };

/* NULL, with *status set, if ICU has no rules for the locale or memory is short. */
runic_paragraphs *runic_paragraphs_create(int32_t kind, const char *locale, int32_t *status);
void runic_paragraphs_destroy(runic_paragraphs *paragraphs);

/* Begins with bytes[0..<count), whole paragraphs (up to and with a line feed, or the end of the text), which must stay
   until the last symbol. RUNIC_TOO_LONG for a paragraph of more than `limit` bytes. */
int32_t runic_paragraphs_set(runic_paragraphs *paragraphs, const uint8_t *bytes, size_t count, size_t limit);

/* Writes the ends of the next symbols, ascending; returns their number, 0 after the last. */
size_t runic_paragraphs_next(runic_paragraphs *paragraphs, uint32_t *ends, size_t capacity);

/* ---- What ICU knows ---- */

/* ICU's version and its Unicode version, dotted, in `text` (room for 32 bytes). */
void runic_icu_version(char *text);
void runic_unicode_version(char *text);

/* The name of a code point, such as LATIN SMALL LETTER A; always ends with NUL. */
void runic_code_point_name(uint32_t code_point, char *text, int32_t capacity);

/* Whether ICU has data for the language of a locale. */
int32_t runic_locale_is_known(const char *name);

/* The script of a code point, as an index below runic_script_limit(), and the name of a script. */
int32_t runic_script(uint32_t code_point);
int32_t runic_script_limit(void);
const char *runic_script_name(int32_t script);

#endif
