/// Bytes in memory that a spool is written to, and that a sequence of ids then reads.
///
/// `@unchecked`: the spool writes under its lock, or each place once where nothing grows; and a sequence is made of it when all is
/// written.
@safe final class IDStoreMemory: @unchecked Sendable {
    private(set) var base: UnsafeMutableRawPointer
    private(set) var capacity: Int
    /// Bytes up to the end of what was written.
    private(set) var count = 0

    /// - Parameter capacity: bytes that there is room for; more are made room for when they come.
    init(capacity: Int) {
        self.capacity = max(capacity, 16)
        unsafe base = .allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit { unsafe base.deallocate() }

    /// Writes bytes at a place; what lies between it and what was written before is nothing yet.
    func write(_ source: UnsafeRawBufferPointer, at offset: Int) {
        let end = offset + source.count
        if end > capacity {
            capacity = max(end, capacity * 2)
            let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
            unsafe larger.copyMemory(from: base, byteCount: count)
            unsafe base.deallocate()
            unsafe base = larger
        }
        count = max(count, end)
        if let first = source.baseAddress { unsafe (base + offset).copyMemory(from: first, byteCount: source.count) }
    }

    /// Writes bytes at a place that there is room for.
    func fill(_ source: UnsafeRawBufferPointer, at offset: Int) {
        precondition(offset + source.count <= capacity, "\(source.count) bytes at \(offset) of \(capacity)")
        if let first = source.baseAddress { unsafe (base + offset).copyMemory(from: first, byteCount: source.count) }
    }
}
