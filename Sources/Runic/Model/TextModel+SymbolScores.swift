internal import Foundation
internal import RunicModel
internal import RunicSymbols
internal import RunicText

extension TextModel {
    /// How well a model predicts one symbol of a text.
    public struct SymbolScore: Sendable, Hashable {
        /// Where the symbol is in the text; empty if a stage inserted it.
        public let range: Range<String.Index>
        /// −log p in nats, all ids of a spelled symbol together; nil for the first id of the text, which nothing predicts.
        ///
        /// A symbol that the vocabulary neither has nor spells costs *unknown* and 21 bits a code point, as in
        /// ``EvaluationReport``.
        public let nats: Double?
        /// 1 if the model thought no other symbol likelier, 2 if one, and so on; the worst of the ids of a spelled symbol. nil
        /// where ``nats`` is, and for a symbol that the model cannot read.
        public let rank: Int?
        /// Whether the vocabulary neither has nor spells the symbol.
        public let isUnknown: Bool
    }

    /// The bits that a code point of an unknown symbol costs, in nats.
    private static let unknownCodePointNats = 21 * log(2.0)

    /// Scores every symbol of a text in memory; the state is carried from the first symbol to the last.
    ///
    ///     for score in try model.score(text) { print(text[score.range], score.nats ?? 0) }
    ///
    /// The sum of the nats, over the symbols less one, is ``evaluate(_:window:)``'s `natsPerSymbol`.
    ///
    /// - Throws: ``RunicError/text(_:)`` if a stage fails on the text, ``RunicError/notFinite(model:what:)`` if the model has
    ///   diverged.
    /// - Complexity: one step of the model and O(V) for each symbol.
    public func score(_ text: String) throws(RunicError) -> [SymbolScore] {
        let symbols: [TracedSymbol]
        do throws(TextError) { symbols = try pipeline.trace(Array(text.utf8)) } catch { throw .text(error) }
        let spelled = symbols.map { vocabulary.spelling(of: $0.symbol) ?? [] }
        let documents = DocumentStarts.startsAt(SymbolSequence(spelled.flatMap(\.self)), separator: separator)
        var scorer = IDScorer(model: inference, startsDocument: documents)
        var scores: [SymbolScore] = []
        var places = TextPlaces(text)
        for (index, (traced, ids)) in zip(symbols, spelled).enumerated() {
            let isUnknown = vocabulary.byteBase == nil && vocabulary.identifier(of: traced.symbol) == nil
            var (nats, rank): (Double?, Int?) = (nil, nil)
            for id in ids {
                // After a first symbol that cannot be read, nothing predicts the first one that can.
                let hasUnreadBeginning = scorer.isAtStart && index > 0
                let (cost, place) =
                    scorer.read(Int(id)) ?? (hasUnreadBeginning ? log(Double(vocabulary.count)) : nil, nil)
                guard let cost else { continue }
                guard cost.isFinite else { throw .notFinite(model: name, what: "the loss") }
                nats = (nats ?? 0) + cost
                if let place { rank = max(rank ?? 0, place) }
            }
            if ids.isEmpty && index > 0 { nats = log(Double(vocabulary.count + 1)) }
            if isUnknown, let cost = nats {
                let codePoints = String(decoding: traced.symbol.bytes, as: UTF8.self).unicodeScalars.count
                nats = cost + Double(codePoints) * Self.unknownCodePointNats
            }
            scores.append(
                SymbolScore(range: places.range(traced.range), nats: nats, rank: rank, isUnknown: isUnknown))
        }
        return scores
    }
}

/// Reads ids and tells what each cost.
private struct IDScorer {
    private let model: InferenceModel
    private let startsDocument: ((Int) -> Bool)?
    private var state: InferenceState
    private var count = 0

    /// Whether nothing has been read.
    var isAtStart: Bool { count == 0 }

    init(model: InferenceModel, startsDocument: ((Int) -> Bool)?) {
        self.model = model
        self.startsDocument = startsDocument
        state = model.start()
    }

    /// −log p of an id in nats and its rank; nil for the first id.
    mutating func read(_ id: Int) -> (nats: Double?, rank: Int?)? {
        let cost = isAtStart ? nil : cost(of: id)
        if startsDocument?(count) == true { state = model.start() }
        model.read(id, into: &state)
        count += 1
        return cost
    }

    private func cost(of id: Int) -> (nats: Double?, rank: Int?) {
        let own = state.logits[id]
        let largest = Double(state.logits.max() ?? 0)
        let sum = state.logits.reduce(0) { $0 + exp(Double($1) - largest) }
        return (largest + log(sum) - Double(own), 1 + state.logits.count { $0 > own })
    }
}

/// Turns offsets in UTF-8 into indices of a text.
private struct TextPlaces {
    private let text: String
    /// The offset and index looked up last: ranges mostly ascend, so each look-up is short.
    private var last: (offset: Int, index: String.Index)

    init(_ text: String) {
        self.text = text
        last = (0, text.startIndex)
    }

    mutating func range(_ bytes: Range<Int>) -> Range<String.Index> {
        let start = index(bytes.lowerBound)
        return start..<index(bytes.upperBound)
    }

    private mutating func index(_ offset: Int) -> String.Index {
        last = (offset, text.utf8.index(last.index, offsetBy: offset - last.offset))
        return last.index
    }
}
