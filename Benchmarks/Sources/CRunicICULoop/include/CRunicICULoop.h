#ifndef RUNIC_ICU_LOOP_H
#define RUNIC_ICU_LOOP_H

#include <stddef.h>
#include <stdint.h>

/* What a plain program over ICU does with a text in memory: UTF-8 to UTF-16, NFC, grapheme breaks. Returns the number
   of clusters, or -1 where ICU or memory fails. */
int64_t runic_icu_loop(const uint8_t *bytes, size_t count);

#endif
