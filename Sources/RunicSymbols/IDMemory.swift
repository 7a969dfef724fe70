/// Memory of a fixed size for ids.
///
/// `@unchecked`: an ``IDStore`` writes it under a lock or each place once, and it is shared only after the last write.
@safe final class IDMemory: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer

    var count: Int { unsafe bytes.count }

    init(byteCount: Int) { unsafe bytes = .allocate(byteCount: max(byteCount, 2), alignment: 16) }

    deinit { unsafe bytes.deallocate() }

    func write(_ source: UnsafeRawBufferPointer, at offset: Int) {
        unsafe part(offset, source.count).copyMemory(from: source)
    }

    func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) {
        unsafe target.copyMemory(from: UnsafeRawBufferPointer(part(offset, target.count)))
    }

    private func part(_ offset: Int, _ count: Int) -> UnsafeMutableRawBufferPointer {
        precondition(offset >= 0 && offset <= self.count - count, "\(count) bytes at \(offset) of \(self.count)")
        return unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }
}
