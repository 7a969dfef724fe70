package import RunicCells

/// The optimizers by name: a value that is passed to the trainer.
package struct OptimizerRegistry: Sendable {
    package typealias Maker = @Sendable (ParameterLayout, TrainingSettings) -> any Optimizer
    private var makers: [(name: String, make: Maker)]

    /// The built-in optimizers.
    package init() {
        makers = [
            ("adamw", { RuleOptimizer(AdamRule($1, isDecoupled: true), layout: $0, decay: $1.decay) }),
            ("adam", { RuleOptimizer(AdamRule($1, isDecoupled: false), layout: $0, decay: $1.decay) }),
            ("sgd", { RuleOptimizer(SGDRule($1), layout: $0, decay: $1.decay) }),
            ("rmsprop", { RuleOptimizer(RMSPropRule($1), layout: $0, decay: $1.decay) }),
            (
                "nt-asgd",
                {
                    NonMonotoneASGD(
                        RuleOptimizer(SGDRule($1), layout: $0, decay: $1.decay), layout: $0, patience: $1.patience)
                }
            ),
        ]
    }

    /// Adds an optimizer; it replaces one of the same name.
    package mutating func register(_ name: String, _ make: @escaping Maker) {
        makers.removeAll { $0.name == name }
        makers.append((name, make))
    }

    package var names: [String] { makers.map(\.name) }

    /// The optimizer of some settings, with a moving average of the parameters if they have ``TrainingSettings/averageDecay``.
    ///
    /// - Throws: ``TrainingError/option(name:value:allowed:)`` for an unknown name.
    package func make(_ layout: ParameterLayout, _ settings: TrainingSettings) throws(TrainingError) -> any Optimizer {
        guard let found = makers.first(where: { $0.name == settings.optimizer }) else {
            throw .option(name: "optimizer", value: settings.optimizer, allowed: names.joined(separator: ", "))
        }
        let optimizer = found.make(layout, settings)
        guard let decay = settings.averageDecay else { return optimizer }
        return MovingAverageOptimizer(optimizer, layout: layout, decay: decay)
    }
}

extension AdamRule {
    fileprivate init(_ settings: TrainingSettings, isDecoupled: Bool) {
        self.init(
            beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon, isDecoupled: isDecoupled)
    }
}

extension SGDRule {
    fileprivate init(_ settings: TrainingSettings) { self.init(momentum: settings.momentum) }
}

extension RMSPropRule {
    fileprivate init(_ settings: TrainingSettings) {
        self.init(alpha: settings.alpha, epsilon: settings.epsilon, momentum: settings.momentum)
    }
}
