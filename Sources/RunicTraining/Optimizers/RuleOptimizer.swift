package import RunicCells
package import RunicKernels

/// An optimizer that applies a rule to every parameter, piece by piece on the workers.
package final class RuleOptimizer<Rule: UpdateRule>: Optimizer, @unchecked Sendable {
    // Sendable by hand: one thread drives it, and its workers update disjoint ranges.
    package var step = 0
    package let memory: [(name: String, values: Block<Float>)]
    private let arena = Arena()
    private let pieceCount: Int
    /// The update of one piece, made once, so that a step allocates nothing.
    private let job: @Sendable (Int) -> Void
    private let call = Call()

    /// What an update is about.
    private final class Call: @unchecked Sendable {
        // Sendable by hand: written between the pool's runs.
        var blocks: (parameters: Block<Float>, gradient: Block<Float>)?
        var step = UpdateStep()
        var meter: StepMeter?
    }

    /// - Parameter decay: λ of the weight decay, which is for matrices only.
    package init(_ rule: Rule, layout: ParameterLayout, decay: Double) {
        let memory = rule.memoryNames.map { [arena] name in
            (name: name, values: arena.block(Float.self, rows: 1, columns: layout.length))
        }
        self.memory = memory
        let pieces = layout.pieces.map { range, isMatrix in
            (range: range, memory: memory.map { $0.values.columns(range) }, decay: isMatrix ? decay : 0)
        }
        pieceCount = pieces.count
        job = { [call] index in
            guard let (parameters, gradient) = call.blocks else { return }
            let piece = pieces[index]
            call.meter.time(.optimizer) {
                rule.update(
                    ParameterSlice(
                        parameters: parameters.columns(piece.range), gradient: gradient.columns(piece.range),
                        memory: piece.memory, decay: piece.decay),
                    call.step)
            }
        }
    }

    package func update(
        parameters: Block<Float>, gradient: Block<Float>, gradientScale: Float, learningRate: Double, pool: WorkerPool
    ) {
        step += 1
        call.blocks = (parameters, gradient)
        call.step = UpdateStep(number: step, gradientScale: gradientScale, learningRate: learningRate)
        call.meter = pool.meter
        pool.run(tasks: pieceCount, job)
    }
}
