internal import Foundation
internal import RunicModel
internal import RunicText

extension TextModel {
    /// A symbol that may come next, and its probability.
    public struct NextSymbol: Sendable, Hashable {
        /// Its text; U+FFFD for a byte that is no text by itself, empty for the unknown symbol.
        public let symbol: String
        /// Its probability, 0 to 1, before any setting of sampling.
        public let probability: Double
        /// Its id in the vocabulary.
        public let identifier: Int
    }

    /// The probabilities of all symbols of the vocabulary after a context, best first; they add up to 1.
    ///
    /// - Returns: nothing if the model's output is not finite, see ``Context/isFinite``. Equally likely symbols come in the order
    ///   of their ids.
    /// - Complexity: O(V log V) in the size of the vocabulary.
    public func probabilities(after context: Context) -> [NextSymbol] {
        guard context.isFinite else { return [] }
        let largest = Double(context.state.logits.max() ?? 0)
        let weights = context.state.logits.map { exp(Double($0) - largest) }
        let sum = weights.reduce(0, +)
        return weights.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }.map { identifier in
            NextSymbol(
                symbol: String(decoding: vocabulary.bytes(of: identifier), as: UTF8.self),
                probability: weights[identifier] / sum, identifier: identifier)
        }
    }

    /// The probabilities of all symbols of the vocabulary after a text, best first.
    ///
    ///     for next in try model.probabilities(after: "The fo").prefix(3) { print(next.symbol, next.probability) }
    ///
    /// - Throws: ``RunicError/text(_:)`` if a stage fails on the text, ``RunicError/notFinite(model:what:)`` if the model has
    ///   diverged.
    /// - Complexity: one step of the model for each symbol of the text, and O(V log V) in the size of the vocabulary.
    public func probabilities(after text: String) throws(RunicError) -> [NextSymbol] {
        var context = start()
        do throws(TextError) {
            _ = read(try pipeline.encode(text, vocabulary: vocabulary), into: &context)
        } catch {
            throw .text(error)
        }
        guard context.isFinite else { throw .notFinite(model: name, what: "the output") }
        return probabilities(after: context)
    }
}
