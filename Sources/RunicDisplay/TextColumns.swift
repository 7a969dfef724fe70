extension Unicode.Scalar {
    /// Wide and fullwidth code points (Unicode Standard Annex #11) other than emoji. Gaps within a block count as wide.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4C6,
        0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x16FF1, 0x17000...0x18D08, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265,
        0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]

    /// How many columns of a terminal the code point takes by itself: 0, 1 or 2.
    package var columns: Int {
        switch value {
        case 0x20...0x7E, 0xAD: return 1
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
        default: break
        }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
        default: break
        }
        if value < 0x1100 { return 1 }
        let isWide = properties.isEmojiPresentation || Self.wideRanges.contains { $0.contains(value) }
        return isWide ? 2 : 1
    }
}

extension Character {
    private static let emojiStyle: Unicode.Scalar = "\u{FE0F}"

    /// How many columns of a terminal the character takes.
    ///
    /// An emoji of several code points takes two; of anything else the code points add up, as terminals count them.
    package var columns: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if first.properties.isEmojiPresentation { return 2 }
        if first.properties.isEmoji, unicodeScalars.contains(Self.emojiStyle) { return 2 }
        return unicodeScalars.reduce(0) { $0 + $1.columns }
    }
}

extension StringProtocol {
    /// How many columns of a terminal the text takes.
    ///
    /// - Complexity: O(bytes).
    package var columns: Int {
        if utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return utf8.count }
        return reduce(0) { $0 + $1.columns }
    }

    /// The text, or as much of its beginning as fits `columns` together with a `…`.
    package func shortened(columns limit: Int) -> String {
        guard columns > limit else { return String(self) }
        var result = ""
        var used = 0
        for character in self {
            used += character.columns
            guard used < limit else { break }
            result.append(character)
        }
        while result.last == " " { result.removeLast() }
        return limit > 0 ? result + "…" : ""
    }

    /// The text with spaces after it up to `width` columns.
    package func padded(columns width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - columns))
    }
}
