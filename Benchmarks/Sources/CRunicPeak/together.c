#define _POSIX_C_SOURCE 200809L
#include "together.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
    atomic_int waiting;
    atomic_bool cancelled;
    double seconds;
    runic_piece piece;
    void *context;
} shared_work;

typedef struct {
    shared_work *shared;
    int part;
    double rate;
} worker;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void *work(void *argument) {
    worker *self = argument;
    shared_work *shared = self->shared;
    // A piece before the clock runs: it touches the memory and wakes the wide units.
    shared->piece(shared->context, self->part);
    atomic_fetch_sub(&shared->waiting, 1);
    while (atomic_load(&shared->waiting) > 0) {
        if (atomic_load(&shared->cancelled)) return NULL;
    }
    double done = 0, began = now(), elapsed = 0;
    do {
        done += shared->piece(shared->context, self->part);
        elapsed = now() - began;
    } while (elapsed < shared->seconds);
    self->rate = done / elapsed;
    return NULL;
}

double runic_together(int threads, double seconds, runic_piece piece, void *context) {
    if (threads < 1) return 0;
    shared_work shared = {.seconds = seconds, .piece = piece, .context = context};
    atomic_init(&shared.waiting, threads);
    atomic_init(&shared.cancelled, false);
    worker *workers = calloc((size_t)threads, sizeof *workers);
    pthread_t *handles = calloc((size_t)threads, sizeof *handles);
    double rate = 0;
    if (workers && handles) {
        int started = 1;
        for (int part = 0; part < threads; part++) workers[part] = (worker){.shared = &shared, .part = part};
        while (started < threads && !pthread_create(&handles[started], NULL, work, &workers[started])) started++;
        if (started < threads) {
            atomic_store(&shared.cancelled, true);
        } else {
            work(&workers[0]);
        }
        for (int part = 1; part < started; part++) pthread_join(handles[part], NULL);
        if (started == threads) {
            for (int part = 0; part < threads; part++) rate += workers[part].rate;
        }
    }
    free(workers);
    free(handles);
    return rate;
}
