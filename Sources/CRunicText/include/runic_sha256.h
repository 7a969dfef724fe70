#ifndef RUNIC_SHA256_H
#define RUNIC_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* Takes `count` blocks of 64 bytes into the eight words of a SHA-256 state (FIPS 180-4, 6.2.2). Linear. */
void runic_sha256_compress(uint32_t *state, const uint8_t *blocks, size_t count);

/* The same in portable code; the function above uses the processor's SHA instructions where it has them. */
void runic_sha256_compress_portable(uint32_t *state, const uint8_t *blocks, size_t count);

#endif
