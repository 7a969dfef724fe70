package import RunicCells
package import RunicKernels

/// Stochastic gradient descent whose parameters are averaged once validation stops to improve: NT-ASGD (Merity et al.
/// 2018, arXiv 1708.02182).
///
/// The loss v of a validation is held against those before it, v₁ … v_t, as the authors' program does: where t > n and
/// v > min(v₁ … v_{t−n}), averaging begins. From then on θ̄ is the mean of the parameters from that moment to now, and
/// stands for them in validation and archives; the descent goes on from θ.
package final class NonMonotoneASGD: Optimizer, @unchecked Sendable {
    // Sendable by hand: one thread drives it.
    private let descent: RuleOptimizer<SGDRule>
    private let mean: ParameterAverage
    /// n.
    private let patience: Int
    /// The last n losses, and the least of those before them.
    private var recent: [Double] = []
    private var older: Double?
    /// The updates done when averaging began.
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

    package var memory: [(name: String, values: Block<Float>)] { descent.memory + [("asgd.average", mean.values)] }

    package var numbers: [String: Double] {
        get {
            var numbers: [String: Double] = [:]
            numbers["asgd.trigger"] = trigger.map(Double.init)
            numbers["asgd.older"] = older
            for (index, loss) in recent.enumerated() { numbers["asgd.recent.\(index)"] = loss }
            return numbers
        }
        set {
            trigger = newValue["asgd.trigger"].map { Int($0) }
            older = newValue["asgd.older"]
            recent = (0..<patience).compactMap { newValue["asgd.recent.\($0)"] }
        }
    }

    package var keepsAverage: Bool { true }
    package var average: Block<Float>? { trigger == nil ? nil : mean.values }

    package func update(
        parameters: Block<Float>, gradient: Block<Float>, gradientScale: Float, learningRate: Double, pool: WorkerPool
    ) {
        descent.update(
            parameters: parameters, gradient: gradient, gradientScale: gradientScale, learningRate: learningRate,
            pool: pool)
        guard let trigger else { return }
        mean.add(parameters, share: 1 / Double(step - trigger + 1), pool: pool)
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
