/// A place in a file that a person should know about before training on it.
package struct TextTrouble: Encodable, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Bytes that an encoding does not have, the first of them in hexadecimal, such as `0xC3 0x28`.
        case invalidBytes(String, encoding: String)
        case nul
        /// A control character, such as `U+0007`.
        case control(String)
        /// A bidirectional control that closes nothing.
        case unopened
        /// A bidirectional control that is never closed.
        case unclosed
    }

    /// The file.
    package let path: String
    /// Bytes from the start of the original file.
    package let offset: Int
    package let kind: Kind

    /// The trouble in words.
    package var what: String {
        switch kind {
        case .invalidBytes(let bytes, let encoding): "not \(encoding) (\(bytes))"
        case .nul: "NUL"
        case .control(let character): "control character \(character)"
        case .unopened: "bidirectional control that closes nothing"
        case .unclosed: "bidirectional control that is never closed"
        }
    }

    /// Whether reading replaces these bytes.
    package var isInvalid: Bool {
        if case .invalidBytes = kind { true } else { false }
    }

    private enum CodingKeys: String, CodingKey {
        case path, offset, what
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(path, forKey: .path)
        try values.encode(offset, forKey: .offset)
        try values.encode(what, forKey: .what)
    }
}
