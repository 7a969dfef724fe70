internal import Glibc
internal import RunicFiles

/// Immutable bytes, aligned to 64: the memory that all tensors of a loaded archive share.
///
/// It is freed with the last reference.
// Unchecked because the pointer is written only inside `init`, before any other thread can hold the object.
@safe package final class ArchiveBuffer: @unchecked Sendable {
    static let alignment = 64

    private let memory: UnsafeMutableRawBufferPointer

    /// Allocates `byteCount` bytes, which `fill` writes; the others stay uninitialised.
    ///
    /// - Throws: `ArchiveError.file` when there is not enough memory, and whatever `fill` throws.
    package init(
        byteCount: Int, path: String,
        fill: (UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        var pointer: UnsafeMutableRawPointer?
        let status = unsafe posix_memalign(&pointer, Self.alignment, max(1, byteCount))
        guard status == 0, let pointer = unsafe pointer else {
            throw .file(path: path, problem: "there is not enough memory for its \(byteCount) bytes")
        }
        unsafe memory = UnsafeMutableRawBufferPointer(start: pointer, count: byteCount)
        try unsafe fill(memory)
    }

    /// The whole content of a regular file.
    ///
    /// - Throws: `ArchiveError.file` when it cannot be read, `.tooLarge` when it is larger than `limit` bytes.
    static func contents(of path: String, limit: Int) throws(ArchiveError) -> ArchiveBuffer {
        let file = try ArchiveError.wrapping(OpenFile(path, for: .reading))
        let byteCount = try ArchiveError.wrapping(file.byteCount())
        guard byteCount <= limit else { throw .tooLarge(path: path, byteCount: UInt64(byteCount), limit: limit) }
        return try unsafe ArchiveBuffer(byteCount: byteCount, path: path) { (target) throws(ArchiveError) in
            try ArchiveError.wrapping(unsafe file.read(into: target, at: 0))
        }
    }

    deinit {
        unsafe free(memory.baseAddress)
    }

    /// The size in bytes.
    package var count: Int { unsafe memory.count }

    /// Calls `body` with the bytes in `range`.
    ///
    /// - Precondition: `range` lies within the buffer.
    package func withBytes<Result, Failure: Error>(
        in range: Range<Int>, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(UnsafeRawBufferPointer(rebasing: memory[range]).bytes)
    }

    /// Calls `body` with all bytes.
    package func withBytes<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withBytes(in: 0..<count, body)
    }
}
