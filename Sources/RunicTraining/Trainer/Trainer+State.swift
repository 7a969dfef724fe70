internal import RunicKernels
internal import RunicModel

extension Trainer {
    /// The arrays that resuming needs in addition to the parameters: optimizer state, carried states, and the snapshot if it
    /// is not the present state.
    package var vectorState: [(name: String, values: [Float])] {
        let isOlder = state.snapshot.map { $0.step != state.step } ?? false
        let kept = isOlder ? snapshot.copies : []
        return optimizer.vectorState.map { ($0.name, $0.values.array) }
            + engine.state.enumerated().map { ("carried.\($0.offset)", $0.element) }
            + kept.map { (Self.snapshotPrefix + $0.name, $0.values.array) }
    }

    // The name that checkpoints of version 0.1.0 have.
    private static let snapshotPrefix = "good."

    /// Restores the state of another trainer, whose parameters this one already has.
    ///
    /// - Throws: ``TrainingError/model(_:)`` if an array is missing or has another length.
    package func restore(_ state: TrainerState, vectorState: [String: [Float]]) throws(TrainingError) {
        func values(_ name: String, count: Int) throws(TrainingError) -> [Float] {
            guard let found = vectorState[name], found.count == count else {
                throw .model("\(name) is missing from the saved run, or has another length")
            }
            return found
        }
        for (name, block) in optimizer.vectorState { block.assign(from: try values(name, count: block.count)) }
        let current = engine.state
        var carried: [[Float]] = []
        for index in current.indices {
            carried.append(try values("carried.\(index)", count: current[index].count))
        }
        engine.state = carried
        if let mark = state.snapshot, mark.step != state.step {
            for (name, block) in snapshot.copies {
                block.assign(from: try values(Self.snapshotPrefix + name, count: block.count))
            }
        } else {
            snapshot.keep(pool)
        }
        optimizer.step = state.updates
        optimizer.scalarState = state.scalarState
        learningRate.schedule.scalarState = state.scalarState
        self.state = state
    }
}
