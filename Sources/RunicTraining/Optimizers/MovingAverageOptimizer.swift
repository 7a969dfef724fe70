package import RunicCells
package import RunicKernels

/// Another optimizer beside an exponential moving average θ̄ of its parameters (Polyak and Juditsky 1992,
/// doi:10.1137/0330046, with exponential weights).
///
///     θ̄ ← d θ̄ + (1 − d) θ        d = min(decay, (1 + t) / (10 + t)), t updates before this one
///
/// θ̄ begins as the parameters after the first update, and d is small at first: the average forgets the start of the run
/// instead of carrying it for 1 / (1 − decay) updates.
package final class MovingAverageOptimizer: Optimizer, @unchecked Sendable {
    // Sendable by hand: one thread drives it.
    private let rule: any Optimizer
    private let mean: ParameterAverage
    private let decay: Double

    package init(_ rule: any Optimizer, layout: ParameterLayout, decay: Double) {
        self.rule = rule
        self.decay = decay
        mean = ParameterAverage(layout: layout)
    }

    package var step: Int {
        get { rule.step }
        set { rule.step = newValue }
    }

    package var memory: [(name: String, values: Block<Float>)] { rule.memory + [("ema.average", mean.values)] }

    package var numbers: [String: Double] {
        get { rule.numbers }
        set { rule.numbers = newValue }
    }

    package var keepsAverage: Bool { true }
    package var average: Block<Float>? { step > 0 ? mean.values : nil }

    package func update(
        parameters: Block<Float>, gradient: Block<Float>, gradientScale: Float, learningRate: Double, pool: WorkerPool
    ) {
        let before = Double(step)
        rule.update(
            parameters: parameters, gradient: gradient, gradientScale: gradientScale, learningRate: learningRate,
            pool: pool)
        let share = before == 0 ? 1 : 1 - min(decay, (1 + before) / (10 + before))
        mean.add(parameters, share: share, pool: pool)
    }

    package func validated(_ nats: Double, parameters: Block<Float>) {
        rule.validated(nats, parameters: parameters)
    }
}
