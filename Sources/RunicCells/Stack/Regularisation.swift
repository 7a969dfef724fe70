/// Regularisation during training, except for zoneout, which is part of the model.
///
/// Dropout divides kept elements by the probability of being kept.
package struct Regularisation: Sendable, Hashable {
    /// Dropout of the embeddings, the first layer's input.
    package var embeddingDropout = 0.0
    /// Dropout of the output of every layer except the last.
    package var layerDropout = 0.0
    /// Dropout of the last layer's output, before the softmax.
    package var outputDropout = 0.0
    /// Dropout of h_{t−1} before the product with Wh, one mask for all steps of a pass (Gal and Ghahramani 2016, arXiv
    /// 1512.05287).
    package var recurrentDropout = 0.0
    /// Whether the first three also use one mask for all steps of a pass.
    package var variational = false
    /// DropConnect on Wh, one mask per training step (Merity et al. 2018, arXiv 1708.02182).
    package var weightDrop = 0.0
    /// α · mean(x²), x the softmax layer's input (activation regularisation, Merity et al. 2017, arXiv 1708.01009).
    package var activationPenalty = 0.0
    /// β · mean((h_t − h_{t−1})²) of the last layer (temporal activation regularisation, ibid.).
    package var temporalPenalty = 0.0
    /// ε of label smoothing: the fraction of each target's weight that is spread over all symbols.
    package var labelSmoothing = 0.0

    package init() {}

    /// The same dropout between all layers and before the softmax.
    package init(dropout: Double) {
        layerDropout = dropout
        outputDropout = dropout
    }

    package static let none = Regularisation()

    /// Dropout of a layer's output.
    func dropout(ofLayer layer: Int, of layers: Int) -> Double { layer == layers - 1 ? outputDropout : layerDropout }
}
