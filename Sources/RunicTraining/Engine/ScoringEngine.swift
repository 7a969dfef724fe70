package import RunicKernels
package import RunicModel
package import RunicSymbols

/// The loss of a model on a text, without training.
package protocol ScoringEngine: AnyObject {
    /// The sum of −log p of all symbols except the first, in nats, and their number.
    ///
    /// - Parameter starts: whether the state is reset before the symbol at an index of the text is read.
    /// - Complexity: one forward pass over the text.
    func score(_ symbols: SymbolSequence, startsAt starts: ((Int) -> Bool)?) -> (nats: Double, count: Int)

    /// The same sum for each of several contiguous blocks of the text, in file order.
    ///
    /// - Precondition: `blocks` is positive.
    func score(
        _ symbols: SymbolSequence, blocks: Int, startsAt starts: ((Int) -> Bool)?
    ) -> [(nats: Double, count: Int)]
}

/// What a scorer is made for.
package struct ScoringPlan {
    /// The parameters, read anew for every text.
    package var parameters: ModelParameters
    /// The number of symbols of the text.
    package var symbols: Int
    package var precision: Precision
    /// Whether the text can have documents that reset the state.
    package var resets: Bool

    package init(parameters: ModelParameters, symbols: Int, precision: Precision = .float32, resets: Bool) {
        self.parameters = parameters
        self.symbols = symbols
        self.precision = precision
        self.resets = resets
    }
}
