/// What training does against overfitting, but for zoneout, which the model itself has to know.
///
/// What is kept is divided by the chance of being kept.
package struct Regularisation: Sendable, Hashable {
    /// Dropout of the embeddings that the first layer reads.
    package var embeddingDropout = 0.0
    /// Dropout of every layer's output but the last one's.
    package var layerDropout = 0.0
    /// Dropout of the last layer's output, before the softmax.
    package var outputDropout = 0.0
    /// Dropout of h_{t−1} where Wh reads it, one mask for all steps of a pass (Gal and Ghahramani 2016, arXiv 1512.05287).
    package var recurrentDropout = 0.0
    /// Whether the first three have one mask for all steps of a pass too.
    package var variational = false
    /// DropConnect on Wh, one mask a training step (Merity et al. 2018, arXiv 1708.02182).
    package var weightDrop = 0.0
    /// α · mean(x²) of what the softmax reads (activation regularisation, Merity et al. 2017, arXiv 1708.01009).
    package var activationPenalty = 0.0
    /// β · mean((h_t − h_{t−1})²) of the last layer (temporal activation regularisation, ibid.).
    package var temporalPenalty = 0.0
    /// How much of each target's weight is spread over all symbols.
    package var labelSmoothing = 0.0

    package init() {}

    /// The same probability between all layers and before the softmax.
    package init(dropout: Double) {
        layerDropout = dropout
        outputDropout = dropout
    }

    package static let none = Regularisation()

    /// Dropout of a layer's output.
    func dropout(ofLayer layer: Int, of layers: Int) -> Double { layer == layers - 1 ? outputDropout : layerDropout }
}
