#include "CRunicKernels.h"
#include "activation.h"

// Sums may be split over vector lanes here; see softmax.c.
#pragma clang fp reassociate(on)

RUNIC_CLONES
double runic_sum_of_squares(ptrdiff_t count, const float *x) {
    double total = 0;
    for (ptrdiff_t start = 0; start < count; start += 4096) {
        ptrdiff_t end = start + 4096 < count ? start + 4096 : count;
        float sum = 0;
        for (ptrdiff_t i = start; i < end; i++) sum += x[i] * x[i];
        total += (double)sum;
    }
    return total;
}
