/// Peaks of the processor: multiply-adds in registers, and reading memory.
#ifndef CRUNIC_PEAK_H
#define CRUNIC_PEAK_H

#include <stddef.h>

/// The element type of multiply-adds. float32 adds in float32, bfloat16 in float32, int8 in int32.
enum { RUNIC_PEAK_FLOAT32 = 0, RUNIC_PEAK_BFLOAT16 = 1, RUNIC_PEAK_INT8 = 2 };

/// Multiply-adds per second of all threads together, each in its registers for `seconds`.
///
/// 0 if the processor has no instruction for the type, or the threads cannot be started.
double runic_peak_multiply_adds(int type, int threads, double seconds);

/// Bytes per second that all threads together read, each its own part of `bytes`, again and again for `seconds`.
///
/// 0 if there is no memory, or the threads cannot be started.
double runic_peak_read(size_t bytes, int threads, double seconds);

#endif
