package import RunicCells
package import RunicKernels

/// Some rows of a batch, from symbols to loss and back: embedding, stack and softmax.
package final class LanguageModelShard: @unchecked Sendable {
    // Sendable by hand: one worker at a time runs a shard.
    package let stack: StackShard
    /// The symbols read, and the symbols to predict, (T · B), time-major; a negative target is skipped.
    package let symbols: Block<Int32>
    package let targets: Block<Int32>
    /// (T · B, V): logits, then their gradient; when not training, of one piece of rows at a time.
    let logits: Block<Float>
    let roundedLogits: Block<UInt16>?
    let biasGradient: Block<Float>
    private let weights: DecoderWeights
    private let decoderForward: [Int: MatrixProduct]
    private let decoderBackward: [Int: MatrixProduct]
    private let arena = Arena()

    /// Rows whose logits are made together.
    static let logitRows = 256

    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        weights: ModelWeights, rows: Int, time: Int, trains: Bool, dropsOut: Bool
    ) throws(MatrixError) {
        stack = try StackShard(weights: weights.stack, rows: rows, time: time, trains: trains, dropsOut: dropsOut)
        self.weights = weights.decoder
        let N = rows * time
        let V = weights.parameters.configuration.vocabularySize
        symbols = arena.block(rows: N, columns: 1)
        targets = arena.block(rows: N, columns: 1)
        logits = arena.block(rows: trains ? N : min(N, Self.logitRows), columns: V)
        roundedLogits = trains && weights.stack.precision == .bfloat16 ? arena.block(rows: N, columns: V) : nil
        biasGradient = arena.block(rows: 1, columns: V)
        var forward: [Int: MatrixProduct] = [:]
        var backward: [Int: MatrixProduct] = [:]
        for count in Set([min(N, Self.logitRows), N % Self.logitRows]) where count > 0 {
            forward[count] = try MatrixProduct(right: weights.decoder.forward, rows: count)
            if let packed = weights.decoder.backward {
                backward[count] = try MatrixProduct(right: packed, rows: count)
            }
        }
        decoderForward = forward
        decoderBackward = backward
    }

    var logitOperand: Operand { roundedLogits.map { Operand($0) } ?? Operand(logits) }

    private func pieces(_ count: Int) -> LazyMapSequence<StrideTo<Int>, Range<Int>> {
        stride(from: 0, to: count, by: Self.logitRows).lazy.map { $0..<min($0 + Self.logitRows, count) }
    }

    private func product(_ prepared: [Int: MatrixProduct], _ rows: Int) -> MatrixProduct {
        guard let found = prepared[rows] else { preconditionFailure("no product was prepared for \(rows) rows") }
        return found
    }

    /// Forward, loss and backward of a full pass; the gate and logit gradients stay for the weight gradients.
    ///
    /// - Parameter gradientScale: one over the number of predicted symbols of the whole batch.
    /// - Returns: the sum of the losses in nats.
    package func lossAndGradient(gradientScale: Float, masks: LayerMasks) -> Double {
        stack.forward(time: stack.time, identifiers: symbols, masks: masks)
        biasGradient.fill(0)
        let meter = stack.meter
        let output = stack.output(time: stack.time)
        let above = stack.topGradient(time: stack.time)
        var total = 0.0
        for range in pieces(symbols.count) {
            let part = logits.rows(range)
            meter.time(.decoderProducts) {
                product(decoderForward, range.count).run(left: output.rows(range), output: part)
            }
            total += meter.time(.softmax) {
                SoftmaxCrossEntropy.lossAndGradient(
                    logits: part, bias: weights.bias, targets: targets.rows(range), gradientScale: gradientScale,
                    biasGradient: biasGradient, rounded: roundedLogits?.rows(range))
            }
            meter.time(.decoderProducts) {
                product(decoderBackward, range.count).run(left: logitOperand.rows(range), output: above.rows(range))
            }
        }
        stack.backward(time: stack.time, masks: masks)
        return total
    }

    /// Forward and loss of a full pass, without dropout.
    ///
    /// - Parameter nats: gets the loss of every position, (T · B); or nil.
    /// - Returns: the sum of the losses in nats.
    package func loss(nats: Block<Float>? = nil) -> Double {
        stack.forward(time: stack.time, identifiers: symbols)
        let output = stack.output(time: stack.time)
        var total = 0.0
        for range in pieces(symbols.count) {
            let part = logits.rows(0..<range.count)
            product(decoderForward, range.count).run(left: output.rows(range), output: part)
            total += SoftmaxCrossEntropy.loss(
                logits: part, bias: weights.bias, targets: targets.rows(range), nats: nats?.rows(range))
        }
        return total
    }
}
