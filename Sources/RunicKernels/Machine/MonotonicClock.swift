internal import Glibc

/// A clock that never goes backward, cheap enough to be read at every step of a layer.
package enum MonotonicClock {
    /// Nanoseconds since an arbitrary moment.
    package static var nanoseconds: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
