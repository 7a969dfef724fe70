/// What a model made of a text that it read.
public struct ReadReport: Hashable, Sendable {
    /// The number of symbols read.
    public var symbols: Int
    /// How many of them the vocabulary does not have.
    public var unseenCount: Int
    /// The first few different unseen symbols.
    public var unseenSymbols: [String]
    /// Why some of the text could not be read; nil where all of it was.
    public var failure: String?

    /// Creates a report.
    public init(symbols: Int = 0, unseenCount: Int = 0, unseenSymbols: [String] = [], failure: String? = nil) {
        self.failure = failure
        self.symbols = symbols
        self.unseenCount = unseenCount
        self.unseenSymbols = unseenSymbols
    }

    /// Adds the report of the text that follows.
    mutating func append(_ next: ReadReport) {
        symbols += next.symbols
        unseenCount += next.unseenCount
        failure = failure ?? next.failure
        for symbol in next.unseenSymbols where unseenSymbols.count < 5 && !unseenSymbols.contains(symbol) {
            unseenSymbols.append(symbol)
        }
    }

    /// One line for the user if something was not read, or unseen.
    var notice: String? {
        if let failure { return "not read: \(failure)" }
        guard unseenCount > 0 else { return nil }
        let symbols = unseenCount == 1 ? "1 symbol is" : "\(unseenCount) symbols are"
        let examples = unseenSymbols.map(ReadReport.shown).joined(separator: " ")
        return "\(symbols) not in the model's vocabulary and read as unknown\(examples.isEmpty ? "" : ": \(examples)")"
    }

    /// The symbol in quotes, or its code points if it would not be seen.
    private static func shown(_ symbol: String) -> String {
        let isVisible = symbol.unicodeScalars.contains { scalar in
            let properties = scalar.properties
            return !properties.isDefaultIgnorableCodePoint && !properties.isWhitespace
                && ![.control, .format, .nonspacingMark, .unassigned].contains(properties.generalCategory)
        }
        if isVisible { return "'\(symbol)'" }
        let points = symbol.unicodeScalars.map { scalar in
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
        return points.joined(separator: " ")
    }
}
