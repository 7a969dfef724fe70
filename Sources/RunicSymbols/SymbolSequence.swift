/// The ids of a text's symbols, two bytes each, in memory or in a file that is mapped into it.
///
/// A slice shares ids and indices with the whole, as an array's does. Copies are free.
public struct SymbolSequence: Sendable {
    private let storage: SymbolStorage
    /// The index of the first id; 0 unless this is a slice.
    public let startIndex: Int
    /// The index after the last id.
    public let endIndex: Int

    init(_ storage: SymbolStorage) {
        self.storage = storage
        startIndex = 0
        endIndex = storage.count
    }

    private init(_ storage: SymbolStorage, _ range: Range<Int>) {
        self.storage = storage
        startIndex = range.lowerBound
        endIndex = range.upperBound
    }

    /// The ids of an array, copied.
    public init(_ identifiers: some Collection<UInt16>) {
        let identifiers = Array(identifiers)
        self.init(unsafe identifiers.withUnsafeBytes { unsafe SymbolStorage(copying: $0) })
    }

    /// Lets the system drop pages of a mapped file from memory; they can be read again. Does nothing for ids in memory.
    public func releasePages() { storage.releasePages() }
}

extension SymbolSequence: RandomAccessCollection {
    public subscript(position: Int) -> UInt16 {
        precondition(position >= startIndex && position < endIndex, "id \(position) of \(startIndex)..<\(endIndex)")
        return storage[position]
    }

    public subscript(bounds: Range<Int>) -> SymbolSequence {
        precondition(
            bounds.lowerBound >= startIndex && bounds.upperBound <= endIndex,
            "ids \(bounds) of \(startIndex)..<\(endIndex)")
        return SymbolSequence(storage, bounds)
    }

    public func withContiguousStorageIfAvailable<Result>(
        _ body: (UnsafeBufferPointer<UInt16>) throws -> Result
    ) rethrows -> Result? {
        try unsafe storage.withUnsafeBufferPointer(startIndex..<endIndex, body)
    }

    /// The ids as a span.
    ///
    /// - Complexity: O(1).
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt16>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe storage.withUnsafeBufferPointer(startIndex..<endIndex) { ids throws(Failure) in
            try body(unsafe Span(_unsafeElements: ids))
        }
    }
}

extension SymbolSequence: Hashable {
    public static func == (left: SymbolSequence, right: SymbolSequence) -> Bool { left.elementsEqual(right) }

    public func hash(into hasher: inout Hasher) {
        for identifier in self { hasher.combine(identifier) }
    }
}

extension SymbolSequence: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: UInt16...) { self.init(elements) }
}

extension SymbolSequence: CustomStringConvertible {
    public var description: String { "\(Array(self))" }
}
