internal import Foundation

/// The last product and the softmax: log p = log softmax(W x_L + b).
struct ReferenceDecoder: Sendable {
    /// The name of W: a separate tensor, or the embedding.
    let weightName: String
    /// The rows of W.
    let weight: [Vector]
    let bias: Vector

    init(_ model: ReferenceModel) {
        weightName = model.specification.tied ? "embedding.weight" : "decoder.weight"
        weight = model.rows(weightName, model.specification.outputSize)
        bias = model.vector("decoder.bias")
    }

    func logProbabilities(_ x: Vector) -> Vector {
        let scores = Vector(weight.map { $0.dot(x) }) + bias
        let largest = scores.values.max() ?? 0
        return scores - largest - log(scores.map { exp($0 - largest) }.sum)
    }

    /// (1 − ε) · onehot + ε / V.
    func target(_ symbol: Int, smoothing: Double) -> Vector {
        var target = Vector(repeating: smoothing / Double(bias.count), count: bias.count)
        target[symbol] += 1 - smoothing
        return target
    }

    /// −log p at every position, against smoothed targets.
    func losses(_ output: [Vector], _ targets: [Int], smoothing: Double = 0) -> Vector {
        Vector(
            zip(output, targets).map { x, symbol in
                -target(symbol, smoothing: smoothing).dot(logProbabilities(x))
            })
    }

    /// ∂/∂x_L of the mean of the losses; adds the gradients of W and b.
    func backward(
        _ output: [Vector], _ targets: [Int], smoothing: Double, _ gradients: inout ReferenceGradients
    ) -> [Vector] {
        zip(output, targets).map { x, symbol in
            let probabilities = logProbabilities(x).map { exp($0) }
            let delta = 1 / Double(output.count) * (probabilities - target(symbol, smoothing: smoothing))
            gradients.add("decoder.bias", delta)
            var dx = Vector.zeros(x.count)
            for row in weight.indices {
                gradients.add(weightName, at: row * x.count, delta[row] * x)
                dx += delta[row] * weight[row]
            }
            return dx
        }
    }
}
