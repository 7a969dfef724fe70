internal import RunicFiles

/// The memory of a ``SymbolSequence``: an ``IDMemory`` or a mapped file.
///
/// `@unchecked`: nothing is written once it is made.
@safe final class SymbolStorage: @unchecked Sendable {
    private enum Owner {
        case memory(IDMemory)
        case file(MappedFile)
    }

    private let base: UnsafePointer<UInt16>
    let count: Int
    /// Keeps the memory.
    private let owner: Owner

    /// The first `count` ids of memory that is not written any more.
    init(_ memory: IDMemory, count: Int) {
        precondition(count * 2 <= memory.count, "\(count) ids of \(memory.count) bytes")
        let ids = unsafe memory.bytes.bindMemory(to: UInt16.self)
        guard let start = ids.baseAddress else { preconditionFailure("memory without an address") }
        unsafe base = UnsafePointer(start)
        self.count = count
        owner = .memory(memory)
    }

    convenience init(copying bytes: UnsafeRawBufferPointer) {
        let memory = IDMemory(byteCount: bytes.count)
        unsafe memory.write(bytes, at: 0)
        self.init(memory, count: bytes.count / 2)
    }

    /// The ids of a mapped file.
    init(_ file: MappedFile) {
        let ids = unsafe file.bytes.bindMemory(to: UInt16.self)
        guard let start = ids.baseAddress else { preconditionFailure("a mapping without an address") }
        unsafe base = start
        count = ids.count
        owner = .file(file)
    }

    /// - Precondition: `position` is in `0..<count`; the caller checks its own narrower bounds.
    subscript(position: Int) -> UInt16 { unsafe base[position] }

    func withUnsafeBufferPointer<Result, Failure: Error>(
        _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt16>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    }

    func releasePages() {
        if case .file(let file) = owner { file.releasePages() }
    }
}
