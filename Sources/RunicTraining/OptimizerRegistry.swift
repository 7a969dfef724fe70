package import RunicCells

/// The optimizers that can be found by name: a value, passed to the trainer.
package struct OptimizerRegistry: Sendable {
    package typealias Maker = @Sendable (ParameterLayout, TrainingSettings) -> any Optimizer
    private var makers: [(name: String, make: Maker)]

    /// The built-in optimizers.
    package init() {
        makers = [
            ("adamw", { AdamW(layout: $0, decay: $1.weightDecay) }),
            ("adam", { layout, _ in AdamW(layout: layout, decay: 0) }),
        ]
    }

    /// Adds an optimizer, in place of an earlier one of the same name.
    package mutating func register(_ name: String, _ make: @escaping Maker) {
        makers.removeAll { $0.name == name }
        makers.append((name, make))
    }

    package var names: [String] { makers.map(\.name) }

    /// - Throws: ``TrainingError/option(name:value:allowed:)`` for an unknown name.
    package func make(_ layout: ParameterLayout, _ settings: TrainingSettings) throws(TrainingError) -> any Optimizer {
        guard let found = makers.first(where: { $0.name == settings.optimizer }) else {
            throw .option(name: "optimizer", value: settings.optimizer, allowed: names.joined(separator: ", "))
        }
        return found.make(layout, settings)
    }
}
