#ifndef RUNIC_MOJIBAKE_H
#define RUNIC_MOJIBAKE_H

#include <stddef.h>
#include <stdint.h>

/* A character whose UTF-8 was once read as windows-1252 and then written as UTF-8 again. */
typedef struct {
    size_t at;      /* its offset, or the limit if there is none */
    size_t length;  /* its bytes */
    uint32_t value; /* the code point that was probably meant */
} runic_mojibake;

/* The first such character of valid UTF-8 that begins in from..<limit; it may end after the limit, but not after
   `count`. Sequences of unlikely code points are skipped. Linear. */
runic_mojibake runic_mojibake_next(const uint8_t *bytes, size_t count, size_t from, size_t limit);

#endif
