#ifndef RUNIC_ICU_REFERENCE_H
#define RUNIC_ICU_REFERENCE_H

#include <stddef.h>
#include <stdint.h>

/* ICU over a whole text at once, for tests to compare with. Texts are valid UTF-8 of at most 4096 bytes. */

/* Writes the ends of the grapheme clusters (byte offsets) and returns their number, or -1. */
int32_t reference_grapheme_ends(const uint8_t *bytes, size_t count, uint32_t *ends);

/* The same for words (kind 1) or grapheme clusters (kind 0) by the rules of a locale. */
int32_t reference_symbol_ends(int32_t kind, const char *locale, const uint8_t *bytes, size_t count, uint32_t *ends);

/* Writes the normal form (form: 0 NFC, 1 NFD, 2 NFKC, 3 NFKD, 4 NFKC_Casefold; room for 65536 bytes) and
   returns its bytes, or -1. */
int32_t reference_normalize(int32_t form, const uint8_t *bytes, size_t count, uint8_t *out);

/* Whether the set `pattern` has the code point. */
int32_t reference_set_has(const char *pattern, uint32_t code_point);

/* Replaces every match of `pattern`, with UREGEX flags; room for 65536 bytes; returns how many there are, or -1. */
int32_t reference_replace(const char *pattern, const char *replacement, uint32_t flags, const uint8_t *bytes,
                          size_t count, uint8_t *out);

/* Writes the text in another case (kind: 0 lower, 1 upper, 2 title, 3 folded, 4 folded for Turkic languages); room for
   65536 bytes; returns its bytes, or -1. */
int32_t reference_case(int32_t kind, const char *locale, const uint8_t *bytes, size_t count, uint8_t *out);

/* Transforms the text by ICU's transform `id`, or by `rules` where they are not NULL; room for 65536 bytes; returns how
   many there are, or -1. */
int32_t reference_transliterate(const char *id, const char *rules, int32_t reverse, const uint8_t *bytes, size_t count,
                                uint8_t *out);

#endif
