#ifndef RUNIC_ICU_REFERENCE_H
#define RUNIC_ICU_REFERENCE_H

#include <stddef.h>
#include <stdint.h>

/* ICU over a whole text at once, for tests to compare with. Texts are valid UTF-8 of at most 4096 bytes. */

/* Writes the ends of the grapheme clusters (byte offsets) and returns their number, or -1. */
int32_t reference_grapheme_ends(const uint8_t *bytes, size_t count, uint32_t *ends);

/* Writes the normal form (form: 0 NFC, 1 NFD, 2 NFKC, 3 NFKD, 4 NFKC_Casefold; room for 65536 bytes) and
   returns its bytes, or -1. */
int32_t reference_normalize(int32_t form, const uint8_t *bytes, size_t count, uint8_t *out);

#endif
