extension ArchiveTensor {
    /// A tensor with the values of `floats`, stored as `elementType`; bfloat16 rounds to nearest, ties to even.
    ///
    /// - Precondition: `floats` holds exactly the elements of `shape`; `elementType` is `float32` or `bfloat16`.
    /// - Throws: `ArchiveError.file` when there is no memory for the copy.
    /// - Complexity: O(*n*) in the elements.
    public init(
        name: String, shape: [Int], floats: Span<Float>, storedAs elementType: ArchiveElementType = .float32
    ) throws(ArchiveError) {
        precondition(
            elementType == .float32 || elementType == .bfloat16,
            "tensor \(name): floats are stored as F32 or BF16, not as \(elementType.rawValue)")
        precondition(
            Self.elementCount(of: shape) == floats.count,
            "tensor \(name): \(floats.count) floats do not fill shape \(shape)")
        let byteCount = floats.count * elementType.byteCount
        let buffer = try unsafe ArchiveBuffer(byteCount: byteCount, path: name) { target in
            if elementType == .bfloat16 {
                for index in 0..<floats.count {
                    unsafe target.storeBytes(
                        of: floats[index].roundedToBFloat16.littleEndian, toByteOffset: 2 * index, as: UInt16.self)
                }
            } else {
                for index in 0..<floats.count {
                    unsafe target.storeBytes(
                        of: floats[index].bitPattern.littleEndian, toByteOffset: 4 * index, as: UInt32.self)
                }
            }
        }
        self.init(
            name: name, elementType: elementType, shape: shape, path: name, buffer: buffer, range: 0..<byteCount)
    }

    /// Writes all elements as floats into `destination`, from `offset` (in floats) on; float64 is rounded.
    ///
    /// - Precondition: `destination` has room for all elements from `offset` on.
    /// - Throws: `ArchiveError.tensor` when the elements are integers or booleans.
    /// - Complexity: O(*n*) in the elements.
    public func copyFloats(into destination: inout MutableSpan<Float>, at offset: Int = 0) throws(ArchiveError) {
        try requireFloatingPoint()
        unsafe destination.withUnsafeMutableBufferPointer { target in
            precondition(
                offset >= 0 && offset <= target.count && elementCount <= target.count - offset,
                "tensor \(name): \(elementCount) floats do not fit \(target.count) from \(offset) on")
            unsafe convertFloats(into: UnsafeMutableBufferPointer(rebasing: target[offset..<(offset + elementCount)]))
        }
    }

    /// All elements as floats, row-major; float64 is rounded.
    ///
    /// - Throws: `ArchiveError.tensor` when the elements are integers or booleans.
    /// - Complexity: O(*n*) in the elements.
    public func floats() throws(ArchiveError) -> [Float] {
        try requireFloatingPoint()
        return unsafe [Float](unsafeUninitializedCapacity: elementCount) { target, initializedCount in
            unsafe convertFloats(into: UnsafeMutableBufferPointer(rebasing: target[..<elementCount]))
            initializedCount = elementCount
        }
    }

    /// The index, row-major, of the first element that is infinite, not a number, or infinite when rounded to float32;
    /// `nil` when all are finite.
    ///
    /// Integers are always finite.
    /// - Complexity: O(*n*) in the elements.
    public var firstNonFiniteIndex: Int? {
        withBytes { bytes in
            unsafe bytes.withUnsafeBytes { source in
                switch elementType {
                case .float16:
                    unsafe firstIndex(in: source, of: UInt16.self) { $0 & 0x7C00 == 0x7C00 }
                case .bfloat16:
                    unsafe firstIndex(in: source, of: UInt16.self) { $0 & 0x7F80 == 0x7F80 }
                case .float32:
                    unsafe firstIndex(in: source, of: UInt32.self) { $0 & 0x7F80_0000 == 0x7F80_0000 }
                case .float64:
                    unsafe firstIndex(in: source, of: UInt64.self) { !Float(Double(bitPattern: $0)).isFinite }
                default:
                    nil
                }
            }
        }
    }

    private func requireFloatingPoint() throws(ArchiveError) {
        guard elementType.isFloatingPoint else {
            throw .tensor(
                path: path, name: name, reason: "holds \(elementType.rawValue), which cannot be read as floats")
        }
    }

    @inline(__always)
    private func firstIndex<Bits: FixedWidthInteger>(
        in source: UnsafeRawBufferPointer, of type: Bits.Type, where matches: (Bits) -> Bool
    ) -> Int? {
        for index in 0..<elementCount
        where unsafe matches(
            Bits(littleEndian: source.loadUnaligned(fromByteOffset: index * Bits.bitWidth / 8, as: Bits.self)))
        {
            return index
        }
        return nil
    }

    /// Writes every element into `target`, which has exactly the room for them.
    private func convertFloats(into target: UnsafeMutableBufferPointer<Float>) {
        withBytes { bytes in
            unsafe bytes.withUnsafeBytes { source in
                switch elementType {
                case .float32:
                    #if _endian(little)
                        unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
                    #else
                        unsafe convert(source, of: UInt32.self, into: target) { Float(bitPattern: $0) }
                    #endif
                case .bfloat16:
                    unsafe convert(source, of: UInt16.self, into: target) { Float(bitPattern: UInt32($0) << 16) }
                case .float16:
                    unsafe convert(source, of: UInt16.self, into: target) { Float(halfPrecisionBits: $0) }
                case .float64:
                    unsafe convert(source, of: UInt64.self, into: target) { Float(Double(bitPattern: $0)) }
                default:
                    preconditionFailure("tensor \(name): \(elementType.rawValue) is not floating-point")
                }
            }
        }
    }

    @inline(__always)
    private func convert<Bits: FixedWidthInteger>(
        _ source: UnsafeRawBufferPointer, of type: Bits.Type, into target: UnsafeMutableBufferPointer<Float>,
        _ value: (Bits) -> Float
    ) {
        for index in target.indices {
            let bits = unsafe source.loadUnaligned(fromByteOffset: index * Bits.bitWidth / 8, as: Bits.self)
            unsafe target.initializeElement(at: index, to: value(Bits(littleEndian: bits)))
        }
    }
}

extension Float {
    /// The bits of the nearest bfloat16, ties to even; not-a-number stays so.
    var roundedToBFloat16: UInt16 {
        guard !isNaN else { return UInt16(bitPattern >> 16) | 0x0040 }
        let rounding = 0x7FFF + ((bitPattern >> 16) & 1)
        return UInt16(truncatingIfNeeded: (bitPattern &+ rounding) >> 16)
    }

    /// The value of an IEEE 754 half: sign, 5 bits of exponent with bias 15, 10 bits of fraction.
    init(halfPrecisionBits bits: UInt16) {
        let sign = UInt32(bits & 0x8000) << 16
        let exponent = UInt32(bits >> 10) & 0x1F
        let fraction = UInt32(bits & 0x3FF)
        switch exponent {
        case 0:
            let magnitude = Float(fraction) * 0x1p-24
            self.init(bitPattern: magnitude.bitPattern | sign)
        case 0x1F:
            self.init(bitPattern: sign | 0x7F80_0000 | fraction << 13)
        default:
            self.init(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
        }
    }
}
