#ifndef RUNIC_ICU_LOOP_H
#define RUNIC_ICU_LOOP_H

#include <stddef.h>
#include <stdint.h>

/* A plain loop over ICU on a text in memory: UTF-8 to UTF-16, NFC, grapheme breaks. Returns the number of clusters, or
   -1 if ICU or memory fails. */
int64_t runic_icu_loop(const uint8_t *bytes, size_t count);

#endif
