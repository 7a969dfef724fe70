import Foundation
import RunicCells
import RunicKernels
import RunicTraining

/// A matrix of 9 × 7 that begins as cos(k), a vector of 5 that begins as sin(k), and gradients by formula.
final class OptimizerCase {
    let layout: ParameterLayout
    let parameters: Block<Float>
    private let gradient: Block<Float>
    private let arena = Arena()
    private let pool: WorkerPool
    private var step = 0

    init(workers: Int = 2) {
        pool = WorkerPool(workerCount: workers)
        var layout = ParameterLayout()
        layout.append("matrix", [9, 7])
        layout.append("bias", [5])
        self.layout = layout
        parameters = arena.block(rows: 1, columns: layout.length)
        gradient = arena.block(rows: 1, columns: layout.length)
        assign(parameters, matrix: { cos(Float($0)) }, bias: { sin(Float($0)) })
    }

    private func assign(_ block: Block<Float>, matrix: (Int) -> Float, bias: (Int) -> Float) {
        for k in 0..<63 { block[0, layout.entry("matrix").offset + k] = matrix(k) }
        for k in 0..<5 { block[0, layout.entry("bias").offset + k] = bias(k) }
    }

    /// One update at the rate 0.05 by the gradient sin(step · k), or cos(step · k) for the vector.
    ///
    /// - Parameter scale: the gradient is given larger by its inverse.
    func update(_ optimizer: any Optimizer, scale: Float) {
        step += 1
        assign(gradient, matrix: { sin(Float(step * $0)) / scale }, bias: { cos(Float(step * $0)) / scale })
        optimizer.update(
            parameters: parameters, gradient: gradient, gradientScale: scale, learningRate: 0.05, pool: pool, meter: nil
        )
    }

    /// Some elements, and the sum of all.
    func picked(_ block: Block<Float>) -> [Double] {
        let values = layout.entries.flatMap { block.columns($0.range).array.map(Double.init) }
        return [0, 1, 31, 62, 63, 67].map { values[$0] } + [values.reduce(0, +)]
    }
}
