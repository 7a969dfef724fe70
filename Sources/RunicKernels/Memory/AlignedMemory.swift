internal import Glibc

/// The allocator of aligned memory.
enum AlignedMemory {
    /// Zeroed memory, aligned to cache lines, or to 2 MiB if large.
    static func zeroed<Element: BitwiseCopyable>(count: Int) -> UnsafeMutablePointer<Element> {
        let bytes = max(count * MemoryLayout<Element>.stride, 64)
        let huge = 2 << 20
        let alignment = bytes >= huge ? huge : 64
        let size = (bytes + alignment - 1) / alignment * alignment
        guard let memory = unsafe aligned_alloc(alignment, size) else {
            preconditionFailure("out of memory: \(size) bytes")
        }
        if alignment == huge { unsafe madvise(memory, size, MADV_HUGEPAGE) }
        unsafe memset(memory, 0, size)
        return unsafe memory.bindMemory(to: Element.self, capacity: max(count, 1))
    }
}
