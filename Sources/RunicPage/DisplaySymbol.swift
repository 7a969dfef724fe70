internal import RunicDisplay

/// A symbol as a page shows it: visible, and with a width.
package struct DisplaySymbol: Sendable, Hashable, Encodable {
    /// How it is shown.
    package enum Kind: String, Sendable, Encodable {
        case plain, space, lineEnd, tab
        /// Shown by a picture or number instead of itself: controls, marks of direction, invalid bytes.
        case code
        /// The model's unknown symbol.
        case unknown
    }

    /// The text to show.
    package let text: String
    package let kind: Kind
    /// Its code points or bytes, such as `U+0041`.
    package let name: String

    private enum CodingKeys: String, CodingKey {
        case text = "t", kind = "k", name = "n"
    }

    /// - Parameter bytes: none is the unknown symbol.
    package init(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else {
            (text, kind, name) = ("�", .unknown, "a symbol that the vocabulary does not have")
            return
        }
        let string = String(decoding: bytes, as: UTF8.self)
        guard Array(string.utf8) == bytes, let first = string.unicodeScalars.first else {
            let digits = bytes.map(Self.hexadecimal).joined()
            (text, kind, name) = (digits, .code, "byte\(bytes.count == 1 ? "" : "s") 0x\(digits)")
            return
        }
        let scalars = string.unicodeScalars
        name = string.codePointNotation
        if LineEnd.isLineEnd(bytes) {
            (text, kind) = ("↵", .lineEnd)
        } else if string == "\t" {
            (text, kind) = ("⇥", .tab)
        } else if string == " " {
            (text, kind) = (" ", .space)
        } else if scalars.allSatisfy({ Self.isInvisible($0) }) {
            (text, kind) = (scalars.map(Self.picture).joined(), .code)
        } else if scalars.contains(where: { Self.isDangerous($0) }) {
            // A direction mark within a cluster would reorder the text around it.
            (text, kind) = (scalars.map { Self.isDangerous($0) ? Self.picture($0) : String($0) }.joined(), .code)
        } else if Self.isMark(first) {
            (text, kind) = ("◌" + string, .plain)
        } else {
            (text, kind) = (string, .plain)
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: true
        default: false
        }
    }

    /// Controls, formats, private use, and spaces other than the usual one.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
            .paragraphSeparator:
            true
        default: scalar.properties.isVariationSelector
        }
    }

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        case 0..<0x20, 0x7F..<0xA0: true
        default: false
        }
    }

    /// Unicode's picture of a control, or the number of a code point.
    private static func picture(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0..<0x20: String(Unicode.Scalar(0x2400 + scalar.value) ?? "␀")
        case 0x7F: "␡"
        default: String(scalar.notation.dropFirst(2))
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}
