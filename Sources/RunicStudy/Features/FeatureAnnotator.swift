/// Reads a text and gives the features of each character: see ``SymbolFeature``.
///
/// Characters are taken in order; only a speaker's name, an apostrophe and a full stop look ahead.
struct FeatureAnnotator {
    private let characters: [TextCharacter]
    private let meanLineLength: Float
    private let hasBlankLines: Bool

    private var linePosition: Float = 0
    private var paragraphPosition: Float = 0
    private var sentencePosition: Float = 0
    private var wordPosition: Float = 0
    private var indentation: Float = 0
    private var isIndenting = true
    private var isLineBlank = true
    private var awaitsSentence = true
    private var capitalsInRow = 0
    private var quote: Set<Unicode.Scalar>?
    private var brackets: [Unicode.Scalar] = []
    private var speakerEnd = 0

    init(_ characters: [TextCharacter]) {
        self.characters = characters
        let ends = characters.count { $0.isLineEnd }
        meanLineLength = Float(characters.count - ends) / Float(max(ends, 1))
        var length = 0
        hasBlankLines = characters.contains { character in
            defer { length = character.isLineEnd ? 0 : length + (character.isSpace ? 0 : 1) }
            return character.isLineEnd && length == 0
        }
        speakerEnd = speakerName(from: 0)
    }

    /// The features after the character `index`, in the order of ``SymbolFeature``.
    ///
    /// - Precondition: it is the one after that of the last call.
    mutating func row(at index: Int) -> [Float] {
        let character = characters[index]
        var endedBlankLine = false
        if character.isLineEnd {
            endedBlankLine = isLineBlank
            endLine()
            if endedBlankLine { endParagraph() }
            speakerEnd = speakerName(from: index + 1)
        } else {
            linePosition += 1
            paragraphPosition += 1
            indent(character)
            if !character.isSpace { isLineBlank = false }
        }
        follow(sentence: character, at: index)
        follow(word: character, at: index)
        follow(quote: character.scalar)
        follow(bracket: character.scalar)
        capitalsInRow = character.isUpper ? capitalsInRow + 1 : 0

        return SymbolFeature.allCases.map { feature in
            switch feature {
            case .linePosition: linePosition
            case .longLine: linePosition > meanLineLength ? 1 : 0
            case .paragraphPosition: hasBlankLines ? paragraphPosition : 0
            case .indentation: indentation
            case .quotes: quote == nil ? 0 : 1
            case .brackets: brackets.isEmpty ? 0 : 1
            case .bracketDepth: Float(brackets.count)
            case .speaker: index < speakerEnd && !character.isLineEnd ? 1 : 0
            case .sentencePosition: sentencePosition
            case .sentenceStart: awaitsSentence ? 1 : 0
            case .wordPosition: wordPosition
            case .wordStart: wordPosition == 1 ? 1 : 0
            case .capitals: capitalsInRow >= 2 ? 1 : 0
            case .blankLine: endedBlankLine ? 1 : 0
            case .lineEnd: character.isLineEnd ? 1 : 0
            case .word: wordPosition > 0 ? 1 : 0
            case .capital: character.isUpper ? 1 : 0
            case .vowel: character.isVowel ? 1 : 0
            case .digit: character.isDigit ? 1 : 0
            case .space: character.isSpace ? 1 : 0
            case .punctuation: character.isPunctuation ? 1 : 0
            }
        }
    }

    private mutating func endLine() {
        linePosition = 0
        isIndenting = true
        indentation = 0
        isLineBlank = true
    }

    private mutating func endParagraph() {
        paragraphPosition = 0
        sentencePosition = 0
        awaitsSentence = true
        quote = nil
        brackets.removeAll { $0 != "}" }
    }

    private mutating func indent(_ character: TextCharacter) {
        if isIndenting && character.isSpace {
            indentation += character.scalar == "\t" ? 4 : 1
        } else {
            isIndenting = false
        }
    }

    private mutating func follow(sentence character: TextCharacter, at index: Int) {
        sentencePosition += 1
        if endsSentence(character, at: index) {
            sentencePosition = 0
            awaitsSentence = true
        } else if character.isLetterOrDigit {
            awaitsSentence = false
        }
    }

    /// A full stop within a number or a name of a file ends nothing.
    private func endsSentence(_ character: TextCharacter, at index: Int) -> Bool {
        guard Self.sentenceEnds.contains(character.scalar) else { return false }
        guard character.scalar.isASCII, characters.indices.contains(index + 1) else { return true }
        return !characters[index + 1].isLetterOrDigit
    }

    private mutating func follow(word character: TextCharacter, at index: Int) {
        let isApostrophe =
            wordPosition > 0 && (character.scalar == "'" || character.scalar == "’")
            && characters.indices.contains(index + 1) && characters[index + 1].isLetterOrDigit
        wordPosition = character.isLetterOrDigit || isApostrophe ? wordPosition + 1 : 0
    }

    private mutating func follow(quote scalar: Unicode.Scalar) {
        if let closers = quote {
            if closers.contains(scalar) { quote = nil }
        } else {
            quote = Self.quotes[scalar]
        }
    }

    private mutating func follow(bracket scalar: Unicode.Scalar) {
        if let closer = Self.brackets[scalar] {
            brackets.append(closer)
        } else if let last = brackets.last, last == scalar {
            brackets.removeLast()
        }
    }

    /// The end of the name with which a speech at `start` begins: the index of its colon, or `start` where there is none.
    private func speakerName(from start: Int) -> Int {
        var words: [[TextCharacter]] = [[]]
        for index in start..<min(start + 41, characters.count) {
            let character = characters[index]
            if character.scalar == ":" {
                let endsThere =
                    index + 1 >= characters.count || characters[index + 1].isLineEnd || characters[index + 1].isSpace
                return endsThere && Self.isName(words.filter { !$0.isEmpty }) ? index : start
            }
            if character.isSpace {
                words.append([])
            } else if character.isLetterOrDigit || ".-'’_".unicodeScalars.contains(character.scalar) {
                words[words.count - 1].append(character)
            } else {
                return start
            }
        }
        return start
    }

    private static func isName(_ words: [[TextCharacter]]) -> Bool {
        guard words.first?.first?.isLetterOrDigit == true else { return false }
        return words.count == 1
            || words.allSatisfy { word in
                word.count <= 3 || word.first.map { $0.isUpper || !$0.scalar.properties.isCased } == true
            }
    }

    private static let sentenceEnds: Set<Unicode.Scalar> = [".", "!", "?", "。", "！", "？", "؟", "।", "։", "…"]
    private static let quotes: [Unicode.Scalar: Set<Unicode.Scalar>] = [
        "\"": ["\""], "“": ["”"], "„": ["“", "”"], "«": ["»"], "»": ["«"], "「": ["」"], "『": ["』"], "＂": ["＂"],
    ]
    private static let brackets: [Unicode.Scalar: Unicode.Scalar] = [
        "(": ")", "[": "]", "{": "}", "（": "）", "【": "】", "〔": "〕", "《": "》", "〈": "〉", "［": "］", "｛": "｝",
    ]
}
