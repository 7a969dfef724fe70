/// Several threads that begin at once and work for a while.
#ifndef CRUNIC_PEAK_TOGETHER_H
#define CRUNIC_PEAK_TOGETHER_H

/// One piece of work; returns how much it was. `part` counts the threads from 0.
typedef double (*runic_piece)(void *context, int part);

/// Work per second: the sum over the threads of what each did in its own time, which is `seconds` or a piece more.
///
/// 0 where the threads cannot be started.
double runic_together(int threads, double seconds, runic_piece piece, void *context);

#endif
