/// What one symbol is.
public enum TextUnit: String, Codable, CaseIterable, Sendable {
    /// An extended grapheme cluster of UAX #29; CR LF is one.
    case grapheme
    /// A Unicode code point.
    case codepoint
    /// A byte of UTF-8.
    case byte
}
