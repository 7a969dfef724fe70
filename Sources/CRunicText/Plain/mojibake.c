#include "runic_mojibake.h"

#include <string.h>

#include "utf8.h"

/* The code points of windows-1252 at 0x80 to 0x9F; 0 if there is none. */
static const uint16_t upper[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* The byte 0x80 to 0xBF that windows-1252 reads as this code point, or 0. Bytes that it lacks are read as controls. */
static uint8_t continuation(uint32_t value) {
    if (value >= 0x80 && value <= 0xBF) return (uint8_t)value;
    for (int k = 0; value >= 0x152 && k < 32; k++) {
        if (upper[k] == value) return (uint8_t)(0x80 + k);
    }
    return 0;
}

/* Whether misread texts often have sequences with this first byte. Others encode rare letters, and are more often a capital
   before a closing quotation mark. */
static int is_common(uint8_t lead) {
    return (lead >= 0xC2 && lead <= 0xC5) || lead == 0xCE || lead == 0xCF || lead == 0xD0 || lead == 0xD1 ||
           (lead >= 0xD7 && lead <= 0xD9) || (lead >= 0xE0 && lead <= 0xF0);
}

runic_mojibake runic_mojibake_next(const uint8_t *bytes, size_t count, size_t from, size_t limit) {
    runic_mojibake none = {limit, 0, 0};
    for (size_t i = from; i < limit; i++) {
        const uint8_t *found = memchr(bytes + i, 0xC3, limit - i);
        if (found == NULL) return none;
        i = (size_t)(found - bytes);
        /* The code points U+00C2 to U+00F4 are C3 82 to C3 B4, the first bytes of sequences. */
        if (count - i < 4 || bytes[i + 2] < 0x80) continue;
        uint8_t sequence[4] = {(uint8_t)(0xC0 | (bytes[i + 1] & 0x3F))};
        if (sequence[0] < 0xC2 || !is_common(sequence[0])) continue;
        uint32_t need = sequence[0] < 0xE0 ? 1 : sequence[0] < 0xF0 ? 2 : 3, have = 0;
        size_t end = i + 2;
        while (have < need && end < count) {
            runic_scalar scalar = runic_next(bytes + end, count - end);
            uint8_t byte = scalar.kind == RUNIC_VALID ? continuation(scalar.value) : 0;
            if (byte == 0) break;
            sequence[++have] = byte;
            end += scalar.length;
        }
        if (have < need) continue;
        runic_scalar meant = runic_next(sequence, need + 1);
        if (meant.kind != RUNIC_VALID || meant.value < 0xA0) continue;
        return (runic_mojibake){i, end - i, meant.value};
    }
    return none;
}
