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

    /// - Parameters:
    ///   - positions: how many symbols a pass has, to choose how they enter the first layer.
    ///   - rowsHint: how many rows a step has.
    /// - Throws: ``ModelError/matrix(_:)``.
    package init(
        parameters: ModelParameters, precision: Precision, trains: Bool, positions: Int, rowsHint: Int
    ) throws(ModelError) {
        self.parameters = parameters
        do {
            library = try MatrixLibrary()
            stack = try StackWeights(
                shape: parameters.shape, parameters: parameters.blocks,
                symbolInput: parameters.configuration.vocabularySize <= positions ? .table : .gather,
                precision: precision, library: library, trains: trains, rowsHint: rowsHint)
            decoder = try DecoderWeights(
                parameters: parameters.blocks, precision: precision, library: library, trains: trains)
        } catch {
            throw .matrix(error.description)
        }
        let tasks = stack.refreshTasks + decoder.refreshTasks
        taskCount = tasks.count
        refreshJob = { tasks[$0]() }
    }

    /// Brings the weights up to date with the parameters.
    package func refresh(_ pool: WorkerPool) {
        guard let meter = pool.meter else { return pool.run(tasks: taskCount, refreshJob) }
        pool.run(tasks: taskCount) { [refreshJob] task in Optional(meter).time(.packing) { refreshJob(task) } }
    }
}
