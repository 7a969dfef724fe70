internal import RunicKernels
package import RunicSymbols

extension InferenceModel {
    /// The number of symbols of a mapped text that may stay in memory.
    private static var symbolsInMemory: Int { 8 << 20 }

    /// The sum of −log p of all symbols except the first, in nats, and their number, in one stream from the initial state,
    /// exactly as sampling reads.
    ///
    /// - Parameter starts: whether the state is reset before the symbol at an index is read.
    /// - Complexity: one step per symbol.
    package func score(
        _ symbols: SymbolSequence, startsAt starts: ((Int) -> Bool)? = nil
    ) -> (nats: Double, count: Int) {
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }
        // The scores include their bias.
        let noBias: Block<Float> = arena.block(rows: 1, columns: parameters.configuration.vocabularySize)
        let target: Block<Int32> = arena.block(rows: 1, columns: 1)
        var state = start()
        var total = 0.0
        for index in symbols.indices.dropLast() {
            if let starts, starts(index) { state = start() }
            if index % Self.symbolsInMemory == 0 { symbols.releasePages() }
            read(Int(symbols[index]), into: &state)
            target[0, 0] = Int32(symbols[index + 1])
            total += withBlock(of: &state.logits, rows: 1, columns: noBias.columns) {
                SoftmaxCrossEntropy.loss(logits: $0, bias: noBias, targets: target)
            }
        }
        return (total, max(symbols.count - 1, 0))
    }
}
