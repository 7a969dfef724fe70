package import RunicCells
package import RunicKernels

/// An optimizer that adds to another one an exponential moving average θ̄ of the parameters (Polyak and Juditsky 1992,
/// doi:10.1137/0330046, with exponential weights).
///
///     θ̄ ← d θ̄ + (1 − d) θ        d = min(decay, (1 + t) / (10 + t)), t updates before this one
///
/// θ̄ starts as the parameters after the first update. d is small at first, so the average forgets the start of the run
/// sooner than after 1 / (1 − decay) updates.
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

    package var vectorState: [(name: String, values: Block<Float>)] {
        rule.vectorState + [("ema.average", mean.values)]
    }

    package var scalarState: [String: Double] {
        get { rule.scalarState }
        set { rule.scalarState = newValue }
    }

    package var keepsAverage: Bool { true }
    package var average: Block<Float>? { step > 0 ? mean.values : nil }

    package func update(
        parameters: Block<Float>, gradient: Block<Float>, gradientScale: Float, learningRate: Double, pool: WorkerPool,
        meter: StepMeter?
    ) {
        let before = Double(step)
        rule.update(
            parameters: parameters, gradient: gradient, gradientScale: gradientScale, learningRate: learningRate,
            pool: pool, meter: meter)
        let weight = before == 0 ? 1 : 1 - min(decay, (1 + before) / (10 + before))
        mean.add(parameters, weight: weight, pool: pool, meter: meter)
    }

    package func validated(_ nats: Double, parameters: Block<Float>) {
        rule.validated(nats, parameters: parameters)
    }
}
