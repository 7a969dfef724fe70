/// A named array of numbers in an archive, row-major.
///
/// All tensors of a loaded file share its bytes.
public struct ArchiveTensor: Sendable {
    /// The name, unique in its archive, such as `rnn.weight_ih_l0`.
    public let name: String
    /// The type of each element.
    public let elementType: ArchiveElementType
    /// The sizes of the dimensions, slowest first; empty for a single number.
    public let shape: [Int]

    /// The file this tensor came from, for messages.
    let path: String
    private let buffer: ArchiveBuffer
    private let range: Range<Int>

    /// A view of `range` of a buffer.
    ///
    /// - Precondition: type and shape fill it exactly.
    init(
        name: String, elementType: ArchiveElementType, shape: [Int], path: String, buffer: ArchiveBuffer,
        range: Range<Int>
    ) {
        self.name = name
        self.elementType = elementType
        self.shape = shape
        self.path = path
        self.buffer = buffer
        self.range = range
    }

    /// A tensor with a copy of `bytes`, little-endian.
    ///
    /// - Precondition: `bytes` holds exactly the elements of `shape`.
    /// - Throws: `ArchiveError.file` when there is no memory for the copy.
    /// - Complexity: O(*n*) in the bytes.
    public init(
        name: String, elementType: ArchiveElementType, shape: [Int], bytes: RawSpan
    ) throws(ArchiveError) {
        let expected = Self.elementCount(of: shape).map { $0.multipliedReportingOverflow(by: elementType.byteCount) }
        precondition(
            expected.map { $0.partialValue == bytes.byteCount && !$0.overflow } ?? false,
            "tensor \(name): \(bytes.byteCount) bytes do not fill shape \(shape) of \(elementType.rawValue)")
        let buffer = try unsafe ArchiveBuffer(byteCount: bytes.byteCount, path: name) { target in
            unsafe bytes.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
        }
        self.init(
            name: name, elementType: elementType, shape: shape, path: name, buffer: buffer,
            range: 0..<bytes.byteCount)
    }

    /// The number of elements.
    public var elementCount: Int { range.count / elementType.byteCount }

    /// The size of the elements in bytes.
    public var byteCount: Int { range.count }

    /// Calls `body` with the elements' bytes, little-endian, without a copy; they need not be aligned.
    public func withBytes<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try buffer.withBytes(in: range, body)
    }

    /// The same numbers under another name, without a copy.
    package func renamed(_ name: String) -> ArchiveTensor {
        ArchiveTensor(name: name, elementType: elementType, shape: shape, path: path, buffer: buffer, range: range)
    }

    /// The product of `shape`; `nil` when it overflows or a size is negative.
    static func elementCount(of shape: [Int]) -> Int? {
        // A zero makes the product zero, even where the other sizes would overflow.
        guard shape.allSatisfy({ $0 >= 0 }) else { return nil }
        guard !shape.contains(0) else { return 0 }
        var product = 1
        for size in shape {
            let (next, overflow) = product.multipliedReportingOverflow(by: size)
            guard !overflow else { return nil }
            product = next
        }
        return product
    }
}
