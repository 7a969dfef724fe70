package import RunicModel
package import RunicSymbols

/// The step of whatever is trained: a gradient, its norm, and an update.
package protocol GradientStep: AnyObject {
    /// Computes the gradient of the batch.
    ///
    /// - Parameter key: fixes the noise of the step; nil for no noise.
    /// - Returns: the mean loss of the whole batch: in nats per symbol, if it reads symbols.
    func gradient(key: UInt64?) -> Double

    /// The norm of the last gradient, that of the whole batch.
    func gradientNorm() -> Double

    /// Updates the parameters from the last gradient, multiplied by `gradientScale`.
    func update(gradientScale: Float, learningRate: Double)
}

/// The parameters in training and everything that changes them, wherever they are.
///
/// An engine holds the parameters, their gradient, the optimizer with its average, the carried states and one snapshot. A
/// ``Trainer`` decides what is read, how fast it is learnt and when it is saved; it never looks into an engine's memory.
/// One step is:
///
///     for row in engine.rows { engine.setRow(row, symbols: …) }       // then startDocument(row:step:)
///     let loss = engine.gradient(key: key)
///     let norm = engine.gradientNorm()
///     engine.update(gradientScale: scale, learningRate: rate)
///
/// One thread drives an engine.
package protocol TrainingEngine: GradientStep {
    /// The rows of the batch that this process reads; all of them, unless several processes train together.
    var rows: Range<Int> { get }

    /// Sets the next symbols of a row of the batch: all but the last are read, all but the first are predicted.
    ///
    /// All rows of a step need the same number of symbols, which may differ from step to step.
    func setRow(_ row: Int, symbols: SymbolSequence)

    /// Marks the beginning of a document in a row that was set: its state is reset before it reads the step's symbol.
    func startDocument(row: Int, step: Int)

    /// Sets the carried states to the initial state.
    func resetState()

    /// The number of updates done.
    var updates: Int { get }

    /// The scalars of optimizer state by name, all finite; only ``validated(_:)`` and ``restore(_:)`` change them.
    var scalarState: [String: Double] { get }

    /// Called after every validation with its loss in nats per symbol; infinity if the loss was not a finite number.
    func validated(_ nats: Double)

    /// Whether it can keep an average of the parameters, which validation and archives then use.
    var keepsAverage: Bool { get }

    /// Copies the parameters, or their average as far as there is one, into host memory.
    ///
    /// Where several processes train together, all of them ask for an average after an update before any of them asks alone.
    ///
    /// - Parameter parameters: of the same model. It may be the object that the engine was made with.
    func read(into parameters: ModelParameters, averaged: Bool)

    /// A scorer that shares the engine's processors.
    ///
    /// - Throws: ``TrainingError/model(_:)``.
    func makeScorer(_ plan: ScoringPlan) throws(TrainingError) -> any ScoringEngine

    /// Copies parameters and optimizer state if all of them are finite, in all processes.
    ///
    /// - Returns: whether they are.
    func keepSnapshot() -> Bool

    /// Restores the snapshot.
    ///
    /// - Parameter updates: the number of updates that were done when it was kept.
    func restoreSnapshot(updates: Int)

    /// The arrays that resuming needs in addition to the parameters. Several processes that train together all ask for them.
    ///
    /// Engines name them alike, so that a run can be resumed by another engine: the optimizer's arrays by its own names,
    /// `carried.N` for the states of shard N, and `good.` before the names of the snapshot's arrays.
    ///
    /// - Parameter withSnapshot: whether the snapshot is not the present state, and is needed.
    func vectorState(withSnapshot: Bool) -> [NamedValues]

    /// Takes the state of another engine, whose parameters this one already has.
    ///
    /// - Throws: ``TrainingError/model(_:)`` if an array is missing or has another length.
    func restore(_ state: EngineState) throws(TrainingError)
}

/// An array of a saved run and its name.
package typealias NamedValues = (name: String, values: [Float])

/// What an engine needs to continue a saved run.
package struct EngineState: Sendable {
    /// The number of updates done.
    package var updates: Int
    package var scalarState: [String: Double]
    /// The arrays of ``TrainingEngine/vectorState(withSnapshot:)`` by name.
    package var vectors: [String: [Float]]
    /// Whether the snapshot is among them; else it is the present state.
    package var hasSnapshot: Bool

    /// An array of a known length.
    ///
    /// - Throws: ``TrainingError/model(_:)`` if it is missing or has another length.
    package func values(_ name: String, count: Int) throws(TrainingError) -> [Float] {
        guard let found = vectors[name], found.count == count else {
            throw .model("\(name) is missing from the saved run, or has another length")
        }
        return found
    }

    // The name that checkpoints of version 0.1.0 have.
    package static let snapshotPrefix = "good."
}
