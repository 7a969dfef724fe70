#define _GNU_SOURCE
#include "CRunicAllocations.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

// glibc's own functions under the names that it keeps for programs that replace the public ones.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static _Thread_local int is_counting;
static _Thread_local long own_count, library_count;

static void count(void *caller) {
    if (!is_counting) return;
    is_counting = 0;
    Dl_info place;
    int is_library = dladdr(caller, &place) && place.dli_fname
        && (strstr(place.dli_fname, "libdnnl") || strstr(place.dli_fname, "libstdc++"));
    *(is_library ? &library_count : &own_count) += 1;
    is_counting = 1;
}

void *malloc(size_t size) {
    count(__builtin_return_address(0));
    return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
    count(__builtin_return_address(0));
    return __libc_calloc(items, size);
}

void *realloc(void *memory, size_t size) {
    count(__builtin_return_address(0));
    return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count(__builtin_return_address(0));
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    count(__builtin_return_address(0));
    void *made = __libc_memalign(alignment, size);
    if (!made) return ENOMEM;
    *memory = made;
    return 0;
}

void runic_allocations_begin(void) {
    own_count = library_count = 0;
    is_counting = 1;
}

void runic_allocations_end(long *ours, long *library) {
    is_counting = 0;
    *ours = own_count;
    *library = library_count;
}
