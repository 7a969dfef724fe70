/// Breaks lines of text between words, so that they fit a terminal.
package enum TextLayout {
    /// The text, each line of which is broken where it is wider than `columns`.
    ///
    /// The rest of a line is indented by two more columns than the line. Lines that fit are unchanged.
    ///
    /// - Parameter columns: nil is no limit.
    package static func fitted(_ text: String, columns: Int?) -> String {
        guard let columns else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard line.columns > columns else { return String(line) }
            let margin = line.prefix { $0 == " " }
            let indent = String(repeating: " ", count: min(margin.count + 2, columns / 3))
            return lines(line.dropFirst(margin.count), columns: columns, first: String(margin), indent: indent)
                .joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// A paragraph in lines of at most `columns`, broken at spaces and between ideographs; a longer word has a line of
    /// its own and stays whole.
    ///
    /// - Parameters:
    ///   - first: how the first line begins.
    ///   - indent: how the others begin.
    package static func lines(
        _ text: some StringProtocol, columns: Int, first: String, indent: String
    ) -> [String] {
        var lines: [String] = []
        var (line, used, hasWord) = (first, first.columns, false)
        for piece in pieces(text) {
            let width = piece.word.columns
            if hasWord, used + piece.gap.count + width > columns {
                lines.append(line)
                (line, used) = (indent + piece.word, indent.columns + width)
            } else {
                line += piece.gap + piece.word
                used += piece.gap.count + width
            }
            hasWord = true
        }
        return lines + [line]
    }

    /// A stretch of text that is not broken, and the spaces before it.
    private struct Piece {
        var gap = ""
        var word = ""
    }

    private static func pieces(_ text: some StringProtocol) -> [Piece] {
        var pieces: [Piece] = []
        var piece = Piece()
        func end() {
            if !piece.word.isEmpty { pieces.append(piece) }
            piece = Piece()
        }
        for character in text {
            if character == " " {
                if !piece.word.isEmpty { end() }
                piece.gap.append(character)
                continue
            }
            if let last = piece.word.last, mayBreak(between: last, and: character) { end() }
            piece.word.append(character)
        }
        end()
        return pieces
    }

    /// Whether a line may end between two characters without a space: beside an ideograph or a syllable of two columns,
    /// but not before what closes a phrase nor after what opens one.
    private static func mayBreak(between last: Character, and next: Character) -> Bool {
        guard last.columns == 2, next.columns == 2 else { return false }
        return !opens(last) && !closes(next)
    }

    private static func opens(_ character: Character) -> Bool {
        switch character.unicodeScalars.first?.properties.generalCategory {
        case .openPunctuation, .initialPunctuation: true
        default: false
        }
    }

    private static func closes(_ character: Character) -> Bool {
        switch character.unicodeScalars.first?.properties.generalCategory {
        case .closePunctuation, .finalPunctuation, .otherPunctuation: true
        default: false
        }
    }
}
