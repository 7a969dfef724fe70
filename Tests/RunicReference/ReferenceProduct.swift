/// y = W x + b over the rows of some gates; with layer normalisation y = gain ⊙ LN(W x) + b.
struct ReferenceProduct: Sendable {
    private let weightName: String
    private let biasName: String
    private let gainName: String
    /// The place of these gates in the tensors.
    private let firstRow: Int
    /// The rows of W, masked already, and their masks.
    private let weight: [Vector]
    private let mask: [Vector]
    private let bias: Vector
    private let gain: Vector?

    /// The product for rows `rows` of `rnn.weight_KIND_lN`, with its biases and, if the model has them, gains.
    ///
    /// - Parameter mask: multiplies the whole matrix; empty for no mask.
    init(_ model: ReferenceModel, kind: String, layer: Int, rows: Range<Int>, mask: [Double] = []) {
        weightName = "rnn.weight_\(kind)_l\(layer)"
        biasName = "rnn.bias_\(kind)_l\(layer)"
        gainName = "rnn.norm_\(kind)_l\(layer)"
        firstRow = rows.lowerBound
        let specification = model.specification
        let columns = kind == "ih" ? specification.inputSize(of: layer) : specification.outputSize
        let masks = rows.map { ReferenceNoise.row(mask, $0, columns) }
        let matrix = model.rows(weightName, columns)
        weight = zip(rows, masks).map { matrix[$0] * $1 }
        self.mask = masks
        bias = model.vector(biasName)[rows]
        gain = specification.layerNorm ? model.vector(gainName)[rows] : nil
    }

    func forward(_ x: Vector) -> Vector {
        let product = Vector(weight.map { $0.dot(x) })
        guard let gain else { return product + bias }
        return gain * product.normalised + bias
    }

    /// ∂/∂x from ∂/∂y; adds the gradients of W, b and the gain.
    func backward(_ x: Vector, _ dy: Vector, _ gradients: inout ReferenceGradients) -> Vector {
        gradients.add(biasName, at: firstRow, dy)
        var dProduct = dy
        if let gain {
            let product = Vector(weight.map { $0.dot(x) })
            gradients.add(gainName, at: firstRow, dy * product.normalised)
            dProduct = product.normalisedBackward(gain * dy)
        }
        var dx = Vector.zeros(x.count)
        for row in weight.indices {
            gradients.add(weightName, at: (firstRow + row) * x.count, dProduct[row] * (mask[row] * x))
            dx += dProduct[row] * weight[row]
        }
        return dx
    }
}
