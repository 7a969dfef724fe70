/// The noise of a training step: masks that are already drawn. An empty array is no noise.
///
/// A mask holds 0 where an element is dropped and 1 / (1 − p) where it is kept. One that is the same at every step of
/// a pass (the variational kind) is simply written T times.
package struct ReferenceNoise: Sendable {
    /// The mask of the embedded symbols, (T·B, D).
    package var embedding: [Double] = []
    /// The mask of the output of each layer, (T·B, R); that of the last layer is applied before the softmax.
    package var layers: [[Double]] = []
    /// For each layer the mask of h_{t−1} before the product with W_h, the same at every step, (B, R).
    package var recurrent: [[Double]] = []
    /// For each layer the mask of W_hh, (G, R).
    package var weights: [[Double]] = []
    /// For each layer the part of h_{t−1} that stays, (T·B, R): 0 or 1 in training, the probability in evaluation.
    package var zoneoutHidden: [[Double]] = []
    /// The same of c, (T·B, H).
    package var zoneoutCell: [[Double]] = []

    package init() {}

    /// Masks for the outputs of the layers alone.
    package init(layers: [[Double]]) { self.layers = layers }

    /// Zoneout in evaluation: every element keeps the same fraction of its old value.
    ///
    /// - Parameter positions: T·B.
    package static func evaluation(
        zoneoutHidden: Double, zoneoutCell: Double, of specification: ReferenceSpecification, positions: Int
    ) -> ReferenceNoise {
        func filled(_ value: Double, _ width: Int) -> [[Double]] {
            let one = [Double](repeating: value, count: positions * width)
            return [[Double]](repeating: one, count: specification.layers)
        }
        var noise = ReferenceNoise()
        noise.zoneoutHidden = filled(zoneoutHidden, specification.outputSize)
        noise.zoneoutCell = filled(zoneoutCell, specification.hiddenSize)
        return noise
    }

    /// Row `row` of a mask of rows of `width` elements, or of one for each layer; ones where there is no mask.
    static func row(_ mask: [Double], _ row: Int, _ width: Int) -> Vector {
        mask.isEmpty ? .ones(width) : Vector(mask[(row * width)..<((row + 1) * width)])
    }

    static func row(_ masks: [[Double]], of layer: Int, _ row: Int, _ width: Int) -> Vector {
        masks.isEmpty ? .ones(width) : self.row(masks[layer], row, width)
    }
}
