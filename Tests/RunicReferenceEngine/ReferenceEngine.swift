internal import RunicCells
internal import RunicKernels
package import RunicModel
internal import RunicReference
package import RunicSymbols
package import RunicTraining

/// An engine in double precision: the reference model by its plain equations, and the optimizers by theirs.
///
/// It is slow and shares nothing with the engine of the host but the masks. The same trainer, settings, schedule and
/// checkpoints drive both.
package final class ReferenceEngine: TrainingEngine {
    private let settings: TrainingSettings
    private let configuration: ModelConfiguration
    private let layout: ParameterLayout
    private var model: ReferenceModel
    private var optimizer: ReferenceOptimizer
    private let noise: DrawnNoise
    private let shards: [Range<Int>]
    private var state: ReferenceState
    /// Whether a row has read nothing yet: its next pass begins with a reset.
    private var isFresh: [Bool]
    private var texts: [[Int]]
    private var documents: [(row: Int, step: Int)] = []
    private var flatGradient: [Double] = []
    private var kept: (parameters: [Double], arrays: [(name: String, values: [Double])])?

    /// - Throws: ``TrainingError/model(_:)`` if the reference has no such cell.
    package init(_ plan: EnginePlan) throws(TrainingError) {
        settings = plan.settings
        configuration = plan.parameters.configuration
        layout = plan.parameters.layout
        guard let specification = ReferenceSpecification(configuration) else {
            throw .model("the reference has no cell \(configuration.cell)")
        }
        model = ReferenceModel(specification)
        for entry in layout.entries {
            model.tensors[entry.name] = plan.parameters.blocks[entry.name].array.map { Double($0) }
        }
        shards = ShardRows.ranges(batch: settings.batch)
        noise = DrawnNoise(
            specification, settings.regularisation, zoneoutHidden: configuration.zoneoutHidden,
            zoneoutCell: configuration.zoneoutCell, shards: shards)
        var decays = [Bool](repeating: false, count: layout.length)
        for entry in layout.entries where entry.isMatrix { for index in entry.range { decays[index] = true } }
        optimizer = ReferenceOptimizer(settings, decays: decays)
        state = model.initialState(rows: settings.batch)
        isFresh = [Bool](repeating: true, count: settings.batch)
        texts = [[Int]](repeating: [], count: settings.batch)
    }

    // MARK: The gradient

    package var rows: Range<Int> { 0..<settings.batch }

    package func setRow(_ row: Int, symbols: SymbolSequence) {
        texts[row] = symbols.map { Int($0) }
        documents.removeAll { $0.row == row }
    }

    package func startDocument(row: Int, step: Int) { documents.append((row, step)) }

    package func gradient(key: UInt64?) -> Double {
        let time = texts[0].count - 1
        var resets = [Bool](repeating: false, count: time * settings.batch)
        for row in rows where isFresh[row] { resets[row] = true }
        for document in documents { resets[document.step * settings.batch + document.row] = true }
        let pass = model.run(
            ReferenceBatch(texts: texts, resets: resets), from: state,
            noise: key.map { noise.masks(key: $0, time: time) } ?? ReferenceNoise(),
            objective: ReferenceObjective(
                activationPenalty: settings.activationPenalty, temporalPenalty: settings.temporalPenalty,
                labelSmoothing: settings.labelSmoothing))
        state = pass.state
        isFresh = [Bool](repeating: false, count: settings.batch)
        flatGradient = flat(pass.gradients)
        return pass.loss
    }

    package func gradientNorm() -> Double { flatGradient.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    package func resetState() { isFresh = [Bool](repeating: true, count: settings.batch) }

    // MARK: The optimizer

    package func update(gradientScale: Float, learningRate: Double) {
        var parameters = flat(model.tensors)
        optimizer.update(&parameters, gradient: flatGradient, scale: Double(gradientScale), rate: learningRate)
        model.tensors = named(parameters)
    }

    package var updates: Int { optimizer.updates }
    package var scalarState: [String: Double] { optimizer.scalarState }
    package func validated(_ nats: Double) { optimizer.validated(nats, parameters: flat(model.tensors)) }
    package var keepsAverage: Bool { optimizer.keepsAverage }

    package func read(into parameters: ModelParameters, averaged: Bool) {
        let values = averaged ? optimizer.average.map(named) ?? model.tensors : model.tensors
        for entry in layout.entries {
            parameters.blocks[entry.name].assign(from: (values[entry.name] ?? []).map { Float($0) })
        }
    }

    package func makeScorer(_ plan: ScoringPlan) throws(TrainingError) -> any ScoringEngine {
        try ReferenceScorer(plan.parameters)
    }

    // MARK: What is saved

    package func keepSnapshot() -> Bool {
        let parameters = flat(model.tensors)
        let arrays = [parameters] + optimizer.arrays.map(\.values)
        guard arrays.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return false }
        kept = (parameters, optimizer.arrays)
        return true
    }

    package func restoreSnapshot(updates: Int) {
        guard let kept else { return }
        model.tensors = named(kept.parameters)
        optimizer.arrays = kept.arrays
        optimizer.updates = updates
    }

    package func vectorState(withSnapshot: Bool) -> [NamedValues] {
        let saved = withSnapshot ? kept.map { [("parameters", $0.parameters)] + $0.arrays } ?? [] : []
        return optimizer.arrays.map { ($0.name, $0.values.map { Float($0) }) }
            + shards.indices.map { ("carried.\($0)", carried($0)) }
            + saved.map { (EngineState.snapshotPrefix + $0.0, $0.1.map { Float($0) }) }
    }

    package func restore(_ state: EngineState) throws(TrainingError) {
        for index in optimizer.arrays.indices {
            optimizer.arrays[index].values = try state.values(optimizer.arrays[index].name, count: layout.length)
                .map { Double($0) }
        }
        for index in shards.indices {
            setCarried(index, try state.values("carried.\(index)", count: carried(index).count))
        }
        if state.hasSnapshot {
            var arrays: [(name: String, values: [Double])] = []
            for (name, _) in optimizer.arrays {
                let values = try state.values(EngineState.snapshotPrefix + name, count: layout.length)
                arrays.append((name, values.map { Double($0) }))
            }
            let parameters = try state.values(EngineState.snapshotPrefix + "parameters", count: layout.length)
            kept = (parameters.map { Double($0) }, arrays)
        } else {
            kept = (flat(model.tensors), optimizer.arrays)
        }
        optimizer.updates = state.updates
        optimizer.scalarState = state.scalarState
    }

    /// The states of a shard's rows, layer by layer h, then c, and for each row whether it has read nothing yet.
    private func carried(_ shard: Int) -> [Float] {
        var values: [Float] = []
        let hasCell = model.specification.cell.hasCellState
        for layer in 0..<model.specification.layers {
            values += part(state.hidden[layer], model.specification.outputSize, shard)
            if hasCell { values += part(state.cell[layer], model.specification.hiddenSize, shard) }
        }
        return values + shards[shard].map { isFresh[$0] ? 1 : 0 }
    }

    private func part(_ values: [Double], _ width: Int, _ shard: Int) -> [Float] {
        values[(shards[shard].lowerBound * width)..<(shards[shard].upperBound * width)].map { Float($0) }
    }

    private func setCarried(_ shard: Int, _ values: [Float]) {
        var rest = values.map { Double($0) }[...]
        let rows = shards[shard]
        func take(_ target: inout [Double], _ width: Int) {
            target.replaceSubrange(
                (rows.lowerBound * width)..<(rows.upperBound * width), with: rest.prefix(rows.count * width))
            rest = rest.dropFirst(rows.count * width)
        }
        for layer in 0..<model.specification.layers {
            take(&state.hidden[layer], model.specification.outputSize)
            if model.specification.cell.hasCellState { take(&state.cell[layer], model.specification.hiddenSize) }
        }
        for (row, fresh) in zip(rows, rest) { isFresh[row] = fresh != 0 }
    }

    // MARK: Layout

    private func flat(_ tensors: [String: [Double]]) -> [Double] {
        var values = [Double](repeating: 0, count: layout.length)
        for entry in layout.entries { values.replaceSubrange(entry.range, with: tensors[entry.name] ?? []) }
        return values
    }

    private func named(_ values: [Double]) -> [String: [Double]] {
        Dictionary(uniqueKeysWithValues: layout.entries.map { ($0.name, Array(values[$0.range])) })
    }
}

