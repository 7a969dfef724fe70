#include "runic_plain.h"

#include <string.h>

#include "utf8.h"

runic_utf8_span runic_utf8_check(const uint8_t *bytes, size_t count) {
    runic_utf8_span span = {0, 0, 0, 0};
    size_t i = 0;
    while (i < count) {
        while (count - i >= 8) {
            if (runic_is_ascii(bytes + i)) {
                i += 8;
                continue;
            }
            uint32_t value, length = runic_whole(bytes + i, &value);
            if (length == 0) break;
            i += length;
        }
        if (i == count) break;
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
    size_t total = 0, i = 0;
    while (count - i >= 8) {
        /* Each byte of `begins` counts up to 255. */
        uint64_t begins = 0;
        size_t end = count - i < 8 * 255 ? i + (count - i) / 8 * 8 : i + 8 * 255;
        for (; i < end; i += 8) {
            uint64_t word;
            memcpy(&word, bytes + i, 8);
            begins += ((~word >> 7) | (word >> 6)) & 0x0101010101010101u;
        }
        begins = (begins & 0x00FF00FF00FF00FFu) + ((begins >> 8) & 0x00FF00FF00FF00FFu);
        total += (begins * 0x0001000100010001u) >> 48;
    }
    for (; i < count; i++) total += (bytes[i] & 0xC0) != 0x80;
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

size_t runic_line_end(const uint8_t *bytes, size_t count, size_t from, int32_t any, int32_t *has_end) {
    *has_end = 1;
    if (!any) {
        const uint8_t *feed = from < count ? memchr(bytes + from, '\n', count - from) : NULL;
        if (feed != NULL) return (size_t)(feed - bytes) + 1;
    }
    for (size_t i = any ? from : count; i < count; i++) {
        uint8_t b = bytes[i];
        size_t left = count - i;
        if (b == '\n') return i + 1;
        if (b == '\r') return left > 1 && bytes[i + 1] == '\n' ? i + 2 : i + 1;
        if (b == 0xC2 && left > 1 && bytes[i + 1] == 0x85) return i + 2;
        if (b == 0xE2 && left > 2 && bytes[i + 1] == 0x80 && (bytes[i + 2] | 1) == 0xA9) return i + 3;
    }
    *has_end = 0;
    return count;
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
