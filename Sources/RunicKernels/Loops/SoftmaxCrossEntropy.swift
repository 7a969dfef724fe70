internal import CRunicKernels

/// Softmax and cross-entropy of rows of logits, in nats.
package enum SoftmaxCrossEntropy {
    /// The sum of −log p[target] over the rows, with the gradient written over the logits.
    ///
    ///     p = softmax(logits + bias)
    ///     logits ← (p − (1 − smoothing) · onehot(target) − smoothing / V) · gradientScale
    ///
    /// Rows with a negative target add nothing to the loss and get a zero gradient.
    ///
    /// - Parameters:
    ///   - logits: (rows, V), contiguous.
    ///   - smoothing: the fraction of the target's weight that is spread over all symbols (Szegedy et al. 2016, arXiv
    ///     1512.00567); the returned loss does not include it.
    ///   - biasGradient: (V); the column sums of the gradient are added.
    ///   - rounded: receives the gradient in bfloat16, if not nil.
    package static func lossAndGradient(
        logits: Block<Float>, bias: Block<Float>, targets: Block<Int32>, gradientScale: Float,
        smoothing: Float = 0, biasGradient: Block<Float>, rounded: Block<UInt16>?
    ) -> Double {
        check(logits, bias, targets)
        precondition(gradientScale > 0, "gradient scale \(gradientScale)")
        precondition(biasGradient.count == bias.count, "bias gradient of \(biasGradient.count) for \(bias.count)")
        return unsafe runic_softmax_cross_entropy(
            logits.rows, logits.columns, logits.base, bias.base, targets.base, gradientScale, smoothing,
            rounded?.base, biasGradient.base, nil)
    }

    /// The sum of −log p[target]; the logits are not changed.
    ///
    /// - Parameter nats: (rows); receives the loss of each row, if not nil.
    package static func loss(
        logits: Block<Float>, bias: Block<Float>, targets: Block<Int32>, nats: Block<Float>? = nil
    ) -> Double {
        check(logits, bias, targets)
        precondition((nats?.count ?? logits.rows) == logits.rows, "losses of \(logits.rows) rows")
        return unsafe runic_softmax_cross_entropy(
            logits.rows, logits.columns, logits.base, bias.base, targets.base, 0, 0, nil, nil, nats?.base)
    }

    private static func check(_ logits: Block<Float>, _ bias: Block<Float>, _ targets: Block<Int32>) {
        precondition(
            logits.isContiguous && bias.count == logits.columns && targets.count == logits.rows,
            "logits (\(logits.rows), \(logits.columns)), bias \(bias.count), targets \(targets.count)")
    }
}
