package import RunicCells
package import RunicModel

/// Makes the engines of a run.
package protocol EngineFactory: Sendable {
    /// The names of the optimizers that its engines know.
    var optimizers: [String] { get }

    /// Reaches the processes that train the same model.
    var communicator: any Communicator { get }

    /// An engine that trains the plan's parameters.
    ///
    /// - Throws: ``TrainingError``: the model cannot be made, or there is no such optimizer.
    func makeEngine(_ plan: EnginePlan) throws(TrainingError) -> any TrainingEngine

    /// A scorer for finished parameters.
    ///
    /// - Throws: ``TrainingError/model(_:)``.
    func makeScorer(_ plan: ScoringPlan, threads: Int) throws(TrainingError) -> any ScoringEngine
}

extension EngineFactory {
    package var communicator: any Communicator { SingleProcess() }
}

/// What a training engine is made for.
package struct EnginePlan {
    /// The first parameters, initialised or saved. An engine may train them in place.
    package var parameters: ModelParameters
    package var settings: TrainingSettings
    /// Whether documents reset the state within a step.
    package var resets: Bool
    /// Measures the phases of every step; nil measures nothing.
    package var meter: StepMeter?

    package init(parameters: ModelParameters, settings: TrainingSettings, resets: Bool, meter: StepMeter? = nil) {
        self.parameters = parameters
        self.settings = settings
        self.resets = resets
        self.meter = meter
    }
}
