/// Something that a person sees at a place in a text, as a number that units are compared with.
///
/// The value at a symbol describes the text up to and with that symbol, as the state of a model that has just read it.
package enum SymbolFeature: String, CaseIterable, Sendable {
    case linePosition = "line-position"
    case longLine = "long-line"
    case paragraphPosition = "paragraph-position"
    case indentation
    case quotes
    case brackets
    case bracketDepth = "bracket-depth"
    case speaker
    case sentencePosition = "sentence-position"
    case sentenceStart = "sentence-start"
    case wordPosition = "word-position"
    case wordStart = "word-start"
    case capitals
    case blankLine = "blank-line"
    case lineEnd = "line-end"
    case word
    case capital
    case vowel
    case digit
    case space
    case punctuation

    /// What it is called on the page.
    package var title: String {
        switch self {
        case .linePosition: "position in line"
        case .longLine: "past the mean line length"
        case .paragraphPosition: "position in paragraph"
        case .indentation: "indentation of the line"
        case .quotes: "inside double quotes"
        case .brackets: "inside brackets"
        case .bracketDepth: "depth of brackets"
        case .speaker: "inside a speaker’s name"
        case .sentencePosition: "position in sentence"
        case .sentenceStart: "a sentence is about to begin"
        case .wordPosition: "position in word"
        case .wordStart: "first letter of a word"
        case .capitals: "inside a run of capitals"
        case .blankLine: "after a blank line"
        case .lineEnd: "a line has just ended"
        case .word: "inside a word"
        case .capital: "a capital letter"
        case .vowel: "a vowel"
        case .digit: "a digit"
        case .space: "a space"
        case .punctuation: "a punctuation mark"
        }
    }

    /// Where it is, after "high" or "low"; for counts, what rises, after "rises with".
    package var place: String {
        switch self {
        case .linePosition, .paragraphPosition, .sentencePosition, .wordPosition, .indentation, .bracketDepth:
            "the \(title)"
        case .longLine, .quotes, .brackets, .speaker, .capitals, .blankLine, .word: title
        case .sentenceStart: "before a sentence begins"
        case .lineEnd: "at a line end"
        case .wordStart, .capital, .vowel, .digit, .space, .punctuation:
            "at \(self == .wordStart ? "the " : "")\(title)"
        }
    }

    /// How it is counted.
    package var explanation: String {
        switch self {
        case .linePosition: "characters since the last line end"
        case .longLine: "more characters since the last line end than the lines of this text have on average"
        case .paragraphPosition: "characters since the last blank line"
        case .indentation: "spaces at the start of this line; a tab counts 4"
        case .quotes: "a double quote of any script is open; a blank line closes it"
        case .brackets: "at least one bracket is open; a blank line closes all but curly ones"
        case .bracketDepth: "how many brackets are open"
        case .speaker: "from the line's start to a colon, at most 40 characters of capitalised words"
        case .sentencePosition: "characters since a full stop, question or exclamation mark, or blank line"
        case .sentenceStart: "after the end of a sentence, before the next letter"
        case .wordPosition: "letters and digits since the word began; 0 between words"
        case .wordStart: "the symbol is the first letter or digit of a word"
        case .capitals: "this letter and the one before it are capitals"
        case .blankLine: "the symbol ended a line with nothing in it"
        case .lineEnd: "the symbol ended a line"
        case .word: "the symbol is a letter or digit, or an apostrophe between letters"
        case .capital: "the symbol is a capital letter"
        case .vowel: "the symbol is a vowel of the Latin, Greek or Cyrillic script"
        case .digit: "the symbol is a decimal digit"
        case .space: "the symbol is white space but no line end"
        case .punctuation: "the symbol is punctuation"
        }
    }

    /// Whether the value is a count; otherwise it is 0 or 1.
    package var isCount: Bool {
        switch self {
        case .linePosition, .paragraphPosition, .indentation, .bracketDepth, .sentencePosition, .wordPosition: true
        default: false
        }
    }

    /// Whether the last symbol alone does not give the value, so that a model must remember something.
    package var needsMemory: Bool {
        switch self {
        case .lineEnd, .word, .capital, .vowel, .digit, .space, .punctuation: false
        default: true
        }
    }

    /// The column in a ``FeatureTable``.
    package var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
