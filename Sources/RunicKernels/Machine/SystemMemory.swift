internal import Glibc

/// The machine's memory.
package enum SystemMemory {
    /// Bytes of physical memory, or nil if the system does not report it.
    package static var physicalBytes: Int? {
        let pages = sysconf(Int32(_SC_PHYS_PAGES)), size = sysconf(Int32(_SC_PAGESIZE))
        return pages > 0 && size > 0 ? pages * size : nil
    }
}
