extension Vocabulary {
    /// The bytes of the fallback, in the order of their ids.
    static let byteSymbols = (UInt8.min...UInt8.max).map { Symbol([$0]) }

    /// The ids of the fallback's bytes; nil without a fallback.
    public var byteIdentifiers: Range<Int>? { byteBase.map { $0..<($0 + Self.byteSymbols.count) } }

    /// The ids of a symbol: its own if it has one; else, with the fallback to bytes, those that spell it; else the unknown one.
    ///
    /// - Returns: nil if there is none of these.
    /// - Complexity: O(bytes of the symbol).
    public func spelling(of symbol: Symbol) -> [UInt16]? {
        if let own = identifier(of: symbol) { return [UInt16(truncatingIfNeeded: own)] }
        return byteBase == nil ? unknown.map { [UInt16(truncatingIfNeeded: $0)] } : codePointsAndBytes(of: symbol.bytes)
    }

    /// The ids that would spell a symbol of the vocabulary if it were unseen: its code points if there are several, and bytes for
    /// those that the vocabulary lacks; the bytes of a single code point.
    ///
    /// - Returns: nil for bytes of the fallback, for the unknown symbol, and without a fallback to bytes.
    /// - Complexity: O(bytes of the symbol).
    public func spelledOut(_ identifier: Int) -> [UInt16]? {
        guard let byteIdentifiers, symbols.indices.contains(identifier), !byteIdentifiers.contains(identifier) else {
            return nil
        }
        return codePointsAndBytes(of: symbols[identifier].bytes)
    }

    private func codePointsAndBytes(of bytes: [UInt8]) -> [UInt16] {
        guard let byteBase else { return [] }
        var ids: [UInt16] = []
        var start = 0
        while start < bytes.count {
            var end = start + 1
            while end < bytes.count && bytes[end] & 0xC0 == 0x80 { end += 1 }
            if end - start < bytes.count, let known = identifier(of: bytes.span, start..<end) {
                ids.append(UInt16(truncatingIfNeeded: known))
            } else {
                for byte in bytes[start..<end] { ids.append(UInt16(truncatingIfNeeded: byteBase + Int(byte))) }
            }
            start = end
        }
        return ids
    }
}
