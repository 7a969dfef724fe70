/// How a model read a text, such as a prompt.
///
/// *Unseen* are all symbols that the vocabulary lacks. With the fallback to bytes they are *spelled*, and nothing is lost;
/// without it they are *unknown*: read as the unknown symbol, or left out where there is none.
public struct ReadReport: Hashable, Sendable {
    /// Symbols that were read; those left out are not counted.
    public var symbols: Int
    /// Symbols that the vocabulary lacks and spells in code points and bytes.
    public var spelled: Int
    /// Symbols that the vocabulary neither has nor spells.
    public var unknown: Int
    /// Of the unknown symbols, those that were left out.
    public var leftOut: Int
    /// The first five different unknown symbols.
    public var unknownExamples: [String]
    /// Whether there are more different unknown symbols than the examples.
    public var hasMoreUnknown: Bool
    /// Why some of the text could not be read; nil if all of it was.
    public var failure: String?

    /// Creates a report.
    public init(
        symbols: Int = 0, spelled: Int = 0, unknown: Int = 0, leftOut: Int = 0, unknownExamples: [String] = [],
        hasMoreUnknown: Bool = false, failure: String? = nil
    ) {
        self.symbols = symbols
        self.spelled = spelled
        self.unknown = unknown
        self.leftOut = leftOut
        self.unknownExamples = unknownExamples
        self.hasMoreUnknown = hasMoreUnknown
        self.failure = failure
    }

    /// Symbols that the vocabulary lacks, spelled or unknown.
    public var unseen: Int { spelled + unknown }

    /// Adds the report of the text that follows.
    public mutating func append(_ next: ReadReport) {
        symbols += next.symbols
        spelled += next.spelled
        unknown += next.unknown
        leftOut += next.leftOut
        failure = failure ?? next.failure
        hasMoreUnknown = hasMoreUnknown || next.hasMoreUnknown
        for symbol in next.unknownExamples where !unknownExamples.contains(symbol) {
            if unknownExamples.count < 5 { unknownExamples.append(symbol) } else { hasMoreUnknown = true }
        }
    }

    /// One line for the user if something was not read, or is unknown.
    public var notice: String? {
        if let failure { return "not read: \(failure)" }
        guard unknown > 0 else { return nil }
        let fate = leftOut == 0 ? "read as unknown" : "left out"
        let text =
            unknown == 1
            ? "1 symbol of the prompt is not in the model's vocabulary and was \(fate)"
            : "\(unknown) symbols of the prompt are not in the model's vocabulary and were \(fate)"
        guard !unknownExamples.isEmpty else { return text }
        let examples = unknownExamples.map(\.shownSymbol).joined(separator: " ")
        return "\(text): \(examples)\(hasMoreUnknown ? " and others" : "")"
    }
}
