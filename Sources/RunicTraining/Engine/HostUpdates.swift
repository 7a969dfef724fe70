package import RunicCells
package import RunicKernels

/// The second half of a step on this machine's processors: the norm of a gradient and the update from it.
///
/// Where several processes train together, each updates the parameters that it owns, in a packed copy.
package final class HostUpdates {
    /// The parameters that this process updates, and their gradient.
    let parameters: Block<Float>
    private let gradient: Block<Float>
    /// All parameters and their gradient, where this process owns but a share.
    private let whole: (parameters: Block<Float>, gradient: Block<Float>)
    let share: ProcessShare?
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
    package convenience init(
        parameters: Block<Float>, gradient: Block<Float>, layout: ParameterLayout, optimizer: any Optimizer,
        pool: WorkerPool, meter: StepMeter? = nil
    ) {
        self.init(
            parameters: parameters, gradient: gradient, layout: layout, share: nil, optimizer: optimizer, pool: pool,
            meter: meter)
    }

    /// - Parameters:
    ///   - share: what this process owns; nil if it trains alone.
    ///   - optimizer: for the share's layout, if there is a share.
    init(
        parameters: Block<Float>, gradient: Block<Float>, layout: ParameterLayout, share: ProcessShare?,
        optimizer: any Optimizer, pool: WorkerPool, meter: StepMeter?
    ) {
        whole = (parameters, gradient)
        self.share = share
        (self.optimizer, self.pool, self.meter) = (optimizer, pool, meter)
        let own: Block<Float>
        if let share {
            (self.parameters, own) = (
                arena.block(rows: 1, columns: share.layout.length), arena.block(rows: 1, columns: share.layout.length)
            )
            share.pack(parameters, into: self.parameters)
        } else {
            (self.parameters, own) = (parameters, gradient)
        }
        self.gradient = own
        let slices = (share?.layout ?? layout).slices.map(\.range)
        let squares: Block<Double> = arena.block(rows: 1, columns: slices.count)
        self.squares = squares
        squareJob = { index in
            meter.time(.norm) { squares[0, index] = ElementWise.sumOfSquares(own.columns(slices[index])) }
        }
    }

    package func gradientNorm() -> Double {
        share?.pack(whole.gradient, into: gradient)
        pool.run(tasks: squares.columns, squareJob)
        let all = share?.allSquares(squares) ?? squares
        var sum = 0.0
        for index in 0..<all.columns { sum += all[0, index] }
        return sum.squareRoot()
    }

    package func update(gradientScale: Float, learningRate: Double) {
        optimizer.update(
            parameters: parameters, gradient: gradient, gradientScale: gradientScale, learningRate: learningRate,
            pool: pool, meter: meter)
        spread()
    }

    /// Brings all parameters up to date in all processes.
    func spread() { share?.spread(parameters, to: whole.parameters) }

    /// An array as long as all parameters, from one as long as those that this process updates.
    func whole(_ own: Block<Float>) -> [Float] {
        share?.whole(own, length: whole.parameters.count) ?? own.array
    }

    /// Sets an array as long as the parameters that this process updates from one as long as all parameters.
    func take(_ whole: [Float], into own: Block<Float>) { own.assign(from: share?.packed(whole) ?? whole) }
}
