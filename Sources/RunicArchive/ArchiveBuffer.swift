internal import Glibc
internal import RunicFiles

/// Bytes that never change once made: the one piece of memory that all tensors of a loaded archive share.
///
/// The memory begins at a multiple of 64 bytes and is returned when the last holder goes.
// Unchecked because the pointer is written only inside `init`, before any other thread can hold the object.
@safe package final class ArchiveBuffer: @unchecked Sendable {
    static let alignment = 64

    private let memory: UnsafeMutableRawBufferPointer

    /// Takes `byteCount` bytes and lets `fill` write them; bytes that `fill` leaves alone are undefined.
    ///
    /// - Throws: `ArchiveError.file` when the system has no memory left, and whatever `fill` throws.
    package init(
        byteCount: Int, path: String,
        fill: (UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        var pointer: UnsafeMutableRawPointer?
        let status = unsafe posix_memalign(&pointer, Self.alignment, max(1, byteCount))
        guard status == 0, let pointer = unsafe pointer else {
            throw .file(path: path, problem: "cannot be held: the system gives no \(byteCount) bytes of memory")
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
