#include "runic_plain.h"

#include <string.h>

void runic_map_bytes(const uint8_t *bytes, size_t count, const uint16_t *map, uint16_t *out, uint64_t *tally) {
    size_t i = 0;
    for (; count - i >= 4; i += 4) {
        uint8_t a = bytes[i], b = bytes[i + 1], c = bytes[i + 2], d = bytes[i + 3];
        out[i] = map[a];
        out[i + 1] = map[b];
        out[i + 2] = map[c];
        out[i + 3] = map[d];
        tally[a]++;
        tally[256 + b]++;
        tally[512 + c]++;
        tally[768 + d]++;
    }
    for (; i < count; i++) {
        out[i] = map[bytes[i]];
        tally[bytes[i]]++;
    }
}

void runic_narrow(uint16_t *local_ids, size_t count) {
    uint8_t *out = (uint8_t *)local_ids;
    size_t i = 0;
    for (; count - i >= 32; i += 32) {
        uint16_t block[32];
        uint8_t low[32];
        memcpy(block, local_ids + i, sizeof block);
        for (size_t k = 0; k < 32; k++) low[k] = (uint8_t)block[k];
        memcpy(out + i, low, sizeof low);
    }
    for (; i < count; i++) out[i] = (uint8_t)local_ids[i];
}

void runic_map_local_ids(const uint8_t *local_ids, size_t count, int32_t width, const uint16_t *map, uint16_t *out) {
    if (width == 1) {
        for (size_t i = 0; i < count; i++) out[i] = map[local_ids[i]];
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint16_t local_id;
        memcpy(&local_id, local_ids + 2 * i, 2);
        out[i] = map[local_id];
    }
}
