internal import RunicCells
internal import RunicKernels
package import RunicModel
package import RunicSymbols

/// The engine that trains on this machine's processors.
package final class HostEngine: TrainingEngine {
    private let parameters: ModelParameters
    private let gradients: GradientEngine
    private let updating: HostUpdates
    private lazy var snapshot = Snapshot(of: [("parameters", updating.parameters)] + optimizer.vectorState)
    private let communicator: any Communicator
    /// The average after some number of updates, where each process owns a share of it.
    private var gathered: (updates: Int, average: [Float])?

    /// - Parameter makeOptimizer: makes the optimizer for the parameters that this process updates.
    /// - Throws: ``TrainingError``: the model cannot be made, or so many processes cannot share the batch.
    init(
        _ plan: EnginePlan, communicator: any Communicator,
        makeOptimizer: (ParameterLayout) throws(TrainingError) -> any Optimizer
    ) throws(TrainingError) {
        let groups = ShardTree.groups(of: ShardRows.ranges(batch: plan.settings.batch).count)
        guard communicator.count == 1 || groups % communicator.count == 0 else {
            throw .processes(communicator.count, batch: plan.settings.batch, most: groups)
        }
        parameters = plan.parameters
        self.communicator = communicator
        var share: ProcessShare?
        if communicator.count > 1 {
            let shape = parameters.shape
            share = ProcessShare(
                communicator, parameters: parameters.layout,
                longest: parameters.configuration.vocabularySize * max(shape.gateSize, shape.outputSize))
        }
        do {
            gradients = try GradientEngine(
                parameters: parameters, precision: plan.settings.productPrecision, batch: plan.settings.batch,
                time: plan.settings.longestSequence, regularisation: plan.settings.regularisation,
                resets: plan.resets, part: BatchPart(index: communicator.rank, of: communicator.count),
                exchange: share)
        } catch {
            throw .model(error.description)
        }
        updating = HostUpdates(
            parameters: parameters.whole, gradient: gradients.gradient, layout: parameters.layout,
            share: share, optimizer: try makeOptimizer(share?.layout ?? parameters.layout),
            pool: WorkerPool(workerCount: plan.settings.threads), meter: plan.meter)
    }

    private var optimizer: any Optimizer { updating.optimizer }
    private var pool: WorkerPool { updating.pool }

    package var rows: Range<Int> { gradients.rows }

    package func setRow(_ row: Int, symbols: SymbolSequence) { gradients.setRow(row, symbols: symbols) }

    package func startDocument(row: Int, step: Int) { gradients.startDocument(row: row, step: step) }

    package func gradient(key: UInt64?) -> Double { gradients.run(pool: pool, key: key, meter: updating.meter) }

    package func gradientNorm() -> Double { updating.gradientNorm() }

    package func update(gradientScale: Float, learningRate: Double) {
        updating.update(gradientScale: gradientScale, learningRate: learningRate)
    }

    package func resetState() { gradients.resetState() }

    package var updates: Int { optimizer.step }

    package var scalarState: [String: Double] { optimizer.scalarState }

    package func validated(_ nats: Double) { optimizer.validated(nats, parameters: updating.parameters) }

    package var keepsAverage: Bool { optimizer.keepsAverage }

    package func read(into copy: ModelParameters, averaged: Bool) {
        if averaged, updating.share == nil, let average = optimizer.average {
            copy.whole.assign(from: average)
        } else if averaged, let average = wholeAverage {
            copy.whole.assign(from: average)
        } else if copy !== parameters {
            copy.whole.assign(from: parameters.whole)
        }
    }

    /// The average in full, gathered once for any number of updates.
    private var wholeAverage: [Float]? {
        guard let average = optimizer.average else { return nil }
        if let gathered, gathered.updates == optimizer.step { return gathered.average }
        let whole = updating.whole(average)
        gathered = (optimizer.step, whole)
        return whole
    }

    package func makeScorer(_ plan: ScoringPlan) throws(TrainingError) -> any ScoringEngine {
        try SequenceScorer(plan, pool: pool)
    }

    package func keepSnapshot() -> Bool {
        let isFinite = snapshot.isFinite(pool)
        guard updating.share?.all(isFinite) ?? isFinite else { return false }
        snapshot.keep(pool)
        return true
    }

    package func restoreSnapshot(updates: Int) {
        snapshot.restore()
        updating.spread()
        optimizer.step = updates
        gathered = nil
    }

    package func vectorState(withSnapshot: Bool) -> [NamedValues] {
        let kept = withSnapshot ? snapshot.copies : []
        return optimizer.vectorState.map { ($0.name, updating.whole($0.values)) }
            + carried.enumerated().map { (Self.carriedName($0.offset), $0.element) }
            + kept.map { (EngineState.snapshotPrefix + $0.name, updating.whole($0.values)) }
    }

    package func restore(_ state: EngineState) throws(TrainingError) {
        let length = parameters.layout.length
        for (name, block) in optimizer.vectorState {
            updating.take(try state.values(name, count: length), into: block)
        }
        var carried: [[Float]] = []
        for (shard, current) in zip(gradients.ownShards, gradients.state) {
            carried.append(try state.values(Self.carriedName(shard), count: current.count))
        }
        gradients.state = carried
        if state.hasSnapshot {
            for (name, block) in snapshot.copies {
                updating.take(try state.values(EngineState.snapshotPrefix + name, count: length), into: block)
            }
        } else {
            snapshot.keep(pool)
        }
        optimizer.step = state.updates
        optimizer.scalarState = state.scalarState
        gathered = nil
    }

    /// The carried states of all shards, those of the other processes included.
    private var carried: [[Float]] {
        let own = gradients.state
        guard communicator.count > 1 else { return own }
        let width = own[0].count / gradients.shardRows[gradients.ownShards.lowerBound].count
        var all = communicator.gather(own.flatMap(\.self)).flatMap(\.self)[...]
        return gradients.shardRows.map { rows in
            defer { all = all.dropFirst(rows.count * width) }
            return Array(all.prefix(rows.count * width))
        }
    }

    private static func carriedName(_ shard: Int) -> String { "carried.\(shard)" }
}

/// Makes engines for this machine's processors.
package struct HostEngines: EngineFactory {
    private let registry: OptimizerRegistry
    package let communicator: any Communicator

    /// - Parameter communicator: reaches the processes that train the same model.
    package init(
        optimizers: OptimizerRegistry = OptimizerRegistry(), communicator: any Communicator = SingleProcess()
    ) {
        registry = optimizers
        self.communicator = communicator
    }

    package var optimizers: [String] { registry.names }

    package func makeEngine(_ plan: EnginePlan) throws(TrainingError) -> any TrainingEngine {
        try HostEngine(plan, communicator: communicator) { (layout) throws(TrainingError) in
            try registry.make(layout, plan.settings)
        }
    }

    package func makeScorer(_ plan: ScoringPlan, threads: Int) throws(TrainingError) -> any ScoringEngine {
        try SequenceScorer(plan, pool: WorkerPool(workerCount: threads))
    }
}

extension SequenceScorer: ScoringEngine {
    /// - Throws: ``TrainingError/model(_:)``.
    fileprivate convenience init(_ plan: ScoringPlan, pool: WorkerPool) throws(TrainingError) {
        do {
            try self.init(
                quickFor: plan.symbols, parameters: plan.parameters, precision: plan.precision, resets: plan.resets,
                pool: pool)
        } catch {
            throw .model(error.description)
        }
    }
}
