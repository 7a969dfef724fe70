extension Trainer {
    /// The arrays that resuming needs in addition to the parameters: optimizer state, carried states, and the snapshot if it
    /// is not the present state.
    package var vectorState: [NamedValues] {
        engine.vectorState(withSnapshot: state.snapshot.map { $0.step != state.step } ?? false)
    }

    /// Restores the state of another trainer, whose parameters this one already has.
    ///
    /// - Throws: ``TrainingError/model(_:)`` if an array is missing or has another length.
    package func restore(_ state: TrainerState, vectorState: [String: [Float]]) throws(TrainingError) {
        try engine.restore(
            EngineState(
                updates: state.updates, scalarState: state.scalarState, vectors: vectorState,
                hasSnapshot: state.snapshot.map { $0.step != state.step } ?? false))
        learningRate.schedule.scalarState = state.scalarState
        self.state = state
    }
}
