package import RunicCells
package import RunicKernels

/// A shard of a batch, from symbols to loss and back: embedding, stack and softmax.
package final class LanguageModelShard: @unchecked Sendable {
    // Sendable by hand: one worker at a time runs a shard.
    package let stack: StackShard
    /// The symbols to read and the symbols to predict, (T · B), time-major; a negative target is skipped.
    package let symbols: Block<Int32>
    package let targets: Block<Int32>
    /// The order of the symbols that a training pass reads.
    package let order: SymbolOrder
    /// (T · B, V): logits, then their gradient; without training, only ``logitRows`` rows at a time.
    let logits: Block<Float>
    let roundedLogits: Block<UInt16>?
    let biasGradient: Block<Float>
    private let weights: DecoderWeights
    private let decoderForward: ProductCache
    private let decoderBackward: ProductCache?
    private let arena = Arena()

    /// The number of rows whose logits are computed together.
    static let logitRows = 256

    /// - Parameters:
    ///   - time: T, the largest number of steps of a pass.
    ///   - resets: whether states can be reset within a pass.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        weights: ModelWeights, rows: Int, time: Int, trains: Bool, resets: Bool = false
    ) throws(MatrixError) {
        stack = try StackShard(weights: weights.stack, rows: rows, time: time, trains: trains, resets: resets)
        self.weights = weights.decoder
        let N = rows * time
        let V = weights.parameters.configuration.vocabularySize
        symbols = arena.block(rows: N, columns: 1)
        targets = arena.block(rows: N, columns: 1)
        order = SymbolOrder(rows: trains ? N : 0, symbols: trains ? V : 0)
        logits = arena.block(rows: trains ? N : min(N, Self.logitRows), columns: V)
        roundedLogits = trains && weights.stack.precision == .bfloat16 ? arena.block(rows: N, columns: V) : nil
        biasGradient = arena.block(rows: 1, columns: V)
        let counts = [min(N, Self.logitRows), N % Self.logitRows]
        decoderForward = try ProductCache(weights.decoder.forward, rows: counts)
        decoderBackward = try weights.decoder.backward.map { (packed) throws(MatrixError) in
            try ProductCache(packed, rows: counts)
        }
    }

    var logitOperand: Operand { roundedLogits.map { Operand($0) } ?? Operand(logits) }

    private func logitRanges(_ count: Int) -> LazyMapSequence<StrideTo<Int>, Range<Int>> {
        stride(from: 0, to: count, by: Self.logitRows).lazy.map { $0..<min($0 + Self.logitRows, count) }
    }

    /// Runs a pass forward and backward. The gradients of gates and logits stay in place for the weight gradients.
    ///
    /// - Parameters:
    ///   - time: the number of steps.
    ///   - gradientScale: 1 over the number of predicted symbols of the whole batch.
    ///   - noise: the masks; nil for no noise.
    /// - Returns: the sum of the losses in nats, without penalties and label smoothing.
    package func lossAndGradient(
        time: Int, gradientScale: Float, noise: ShardNoise?, penalties: PenaltyFactors = PenaltyFactors()
    ) -> Double {
        let count = time * stack.rows
        stack.forward(time: time, identifiers: symbols.rows(0..<count), noise: noise)
        order.sort(symbols.rows(0..<count))
        biasGradient.fill(0)
        let meter = stack.meter
        let output = stack.output(time: time)
        let above = stack.topGradient(time: time)
        let smoothing = Float(stack.weights.regularisation.labelSmoothing)
        var total = 0.0
        for range in logitRanges(count) {
            let rows = logits.rows(range)
            meter.time(.decoderProducts) {
                decoderForward[range.count].run(left: output.rows(range), output: rows)
            }
            total += meter.time(.softmax) {
                SoftmaxCrossEntropy.lossAndGradient(
                    logits: rows, bias: weights.bias, targets: targets.rows(range), gradientScale: gradientScale,
                    smoothing: smoothing, biasGradient: biasGradient, rounded: roundedLogits?.rows(range))
            }
            meter.time(.decoderProducts) {
                decoderBackward?[range.count].run(left: logitOperand.rows(range), output: above.rows(range))
            }
        }
        stack.backward(time: time, penalties: penalties)
        return total
    }

    /// Forward and loss of a full pass, without noise.
    ///
    /// - Parameter nats: receives the loss of every position, (T · B), if not nil.
    /// - Returns: the sum of the losses in nats.
    package func loss(nats: Block<Float>? = nil) -> Double {
        stack.forward(time: stack.time, identifiers: symbols)
        let output = stack.output(time: stack.time)
        var total = 0.0
        for range in logitRanges(symbols.count) {
            let rows = logits.rows(0..<range.count)
            decoderForward[range.count].run(left: output.rows(range), output: rows)
            total += SoftmaxCrossEntropy.loss(
                logits: rows, bias: weights.bias, targets: targets.rows(range), nats: nats?.rows(range))
        }
        return total
    }
}
