package import RunicCells
package import RunicKernels

/// An average of the parameters over updates, as long as their buffer.
package final class ParameterAverage: @unchecked Sendable {
    // Sendable by hand: one thread drives it, and its workers write disjoint ranges.
    private let buffer: AlignedBuffer<Float>
    private let pieceCount: Int
    private let job: @Sendable (Int) -> Void
    private let call = Call()

    private final class Call: @unchecked Sendable {
        // Sendable by hand: written between the pool's runs.
        var parameters: Block<Float>?
        var share = 1.0
        var meter: StepMeter?
    }

    package init(layout: ParameterLayout) {
        buffer = AlignedBuffer(zeros: layout.length)
        let pieces = layout.pieces.map(\.range)
        pieceCount = pieces.count
        let average = buffer.block
        job = { [call] index in
            guard let parameters = call.parameters else { return }
            call.meter.time(.optimizer) {
                AverageKernel.update(
                    average: average.columns(pieces[index]), parameters: parameters.columns(pieces[index]),
                    share: call.share)
            }
        }
    }

    /// The average.
    package var values: Block<Float> { buffer.block }

    /// average ← average + share · (parameters − average).
    package func add(_ parameters: Block<Float>, share: Double, pool: WorkerPool) {
        call.parameters = parameters
        call.share = share
        call.meter = pool.meter
        pool.run(tasks: pieceCount, job)
    }
}
