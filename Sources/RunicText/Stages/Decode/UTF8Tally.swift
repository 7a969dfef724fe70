internal import CRunicText

/// Counts what in a text is UTF-8, block by block: a text that was taken for another encoding by its beginning may turn out not to be.
struct UTF8Tally {
    /// Bytes of a block.
    private static let blockLength = 1 << 16
    /// Fewest well-formed sequences of several bytes that are no accident.
    private static let fewestSequences = 8
    /// Fewest bytes of plain text that are no accident in UTF-16 or UTF-32.
    private static let fewestPlain = 1024

    /// Whether the encoding that was taken has NULs in text: UTF-16 or UTF-32.
    private let isWide: Bool
    /// The beginning of a character at the end of the bytes so far.
    private var carry: [UInt8] = []
    private var offset = 0
    private var count = 0
    private var sequences = 0
    private var bad = 0
    private var zeros = 0
    private var start: Int?
    /// Where a block begins to be UTF-8, in bytes; nil while there is no such block.
    private(set) var place: Int?

    init(isWide: Bool) { self.isWide = isWide }

    /// Takes the next bytes, or the end of the text. Linear.
    mutating func add(_ input: Span<UInt8>, isFinal: Bool) {
        var bytes = carry
        bytes.append(input)
        carry = []
        var index = 0
        while index < bytes.count {
            let end = min(bytes.count, index + Self.blockLength - count)
            let rest = bytes.span.extracting(index..<end)
            let found = unsafe rest.withUnsafeBufferPointer { unsafe runic_utf8_check($0.baseAddress, $0.count) }
            let valid = Int(found.valid)
            for place in index..<index + valid {
                if bytes[place] == 0 { zeros += 1 }
                guard bytes[place] >= 0xC0 else { continue }
                sequences += 1
                start = start ?? offset + place - index
            }
            take(valid)
            index += valid
            if found.bad > 0, found.truncated == 0 || (end == bytes.count && isFinal) {
                bad += 1
                take(Int(found.bad))
                index += Int(found.bad)
            } else if found.bad > 0, end == bytes.count {
                carry = Array(bytes[index...])
                break
            } else if found.bad > 0 {
                // The end of the block cuts a character, which begins the next one.
                endBlock()
            }
            if count >= Self.blockLength { endBlock() }
        }
        if isFinal { endBlock() }
    }

    private mutating func take(_ bytes: Int) {
        count += bytes
        offset += bytes
    }

    private mutating func endBlock() {
        let isText =
            isWide
            ? bad == 0 && zeros == 0 && count >= Self.fewestPlain
            : sequences >= Self.fewestSequences && sequences >= EncodingVerdict.weight * bad
        if isText && place == nil { place = isWide ? offset - count : start }
        (count, sequences, bad, zeros, start) = (0, 0, 0, 0, nil)
    }
}
