internal import RunicKernels
internal import RunicModel

extension Trainer {
    /// Everything beside the parameters that going on needs: what the optimizer remembers, the carried states, and the
    /// good point where it is not the present state.
    package var memory: [(name: String, values: [Float])] {
        let good = state.good.map { $0.step != state.step } ?? false ? snapshot.memory : []
        return optimizer.memory.map { ($0.name, $0.values.array) }
            + engine.state.enumerated().map { ("carried.\($0.offset)", $0.element) }
            + good.map { (Self.goodPrefix + $0.name, $0.values.array) }
    }

    private static let goodPrefix = "good."

    /// Sets a trainer back to where another one stood; it has that one's parameters already.
    ///
    /// - Throws: ``TrainingError/model(_:)`` where something is missing or of another length.
    package func restore(_ state: TrainerState, memory: [String: [Float]]) throws(TrainingError) {
        func values(_ name: String, count: Int) throws(TrainingError) -> [Float] {
            guard let found = memory[name], found.count == count else {
                throw .model("\(name) is missing from the saved run, or has another length")
            }
            return found
        }
        for (name, block) in optimizer.memory { block.assign(from: try values(name, count: block.count)) }
        let current = engine.state
        var carried: [[Float]] = []
        for index in current.indices {
            carried.append(try values("carried.\(index)", count: current[index].count))
        }
        engine.state = carried
        if let good = state.good, good.step != state.step {
            for (name, block) in snapshot.memory {
                block.assign(from: try values(Self.goodPrefix + name, count: block.count))
            }
        } else {
            snapshot.keep(pool)
        }
        optimizer.step = state.rule.updates
        optimizer.numbers = state.numbers
        learningRate.schedule.numbers = state.numbers
        self.state = state
    }
}
