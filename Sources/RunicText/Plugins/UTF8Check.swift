internal import CRunicText

/// The valid prefix of bytes that should be UTF-8.
struct UTF8Prefix {
    /// Bytes of whole, valid sequences from the start.
    let valid: Int
    /// Bytes of the ill-formed subpart that follows, 0 if none.
    let bad: Int
    /// Bytes that show why.
    let shown: Int
    /// Whether more bytes could make the rest valid.
    let isTruncated: Bool
}

/// The longest valid prefix. Linear.
func utf8(_ bytes: Span<UInt8>) -> UTF8Prefix {
    let found = unsafe bytes.withUnsafeBufferPointer { unsafe runic_utf8_check($0.baseAddress, $0.count) }
    return UTF8Prefix(
        valid: Int(found.valid), bad: Int(found.bad), shown: Int(found.shown), isTruncated: found.truncated != 0)
}

/// Checks that bytes that come in chunks are UTF-8 as a whole.
struct UTF8Check {
    /// The first bytes that are not UTF-8, and their offset from the start.
    struct Wrong: Hashable {
        let offset: Int
        let bytes: [UInt8]
    }

    /// The open sequence.
    private var begun: [UInt8] = []
    private var offset = 0

    /// Whether no sequence is open.
    var isWhole: Bool { begun.isEmpty }

    /// Takes the next bytes, and returns the first invalid ones. Linear.
    mutating func firstWrong(_ bytes: Span<UInt8>) -> Wrong? {
        guard !begun.isEmpty else { return check(bytes) }
        var joined = begun
        joined.append(bytes)
        return check(joined.span)
    }

    private mutating func check(_ bytes: Span<UInt8>) -> Wrong? {
        let found = utf8(bytes)
        offset += found.valid
        begun.removeAll(keepingCapacity: true)
        guard found.bad > 0 else { return nil }
        guard found.isTruncated else {
            var shown: [UInt8] = []
            shown.append(bytes.extracting(found.valid..<found.valid + found.shown))
            return Wrong(offset: offset, bytes: shown)
        }
        begun.append(bytes.extracting(found.valid..<bytes.count))
        return nil
    }
}
