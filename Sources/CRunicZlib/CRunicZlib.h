/* Deflate and CRC-32 as the system's zlib offers them. */
#ifndef CRUNIC_ZLIB_H
#define CRUNIC_ZLIB_H

#include <zlib.h>

#endif
