package import RunicCells
package import RunicKernels

/// The second half of a step on this machine's processors: the norm of a gradient and the update from it.
package final class HostUpdates {
    let parameters: Block<Float>
    let gradient: Block<Float>
    let optimizer: any Optimizer
    let pool: WorkerPool
    let meter: StepMeter?
    /// Sums of squares of the gradient's slices, and the task of one slice, made once, so that a step allocates nothing.
    private let squares: Block<Double>
    private let squareJob: @Sendable (Int) -> Void
    private let arena = Arena()

    /// - Parameters:
    ///   - parameters: one row with the layout.
    ///   - gradient: likewise.
    package init(
        parameters: Block<Float>, gradient: Block<Float>, layout: ParameterLayout, optimizer: any Optimizer,
        pool: WorkerPool, meter: StepMeter? = nil
    ) {
        (self.parameters, self.gradient, self.optimizer) = (parameters, gradient, optimizer)
        (self.pool, self.meter) = (pool, meter)
        let slices = layout.slices.map(\.range)
        squares = arena.block(rows: 1, columns: slices.count)
        squareJob = { [squares] index in
            meter.time(.norm) { squares[0, index] = ElementWise.sumOfSquares(gradient.columns(slices[index])) }
        }
    }

    package func gradientNorm() -> Double {
        pool.run(tasks: squares.columns, squareJob)
        var sum = 0.0
        for index in 0..<squares.columns { sum += squares[0, index] }
        return sum.squareRoot()
    }

    package func update(gradientScale: Float, learningRate: Double) {
        optimizer.update(
            parameters: parameters, gradient: gradient, gradientScale: gradientScale, learningRate: learningRate,
            pool: pool, meter: meter)
    }
}
