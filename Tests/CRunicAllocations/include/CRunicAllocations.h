// Counts what the calling thread takes of memory, by standing in for the C library's allocation functions.
#ifndef C_RUNIC_ALLOCATIONS_H
#define C_RUNIC_ALLOCATIONS_H

// Starts counting on this thread, from zero.
void runic_allocations_begin(void);
// Stops. ours: allocations that this program and Swift's library asked for. library: those by oneDNN and C++, which
// oneDNN is written in; it keeps the arguments of a call in a map.
void runic_allocations_end(long *ours, long *library);

#endif
