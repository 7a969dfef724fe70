package import RunicCells
package import RunicKernels

/// An optimizer that applies a rule to every parameter, slice by slice on the workers.
package final class RuleOptimizer<Rule: UpdateRule>: Optimizer, @unchecked Sendable {
    // Sendable by hand: one thread drives it, and its workers update disjoint ranges.
    package var step = 0
    package let vectorState: [(name: String, values: Block<Float>)]
    private let arena = Arena()
    private let sliceCount: Int
    /// The update of one slice, made once, so that a step allocates nothing.
    private let job: @Sendable (Int) -> Void
    private let current = TaskInput(Update())

    private struct Update {
        var blocks: (parameters: Block<Float>, gradient: Block<Float>)?
        var step = UpdateStep()
        var meter: StepMeter?
    }

    /// - Parameter decay: λ of the weight decay, which applies to matrices only.
    package init(_ rule: Rule, layout: ParameterLayout, decay: Double) {
        let state = rule.stateNames.map { [arena] name in
            (name: name, values: arena.block(Float.self, rows: 1, columns: layout.length))
        }
        vectorState = state
        let slices = layout.slices.map { range, isMatrix in
            (range: range, state: state.map { $0.values.columns(range) }, decay: isMatrix ? decay : 0)
        }
        sliceCount = slices.count
        job = { [current] index in
            let update = current.value
            guard let (parameters, gradient) = update.blocks else { return }
            let slice = slices[index]
            update.meter.time(.optimizer) {
                rule.update(
                    ParameterSlice(
                        parameters: parameters.columns(slice.range), gradient: gradient.columns(slice.range),
                        state: slice.state, decay: slice.decay),
                    update.step)
            }
        }
    }

    package func update(
        parameters: Block<Float>, gradient: Block<Float>, gradientScale: Float, learningRate: Double, pool: WorkerPool,
        meter: StepMeter?
    ) {
        step += 1
        current.value = Update(
            blocks: (parameters, gradient),
            step: UpdateStep(number: step, gradientScale: gradientScale, learningRate: learningRate), meter: meter)
        pool.run(tasks: sliceCount, job)
    }
}
