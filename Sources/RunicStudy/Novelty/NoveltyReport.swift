internal import RunicDisplay

/// How much of what a model writes stands in its training text word for word, and how much of other text of the same kind does.
///
/// Texts repeat themselves: what a model copies says something only beside what a held-out text shares with the training text.
package struct NoveltyReport: Encodable, Sendable, Hashable {
    /// The lengths of passages for which fractions are told, in symbols.
    package static let lengths = [8, 16, 32, 64, 128]

    /// What was compared with the training text.
    package struct Part: Encodable, Sendable, Hashable {
        /// Its symbols.
        package let symbols: Int
        /// The fractions of them in copied passages of at least ``NoveltyReport/lengths`` symbols.
        package let copied: [Double]
        /// The symbols of the longest copied passage.
        package let longest: Int

        init(_ passages: CopiedPassages, symbols: Int) {
            self.symbols = symbols
            copied = NoveltyReport.lengths.map(passages.fraction)
            longest = passages.longest?.symbols.count ?? 0
        }
    }

    /// The model's name.
    package let model: String
    /// The number of samples.
    package let sampleCount: Int
    /// The symbols of the text that they are compared with.
    package let trainingSymbols: Int
    package let samples: Part
    /// The beginning of the validation and test parts, about as long as the samples; nil where the text is not split.
    package let heldOut: Part?
    /// The longest copied passage of the samples; nil if there is none.
    package let longestPassage: String?
    /// The symbols of the passages that ``Part/copied`` is about.
    private let passageSymbols = NoveltyReport.lengths

    init(
        model: String, sampleCount: Int, trainingSymbols: Int, samples: Part, heldOut: Part?, longestPassage: String?
    ) {
        self.model = model
        self.sampleCount = sampleCount
        self.trainingSymbols = trainingSymbols
        self.samples = samples
        self.heldOut = heldOut
        self.longestPassage = longestPassage
    }

    /// A table, and the longest copied passage.
    package var text: String {
        var table = TextTable(alignments: [.left, .right, .right])
        func row(_ title: String, _ value: (Part) -> String) {
            table.add([title, value(samples), heldOut.map(value) ?? NumberFormat.missing])
        }
        table.add(["", "samples", "held-out text"])
        row("symbols") { $0.symbols.grouped }
        for (index, length) in Self.lengths.enumerated() {
            row(index == 0 ? "copied, \(length) symbols or more" : "\(length) or more") {
                NumberFormat.percent($0.copied[index])
            }
        }
        row("longest copied passage") { $0.longest.grouped }
        let shown = longestPassage.map { "longest: " + $0.shortened(to: 300).printable + "\n" } ?? ""
        return "\(sampleCount.grouped) \(sampleCount == 1 ? "sample" : "samples") against "
            + "\(trainingSymbols.grouped) symbols of training text\n\n" + table.text + shown
    }

    private enum CodingKeys: String, CodingKey {
        case model, samples
        case sampleCount = "sample_count"
        case trainingSymbols = "training_symbols"
        case heldOut = "held_out"
        case longestPassage = "longest_passage"
        case passageSymbols = "passage_symbols"
    }
}
