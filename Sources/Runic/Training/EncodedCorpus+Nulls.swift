internal import RunicDisplay
internal import RunicText

extension EncodedCorpus {
    /// The line that names NUL characters, which no text has: they are what is left of UTF-16 or UTF-32 that was read as UTF-8,
    /// or of another kind of file. nil if there are none, or if the unit is the byte, by which any file can be read.
    var nullWarning: String? {
        guard vocabulary.unit != .byte, let null = vocabulary.identifier(of: Symbol([0])) else { return nil }
        let count = counts[null]
        guard count > 0 else { return nil }
        let found =
            "the text has \(count.grouped) NUL \(count == 1 ? "character" : "characters") (U+0000) among its "
            + "\(identifiers.count.grouped) symbols"
        guard count * 5 >= identifiers.count, count > 1 else {
            return "\(found): runic text says where; --stage strip:what=controls leaves them out"
        }
        // Of four bytes of a character of ASCII in UTF-32 three are NUL, of two in UTF-16 one.
        let width = count * 3 >= identifiers.count * 2 ? 32 : 16
        let order = Int(identifiers[identifiers.startIndex]) == null ? "be" : "le"
        return "\(found): it looks like UTF-\(width) without a byte order mark, which --stage "
            + "decode:encoding=utf-\(width)\(order) reads"
    }
}
