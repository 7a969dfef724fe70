/* The LZ4 frame format as the system's liblz4 offers it. */
#ifndef CRUNIC_LZ4_H
#define CRUNIC_LZ4_H

#include <lz4frame.h>

#endif
