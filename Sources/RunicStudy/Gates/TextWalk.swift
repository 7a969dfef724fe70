internal import Foundation
package import Runic
package import RunicModel

/// A model that reads a text: its prediction of each symbol, and its state after it.
///
/// It starts from the initial state, as `runic evaluate` does, so that surprisals add up to that command's loss.
package struct TextWalk: Sendable {
    private let model: InferenceModel
    private let name: String
    private let text: StudyText
    private var hasRead = false
    /// The next symbol.
    package private(set) var position = 0
    /// The state after the symbols so far.
    package private(set) var state: InferenceState

    package init(_ model: TextModel, _ text: StudyText) {
        self.model = model.steps
        self.text = text
        name = model.name
        state = model.steps.start()
    }

    /// Reads the next symbol.
    ///
    /// - Returns: its surprisal in nats; nil for the first symbol, which nothing predicts.
    /// - Throws: ``StudyError/notFinite(model:symbol:)``.
    /// - Complexity: one step of the model, and V exponentials.
    package mutating func next() throws(StudyError) -> Double? {
        defer { position += 1 }
        let V = Double(model.parameters.configuration.vocabularySize)
        guard let identifier = text.identifiers[position] else { return position == 0 ? nil : log(V + 1) }
        let surprisal = position == 0 ? nil : hasRead ? -logProbability(of: identifier) : log(V)
        model.read(identifier, into: &state)
        hasRead = true
        guard state.logits.reduce(0, +).isFinite, state.gates.reduce(0, +).isFinite,
            state.auxiliary.reduce(0, +).isFinite, state.hidden.reduce(0, +).isFinite
        else { throw .notFinite(model: name, symbol: position) }
        return surprisal
    }

    /// The likeliest next ids with their probabilities, the highest first; none before the first symbol.
    package func expected(_ count: Int) -> [(identifier: Int, probability: Double)] {
        guard hasRead else { return [] }
        let sum = logSum
        var best: [Int] = []
        for identifier in state.logits.indices {
            guard best.count < count || state.logits[identifier] > state.logits[best[best.count - 1]] else { continue }
            let place = best.firstIndex { state.logits[identifier] > state.logits[$0] } ?? best.count
            best.insert(identifier, at: place)
            if best.count > count { best.removeLast() }
        }
        return best.map { ($0, exp(Double(state.logits[$0]) - sum)) }
    }

    private func logProbability(of identifier: Int) -> Double { Double(state.logits[identifier]) - logSum }

    /// The logarithm of the sum of the exponentials of the logits.
    private var logSum: Double {
        let highest = Double(state.logits.max() ?? 0)
        return highest + log(state.logits.reduce(0.0) { $0 + exp(Double($1) - highest) })
    }
}
