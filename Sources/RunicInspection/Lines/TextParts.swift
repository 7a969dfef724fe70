internal import RunicTraining
internal import RunicSymbols

/// A part of a text that is split for training.
package enum TextPart: Int, CaseIterable, Sendable {
    case training, validation, test
}

/// Where the parts lie that `TextSplit` makes of a text, without a copy of them.
package struct TextParts: Sendable, Hashable {
    private let ranges: [[Range<Int>]]

    /// - Parameters:
    ///   - count: symbols of the text.
    ///   - fractions: three fractions that add up to 1.
    ///   - streams: how many streams the text is divided into first; each contributes to every part.
    /// - Precondition: there are three fractions and at least one stream.
    package init(count: Int, fractions: [Double], streams: Int = 1) {
        precondition(fractions.count == 3 && streams > 0, "\(fractions.count) fractions of \(streams) streams")
        var ranges: [[Range<Int>]] = [[], [], []]
        for stream in 0..<streams {
            let (start, end) = (count * stream / streams, count * (stream + 1) / streams)
            let cuts = TextSplit.cuts(end - start, fractions: fractions)
            for (part, range) in [
                start..<start + cuts.validation, start + cuts.validation..<start + cuts.test, start + cuts.test..<end,
            ].enumerated() where !range.isEmpty {
                ranges[part].append(range)
            }
        }
        self.ranges = ranges
    }

    /// The ranges of a part, in the order of the text; none is empty.
    package subscript(part: TextPart) -> [Range<Int>] { ranges[part.rawValue] }

    /// Symbols of a part.
    package func count(_ part: TextPart) -> Int { self[part].reduce(0) { $0 + $1.count } }
}
