internal import Glibc

/// The first bytes of a file, mapped into memory for reading; the file may be closed.
///
/// `@unchecked`: nothing writes the memory.
@safe package final class MappedFile: @unchecked Sendable {
    package let bytes: UnsafeRawBufferPointer

    /// - Precondition: `byteCount` is positive.
    package init(_ file: OpenFile, byteCount: Int) throws(FileError) {
        let number = file.descriptor.number
        guard let base = unsafe mmap(nil, byteCount, PROT_READ, MAP_SHARED, number, 0), unsafe base != MAP_FAILED else {
            throw file.failure("cannot be mapped into memory")
        }
        unsafe bytes = UnsafeRawBufferPointer(start: base, count: byteCount)
    }

    deinit { unsafe _ = munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }

    /// Lets the system drop pages that were read from memory; reading them again is allowed.
    package func releasePages() {
        unsafe _ = madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, MADV_DONTNEED)
    }
}
