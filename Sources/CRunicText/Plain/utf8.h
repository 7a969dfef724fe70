#ifndef RUNIC_UTF8_H
#define RUNIC_UTF8_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The number of ASCII bytes from the start, read eight at a time. */
static inline size_t runic_ascii_run(const uint8_t *bytes, size_t count) {
    size_t i = 0;
    while (count - i >= 8) {
        uint64_t word;
        memcpy(&word, bytes + i, 8);
        word &= 0x8080808080808080u;
        if (word != 0) return i + ((size_t)__builtin_ctzll(word) >> 3);
        i += 8;
    }
    while (i < count && bytes[i] < 0x80) i++;
    return i;
}

/* The number of bytes from the start that are ASCII except CR: each is a symbol if another follows. */
static inline size_t runic_ascii_symbols(const uint8_t *bytes, size_t count) {
    size_t i = 0;
    while (count - i >= 8) {
        uint64_t word, high;
        memcpy(&word, bytes + i, 8);
        uint64_t x = word ^ 0x0D0D0D0D0D0D0D0Du;
        high = (word | ((x - 0x0101010101010101u) & ~x)) & 0x8080808080808080u;
        if (high != 0) return i + ((size_t)__builtin_ctzll(high) >> 3);
        i += 8;
    }
    while (i < count && bytes[i] < 0x80 && bytes[i] != '\r') i++;
    return i;
}

/* Reads a valid sequence at bytes[0..<4], all of which can be read. Returns its length, or 0 if it is not valid.
   Well-formedness is that of Unicode's table 3-7, checked by the value. */
static inline uint32_t runic_whole(const uint8_t *bytes, uint32_t *value) {
    uint32_t lead = bytes[0];
    if (lead < 0x80) {
        *value = lead;
        return 1;
    }
    uint32_t b = bytes[1], c = bytes[2], d = bytes[3];
    if ((lead & 0xF0) == 0xE0) {
        uint32_t found = (lead & 0x0F) << 12 | (b & 0x3F) << 6 | (c & 0x3F);
        *value = found;
        return (((b & 0xC0) == 0x80) & ((c & 0xC0) == 0x80) & (found >= 0x800) & ((found >> 11) != 0x1B)) ? 3 : 0;
    }
    if (lead < 0xE0) {
        *value = (lead & 0x1F) << 6 | (b & 0x3F);
        return ((lead >= 0xC2) & ((b & 0xC0) == 0x80)) ? 2 : 0;
    }
    uint32_t found = (lead & 0x07) << 18 | (b & 0x3F) << 12 | (c & 0x3F) << 6 | (d & 0x3F);
    *value = found;
    uint32_t rest = (b & 0xC0) << 16 | (c & 0xC0) << 8 | (d & 0xC0);
    return ((lead < 0xF5) & (rest == 0x808080) & (found >= 0x10000) & (found <= 0x10FFFF)) ? 4 : 0;
}

/* Whether the eight bytes at `bytes` are ASCII. */
static inline int runic_is_ascii(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    return (word & 0x8080808080808080u) == 0;
}

typedef enum { RUNIC_VALID, RUNIC_INVALID, RUNIC_TRUNCATED } runic_scalar_kind;

typedef struct {
    uint32_t value; /* U+FFFD unless valid */
    uint32_t length; /* bytes of the sequence, or of its maximal ill-formed subpart */
    uint32_t shown;
    runic_scalar_kind kind;
} runic_scalar;

/* Reads one sequence at bytes[0]; count > 0. Well-formedness is Unicode's table 3-7. */
static inline runic_scalar runic_next(const uint8_t *bytes, size_t count) {
    uint32_t lead = bytes[0];
    runic_scalar bad = {0xFFFD, 1, 1, RUNIC_INVALID};
    uint32_t need, value, low = 0x80, high = 0xBF;
    if (lead < 0x80) {
        return (runic_scalar){lead, 1, 1, RUNIC_VALID};
    } else if (lead < 0xC2 || lead > 0xF4) {
        return bad;
    } else if (lead < 0xE0) {
        need = 2;
        value = lead & 0x1F;
    } else if (lead < 0xF0) {
        need = 3;
        value = lead & 0x0F;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else {
        need = 4;
        value = lead & 0x07;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    }
    for (uint32_t k = 1; k < need; k++) {
        if (k == count) {
            bad.length = bad.shown = k;
            bad.kind = RUNIC_TRUNCATED;
            return bad;
        }
        uint32_t b = bytes[k];
        if (b < low || b > high) {
            bad.length = k;
            bad.shown = k + 1;
            return bad;
        }
        value = value << 6 | (b & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    return (runic_scalar){value, need, need, RUNIC_VALID};
}

/* Writes the UTF-8 of a code point that is no surrogate; returns its length. */
static inline size_t runic_put_scalar(uint8_t *out, uint32_t value) {
    if (value < 0x80) {
        out[0] = (uint8_t)value;
        return 1;
    }
    if (value < 0x800) {
        out[0] = (uint8_t)(0xC0 | value >> 6);
        out[1] = (uint8_t)(0x80 | (value & 0x3F));
        return 2;
    }
    if (value < 0x10000) {
        out[0] = (uint8_t)(0xE0 | value >> 12);
        out[1] = (uint8_t)(0x80 | (value >> 6 & 0x3F));
        out[2] = (uint8_t)(0x80 | (value & 0x3F));
        return 3;
    }
    out[0] = (uint8_t)(0xF0 | value >> 18);
    out[1] = (uint8_t)(0x80 | (value >> 12 & 0x3F));
    out[2] = (uint8_t)(0x80 | (value >> 6 & 0x3F));
    out[3] = (uint8_t)(0x80 | (value & 0x3F));
    return 4;
}

#endif
