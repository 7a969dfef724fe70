#define _GNU_SOURCE
#include "runic_plain.h"

#include <string.h>

/* Whether the code point that ends before bytes[end] never joins a neighbour; *start is its start. */
static int stands_alone(const uint8_t *bytes, size_t end, size_t *start) {
    uint8_t last = bytes[end - 1];
    if (last < 0x80) {
        *start = end - 1;
        uint8_t letter = last | 0x20;
        return (letter >= 'a' && letter <= 'z') || (last >= '0' && last <= '9') || last == ' ';
    }
    if (end < 3 || (last & 0xC0) != 0x80 || (bytes[end - 2] & 0xC0) != 0x80 || (bytes[end - 3] & 0xF0) != 0xE0) return 0;
    *start = end - 3;
    uint32_t value = (bytes[end - 3] & 0x0Fu) << 12 | (bytes[end - 2] & 0x3Fu) << 6 | (last & 0x3Fu);
    return (value >= 0x4E00 && value <= 0x9FFF) || (value >= 0x3041 && value <= 0x3096) ||
           (value >= 0x30A1 && value <= 0x30FA);
}

size_t runic_last_cut(const uint8_t *bytes, size_t count, int32_t only_lines) {
    const uint8_t *line = count > 0 ? memrchr(bytes, '\n', count) : NULL;
    if (line != NULL) return (size_t)(line - bytes) + 1;
    if (only_lines) return 0;
    for (size_t end = count; end > 1; end--) {
        size_t middle, start;
        if (stands_alone(bytes, end, &middle) && middle > 0 && stands_alone(bytes, middle, &start)) return middle;
    }
    return 0;
}
