/// The unit of text that is one symbol.
public enum TextUnit: String, Codable, CaseIterable, Sendable {
    /// An extended grapheme cluster of UAX #29; CR LF is one.
    case grapheme
    /// A word of UAX #29, or a space, punctuation mark or line end between words.
    case word
    /// A Unicode code point.
    case codepoint
    /// A byte of UTF-8.
    case byte
}
