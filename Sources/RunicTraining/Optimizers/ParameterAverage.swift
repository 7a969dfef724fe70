package import RunicCells
package import RunicKernels

/// An average of the parameters over updates, as long as their buffer.
package final class ParameterAverage: @unchecked Sendable {
    // Sendable by hand: one thread drives it, and its workers write disjoint ranges.
    private let buffer: AlignedBuffer<Float>
    private let sliceCount: Int
    /// The update of one slice, made once, so that a step allocates nothing.
    private let job: @Sendable (Int) -> Void
    private let update = TaskInput(Update())

    private struct Update {
        var parameters: Block<Float>?
        var weight = 1.0
        var meter: StepMeter?
    }

    package init(layout: ParameterLayout) {
        buffer = AlignedBuffer(zeros: layout.length)
        let slices = layout.slices.map(\.range)
        sliceCount = slices.count
        let average = buffer.block
        job = { [update] index in
            let update = update.value
            guard let parameters = update.parameters else { return }
            update.meter.time(.optimizer) {
                AverageKernel.update(
                    average: average.columns(slices[index]), parameters: parameters.columns(slices[index]),
                    weight: update.weight)
            }
        }
    }

    /// The average.
    package var values: Block<Float> { buffer.block }

    /// average ← average + weight · (parameters − average).
    package func add(_ parameters: Block<Float>, weight: Double, pool: WorkerPool, meter: StepMeter?) {
        update.value = Update(parameters: parameters, weight: weight, meter: meter)
        pool.run(tasks: sliceCount, job)
    }
}
