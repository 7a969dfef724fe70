package import RunicCells
package import RunicKernels

/// NT-ASGD: stochastic gradient descent that averages the parameters once validation stops improving (Merity et al. 2018,
/// arXiv 1708.02182).
///
/// Each validation loss v is compared with the earlier ones, v₁ … v_t, as in the authors' program: averaging starts when
/// t > n and v > min(v₁ … v_{t−n}). From then on, validation and archives use θ̄, the mean of the parameters since that
/// update; the descent continues from θ.
package final class NonMonotoneASGD: Optimizer, @unchecked Sendable {
    // Sendable by hand: one thread drives it.
    private let descent: RuleOptimizer<SGDRule>
    private let mean: ParameterAverage
    /// n, in validations.
    private let patience: Int
    /// The last n losses, and the minimum of all earlier ones.
    private var recent: [Double] = []
    private var older: Double?
    /// The number of updates done when averaging started; nil before.
    private var trigger: Int?

    package init(_ descent: RuleOptimizer<SGDRule>, layout: ParameterLayout, patience: Int) {
        self.descent = descent
        self.patience = patience
        mean = ParameterAverage(layout: layout)
    }

    package var step: Int {
        get { descent.step }
        set { descent.step = newValue }
    }

    package var vectorState: [(name: String, values: Block<Float>)] {
        descent.vectorState + [("asgd.average", mean.values)]
    }

    package var scalarState: [String: Double] {
        get {
            var state: [String: Double] = [:]
            state["asgd.trigger"] = trigger.map(Double.init)
            state["asgd.older"] = older
            for (index, loss) in recent.enumerated() { state["asgd.recent.\(index)"] = loss }
            return state
        }
        set {
            trigger = newValue["asgd.trigger"].flatMap { Int(exactly: $0) }
            older = newValue["asgd.older"]
            recent = (0..<patience).compactMap { newValue["asgd.recent.\($0)"] }
        }
    }

    package var keepsAverage: Bool { true }
    package var average: Block<Float>? { trigger == nil ? nil : mean.values }

    package func update(
        parameters: Block<Float>, gradient: Block<Float>, gradientScale: Float, learningRate: Double, pool: WorkerPool,
        meter: StepMeter?
    ) {
        descent.update(
            parameters: parameters, gradient: gradient, gradientScale: gradientScale, learningRate: learningRate,
            pool: pool, meter: meter)
        guard let trigger else { return }
        mean.add(parameters, weight: 1 / Double(step - trigger + 1), pool: pool, meter: meter)
    }

    package func validated(_ nats: Double, parameters: Block<Float>) {
        guard trigger == nil else { return }
        if let older, nats > older {
            trigger = step
            mean.values.assign(from: parameters)
        }
        recent.append(min(nats, .greatestFiniteMagnitude))
        if recent.count > patience { older = min(older ?? .greatestFiniteMagnitude, recent.removeFirst()) }
    }
}
