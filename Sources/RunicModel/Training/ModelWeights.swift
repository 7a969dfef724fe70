package import RunicCells
package import RunicKernels

/// A model's weights, packed for batched passes in one precision. They follow a parameter buffer.
package final class ModelWeights: Sendable {
    package let parameters: ModelParameters
    package let stack: StackWeights
    package let decoder: DecoderWeights
    let library: MatrixLibrary
    private let taskCount: Int
    private let refreshJob: @Sendable (Int) -> Void
    /// Read by the job, which is made once, so that a step allocates nothing.
    private let step = TaskInput(StepContext())

    /// - Parameters:
    ///   - positions: the number of symbols of a pass, which decides how they enter the first layer.
    ///   - rowsHint: the number of rows of a step.
    ///   - regularisation: applied by passes with noise.
    /// - Throws: ``ModelError/matrix(_:)``.
    package init(
        parameters: ModelParameters, precision: Precision, trains: Bool, positions: Int, rowsHint: Int,
        regularisation: Regularisation = .none
    ) throws(ModelError) {
        self.parameters = parameters
        let input = SymbolInput.forBatch(
            vocabularySize: parameters.configuration.vocabularySize, positions: positions,
            embeddingDropout: trains ? regularisation.embeddingDropout : 0)
        do {
            library = try MatrixLibrary()
            stack = try StackWeights(
                shape: parameters.shape, parameters: parameters.blocks,
                symbolInput: input, precision: precision, library: library, trains: trains,
                rowsHint: rowsHint, regularisation: regularisation)
            decoder = try DecoderWeights(
                parameters: parameters, precision: precision, library: library, trains: trains)
        } catch {
            throw .matrix(error.description)
        }
        let tasks = stack.refreshTasks + decoder.refreshTasks
        taskCount = tasks.count
        refreshJob = { [step] task in
            let step = step.value
            step.meter.time(.packing) { tasks[task](step.key) }
        }
    }

    /// Brings the weights up to date with the parameters.
    ///
    /// The step's key fixes which weights are dropped.
    package func refresh(_ pool: WorkerPool, _ step: StepContext = StepContext()) {
        self.step.value = step
        pool.run(tasks: taskCount, refreshJob)
    }
}
