internal import RunicKernels
package import RunicSymbols

extension InferenceModel {
    /// Of a mapped text so many symbols may stay in memory.
    private static var symbolsInMemory: Int { 8 << 20 }

    /// The sum of −log p of all symbols but the first, in nats, and their number: one stream from the state before any
    /// text on, exactly as sampling reads.
    ///
    /// - Parameter starts: says of an index of the symbols whether the state is reset before that symbol is read.
    /// - Complexity: one step a symbol.
    package func score(
        _ symbols: SymbolSequence, startsAt starts: ((Int) -> Bool)? = nil
    ) -> (nats: Double, count: Int) {
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }
        // The scores have their bias already.
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
