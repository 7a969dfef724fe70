internal import Glibc

/// The memory behind a ``SymbolSequence``.
///
/// `@unchecked`: nothing is written once it is made.
@safe final class SymbolStorage: @unchecked Sendable {
    private let base: UnsafeMutablePointer<UInt16>
    let count: Int
    /// Bytes of a mapped file; 0 for memory of its own.
    private let mapped: Int
    /// Whose the memory is, where it is not the storage's own.
    private let owner: IDStoreMemory?

    /// The first `count` ids of a spool's memory, which is not written any more.
    init(sharing memory: IDStoreMemory, count: Int) {
        precondition(count * 2 <= memory.capacity, "\(count) ids of \(memory.capacity) bytes")
        unsafe base = memory.base.assumingMemoryBound(to: UInt16.self)
        self.count = count
        mapped = 0
        owner = memory
    }

    init(copying bytes: UnsafeRawBufferPointer) {
        count = bytes.count / 2
        mapped = 0
        owner = nil
        unsafe base = .allocate(capacity: max(count, 1))
        unsafe UnsafeMutableRawBufferPointer(start: base, count: count * 2)
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<(count * 2)]))
    }

    /// Maps the first `count` ids of a file, which may be closed afterwards.
    ///
    /// - Returns: nil, with `errno` set, where the system refuses.
    init?(mapping descriptor: Int32, count: Int) {
        self.count = count
        mapped = count * 2
        owner = nil
        guard count > 0 else {
            unsafe base = .allocate(capacity: 1)
            return
        }
        guard let found = unsafe mmap(nil, mapped, PROT_READ, MAP_SHARED, descriptor, 0), unsafe found != MAP_FAILED
        else { return nil }
        unsafe base = found.assumingMemoryBound(to: UInt16.self)
    }

    deinit {
        if mapped > 0 {
            unsafe _ = munmap(base, mapped)
        } else if owner == nil {
            unsafe base.deallocate()
        }
    }

    /// - Precondition: `position` is in `0..<count`; the caller checks its own narrower bounds.
    subscript(position: Int) -> UInt16 { unsafe base[position] }

    func withUnsafeBufferPointer<Result, Failure: Error>(
        _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt16>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    }

    func releasePages() {
        if mapped > 0 { unsafe _ = madvise(base, mapped, MADV_DONTNEED) }
    }
}
