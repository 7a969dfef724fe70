internal import RunicCells
package import RunicKernels
package import RunicModel

extension StateGradient {
    /// Rows that go through a model together.
    private static let rows = 16

    /// Measures the last layer of a model by back-propagation, in float32.
    ///
    /// Every row of a pass reads the same symbols. Its loss is one number, e · h_T or e · c_T for a direction e of
    /// ``ProbeDirections``, so that the gradient at h_{T−k} is the row eᵀ ∂h_T/∂h_{T−k} of the Jacobian. The layer's
    /// input is fixed: paths through the layers below do not count.
    ///
    /// - Parameters:
    ///   - symbols: the text; the gradient goes back over the last `steps` of them, and those before make the initial
    ///     state.
    ///   - seed: of the random directions, where the state is too wide for all.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    /// - Precondition: more symbols than `steps`.
    /// - Complexity: three steps of the model for each probe and symbol.
    package init(
        of parameters: ModelParameters, symbols: [Int], steps: Int, seed: UInt64 = 1, pool: WorkerPool
    ) throws(MatrixError) {
        precondition(steps > 0 && symbols.count > steps, "\(symbols.count) symbols for \(steps) steps")
        let shape = parameters.shape
        let weights = try StackWeights(
            shape: shape, parameters: parameters.blocks, symbolInput: .gather, precision: .float32,
            library: MatrixLibrary(), trains: true, rowsHint: Self.rows)
        let refresh = weights.refreshTasks
        pool.run(tasks: refresh.count) { refresh[$0](nil) }

        let ofHidden = ProbeDirections(size: shape.outputSize, seed: seed)
        let ofCell = shape.auxiliarySize > 0 ? ProbeDirections(size: shape.auxiliarySize, seed: seed + 1) : nil
        let probes =
            ofHidden.rows.map { JacobianPass.Probe(isHidden: true, direction: $0) }
            + (ofCell?.rows ?? []).map { JacobianPass.Probe(isHidden: false, direction: $0) }
        var sums = JacobianPass.Sums(steps: steps)
        var rest = probes[...]
        while !rest.isEmpty {
            var passes: [JacobianPass] = []
            while passes.count < pool.workerCount && !rest.isEmpty {
                passes.append(
                    try JacobianPass(
                        weights: weights, probes: Array(rest.prefix(Self.rows)), symbols: symbols, steps: steps))
                rest = rest.dropFirst(Self.rows)
            }
            pool.run(tasks: passes.count) { [passes] in passes[$0].run() }
            for pass in passes { sums.add(pass.sums) }
        }
        func norms(_ sums: [Double], _ count: Int) -> [Double] {
            Array(sums.map { ($0 / Double(count)).squareRoot() }.prefix { $0.isFinite })
        }
        self.init()
        hidden = norms(sums.hidden, ofHidden.rows.count)
        guard let ofCell else { return }
        hiddenByCell = norms(sums.hiddenByCell, ofHidden.rows.count)
        cell = norms(sums.cell, ofCell.rows.count)
    }
}
