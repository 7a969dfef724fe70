package import RunicCells
package import RunicKernels

/// A model's weights as the batched passes read them, for one precision. Follows a parameter buffer.
package final class ModelWeights: Sendable {
    package let parameters: ModelParameters
    package let stack: StackWeights
    package let decoder: DecoderWeights
    let library: MatrixLibrary
    private let taskCount: Int
    private let refreshJob: @Sendable (Int) -> Void
    /// What a refresh of this moment is about; the job is made once, so that a step allocates nothing.
    private let moment = Moment()

    /// - Parameters:
    ///   - positions: how many symbols a pass has, to choose how they enter the first layer.
    ///   - rowsHint: how many rows a step has.
    ///   - regularisation: what passes with noise will do.
    /// - Throws: ``ModelError/matrix(_:)``.
    package init(
        parameters: ModelParameters, precision: Precision, trains: Bool, positions: Int, rowsHint: Int,
        regularisation: Regularisation = .none
    ) throws(ModelError) {
        self.parameters = parameters
        // Positions with masks of their own have no row of a table in common.
        let usesTable =
            parameters.configuration.vocabularySize <= positions && !(trains && regularisation.embeddingDropout > 0)
        do {
            library = try MatrixLibrary()
            stack = try StackWeights(
                shape: parameters.shape, parameters: parameters.blocks,
                symbolInput: usesTable ? .table : .gather, precision: precision, library: library, trains: trains,
                rowsHint: rowsHint, regularisation: regularisation)
            decoder = try DecoderWeights(
                parameters: parameters, precision: precision, library: library, trains: trains)
        } catch {
            throw .matrix(error.description)
        }
        let tasks = stack.refreshTasks + decoder.refreshTasks
        taskCount = tasks.count
        refreshJob = { [moment] task in
            moment.meter.time(.packing) { tasks[task](moment.key) }
        }
    }

    /// Brings the weights up to date with the parameters.
    ///
    /// - Parameter key: fixes which weights are dropped; nil where none are.
    package func refresh(_ pool: WorkerPool, key: UInt64? = nil) {
        moment.meter = pool.meter
        moment.key = key
        pool.run(tasks: taskCount, refreshJob)
    }

    private final class Moment: @unchecked Sendable {
        // Sendable by hand: written between the pool's runs.
        var meter: StepMeter?
        var key: UInt64?
    }
}
