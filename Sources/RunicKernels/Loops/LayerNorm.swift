internal import CRunicKernels

/// Layer normalisation (Ba, Kiros and Hinton 2016, arXiv 1607.06450) of the columns of each row.
///
///     y = gain ⊙ x̂        x̂ = (x − mean) / √(variance + ε)        ε = 1e−5
package enum LayerNorm {
    /// Normalises in place.
    ///
    /// - Parameters:
    ///   - x: (B, W).
    ///   - gain: (W).
    ///   - kept: receives x̂, (B, W), and 1 / √(variance + ε), (B, 1), for the backward pass; nil without one.
    package static func forward(
        _ x: Block<Float>, gain: Block<Float>, kept: (normalised: Block<Float>, inverse: Block<Float>)?
    ) {
        precondition(
            gain.count == x.columns && (kept?.normalised.rows ?? x.rows) == x.rows
                && (kept?.normalised.columns ?? x.columns) == x.columns && (kept?.inverse.rows ?? x.rows) == x.rows,
            "gain \(gain.count) for (\(x.rows), \(x.columns))")
        unsafe runic_layer_norm_forward(
            x.rows, x.columns, x.base, x.stride, gain.base, kept?.normalised.base, kept?.normalised.stride ?? 0,
            kept?.inverse.base, kept?.inverse.stride ?? 0)
    }

    /// The gradient of x from that of y; both may be the same memory. Adds the sum over rows to the gain's gradient.
    package static func backward(
        _ gradient: Block<Float>, gain: Block<Float>, normalised: Block<Float>, inverse: Block<Float>,
        to target: Block<Float>, gainGradient: Block<Float>
    ) {
        precondition(
            gain.count == gradient.columns && gainGradient.count == gain.count && normalised.rows == gradient.rows
                && normalised.columns == gradient.columns && inverse.rows == gradient.rows
                && target.rows == gradient.rows && target.columns == gradient.columns,
            "gain \(gain.count) for (\(gradient.rows), \(gradient.columns))")
        unsafe runic_layer_norm_backward(
            gradient.rows, gradient.columns, gradient.base, gradient.stride, gain.base, normalised.base,
            normalised.stride, inverse.base, inverse.stride, target.base, target.stride, gainGradient.base)
    }
}
