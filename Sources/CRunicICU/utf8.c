#include "CRunicICU.h"

#include <string.h>

#include "utf8.h"

runic_utf8_span runic_utf8_check(const uint8_t *bytes, size_t count) {
    runic_utf8_span span = {0, 0, 0, 0};
    size_t i = 0;
    while (i < count) {
        while (count - i >= 16) {
            uint64_t a, b;
            memcpy(&a, bytes + i, 8);
            memcpy(&b, bytes + i + 8, 8);
            if ((a | b) & 0x8080808080808080u) break;
            i += 16;
        }
        if (i == count) break;
        if (bytes[i] < 0x80) {
            i++;
            continue;
        }
        runic_scalar scalar = runic_next(bytes + i, count - i);
        if (scalar.kind != RUNIC_VALID) {
            span.truncated = scalar.kind == RUNIC_TRUNCATED;
            span.bad = scalar.length;
            span.shown = scalar.shown;
            break;
        }
        i += scalar.length;
    }
    span.valid = i;
    return span;
}

size_t runic_utf8_code_points(const uint8_t *bytes, size_t count) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++) total += (bytes[i] & 0xC0) != 0x80;
    return total;
}

void runic_utf8_tally(const uint8_t *bytes, size_t count, uint64_t *counts) {
    size_t i = 0;
    while (i < count) {
        if (bytes[i] < 0x80) {
            counts[bytes[i++]]++;
            continue;
        }
        runic_scalar scalar = runic_next(bytes + i, count - i);
        counts[scalar.value]++;
        i += scalar.length;
    }
}

size_t runic_utf8_next_control(const uint8_t *bytes, size_t count, size_t from) {
    for (size_t i = from; i < count; i++) {
        uint8_t b = bytes[i];
        if (b < 0x20) {
            if (b != '\t' && b != '\n' && b != '\r') return i;
        } else if (b == 0x7F) {
            return i;
        } else if (b == 0xC2) {
            if (i + 1 < count && bytes[i + 1] < 0xA0) return i;
        } else if (b == 0xE2 && i + 2 < count) {
            uint8_t c = bytes[i + 1], d = bytes[i + 2];
            if ((c == 0x80 && d >= 0xAA && d <= 0xAE) || (c == 0x81 && d >= 0xA6 && d <= 0xA9)) return i;
        }
    }
    return count;
}

size_t runic_newlines_next_return(const uint8_t *bytes, size_t count, size_t from) {
    const uint8_t *found = from < count ? memchr(bytes + from, '\r', count - from) : NULL;
    return found == NULL ? count : (size_t)(found - bytes);
}

void runic_newlines_count(const uint8_t *bytes, size_t count, uint64_t kinds[3], int32_t *after_return) {
    int32_t after = *after_return;
    for (size_t i = 0; i < count; i++) {
        uint8_t b = bytes[i];
        if (b == '\n') {
            kinds[after ? 1 : 0]++;
            after = 0;
        } else {
            if (after) kinds[2]++;
            after = b == '\r';
        }
    }
    *after_return = after;
}
