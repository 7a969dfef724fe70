extension ArchiveTensor {
    /// A tensor with the values of `integers`, stored as I8.
    ///
    /// - Precondition: `integers` holds exactly the elements of `shape`.
    /// - Throws: `ArchiveError.file` when there is no memory for the copy.
    /// - Complexity: O(*n*) in the elements.
    public init(name: String, shape: [Int], integers: Span<Int8>) throws(ArchiveError) {
        try unsafe self.init(name: name, elementType: .int8, shape: shape, bytes: integers.bytes)
    }

    /// All elements, row-major, of a tensor that holds I8.
    ///
    /// - Throws: `ArchiveError.tensor` when the elements are of another type.
    /// - Complexity: O(*n*) in the elements.
    public func integers() throws(ArchiveError) -> [Int8] {
        guard elementType == .int8 else {
            throw .tensor(path: path, name: name, reason: "holds \(elementType.rawValue) instead of I8")
        }
        return withBytes { bytes in
            unsafe bytes.withUnsafeBytes { source in unsafe source.map { Int8(bitPattern: $0) } }
        }
    }
}