/// Scores with the reference model, one stream from the first symbol to the last.
package final class ReferenceScorer: ScoringEngine {
    private let parameters: ModelParameters
    private let specification: ReferenceSpecification

    /// - Throws: ``TrainingError/model(_:)`` if the reference has no such cell.
    package init(_ parameters: ModelParameters) throws(TrainingError) {
        guard let specification = ReferenceSpecification(parameters.configuration) else {
            throw .model("the reference has no cell \(parameters.configuration.cell)")
        }
        self.parameters = parameters
        self.specification = specification
    }

    package func score(
        _ symbols: SymbolSequence, startsAt starts: ((Int) -> Bool)?
    ) -> (nats: Double, count: Int) {
        let nats = nats(symbols, starts)
        return (nats.reduce(0, +), nats.count)
    }

    package func score(
        _ symbols: SymbolSequence, blocks: Int, startsAt starts: ((Int) -> Bool)?
    ) -> [(nats: Double, count: Int)] {
        let nats = nats(symbols, starts)
        let count = min(blocks, nats.count)
        var scored = [(nats: Double, count: Int)](repeating: (0, 0), count: count)
        for (position, value) in nats.enumerated() {
            scored[position * count / nats.count].nats += value
            scored[position * count / nats.count].count += 1
        }
        return scored
    }

    private func nats(_ symbols: SymbolSequence, _ starts: ((Int) -> Bool)?) -> [Double] {
        guard symbols.count > 1 else { return [] }
        var model = ReferenceModel(specification)
        for entry in parameters.layout.entries {
            model.tensors[entry.name] = parameters.blocks[entry.name].array.map { Double($0) }
        }
        let configuration = parameters.configuration
        return model.nats(
            symbols.map { Int($0) },
            resets: (0..<(symbols.count - 1)).map { starts?(symbols.startIndex + $0) ?? false },
            noise: .evaluation(
                zoneoutHidden: configuration.zoneoutHidden, zoneoutCell: configuration.zoneoutCell, of: specification,
                positions: symbols.count - 1))
    }
}

/// Makes reference engines.
package struct ReferenceEngines: EngineFactory {
    package init() {}

    package var optimizers: [String] { ["adam", "adamw", "nt-asgd", "rmsprop", "sgd"] }

    package func makeEngine(_ plan: EnginePlan) throws(TrainingError) -> any TrainingEngine {
        try ReferenceEngine(plan)
    }

    package func makeScorer(_ plan: ScoringPlan, threads: Int) throws(TrainingError) -> any ScoringEngine {
        try ReferenceScorer(plan.parameters)
    }
}
