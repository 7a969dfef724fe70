extension ReferenceModel {
    /// Loss, gradients and final state of a batch; the state it starts from counts as a constant.
    package func run(
        _ batch: ReferenceBatch, from state: ReferenceState, noise: ReferenceNoise = ReferenceNoise(),
        objective: ReferenceObjective = ReferenceObjective()
    ) -> ReferencePass {
        let (D, R) = (specification.embeddingSize, specification.outputSize)
        let forward = forward(batch, from: state, noise: noise)
        var gradients = ReferenceGradients(like: tensors)
        // ∂/∂x_{l+1}, from the top down.
        var dx = ReferenceDecoder(self)
            .backward(forward.output, batch.targets, smoothing: objective.labelSmoothing, &gradients)
        addActivationPenalty(forward.output, objective, to: &dx)
        // ∂/∂(sum of the h of all layers), which is that of each of them.
        let top = specification.layers - 1
        let dSum = dx.enumerated().map { $1 * ReferenceNoise.row(noise.layers, of: top, $0, R) }
        for layer in (0..<specification.layers).reversed() {
            var dHidden = dx.enumerated().map { $1 * ReferenceNoise.row(noise.layers, of: layer, $0, R) }
            if specification.skip && layer < top { dHidden = zip(dHidden, dSum).map { $0 + $1 } }
            if layer == specification.layers - 1 { addTemporalPenalty(batch, forward, objective, to: &dHidden) }
            let dInput = ReferenceLayer(self, layer: layer, noise: noise)
                .backward(batch, forward.traces[layer], dHidden, &gradients)
            dx = adds(layer) ? zip(dx, dInput).map { $0 + $1 } : dInput
        }
        for (position, symbol) in batch.symbols.enumerated() {
            let mask = ReferenceNoise.row(noise.embedding, position, D)
            gradients.add("embedding.weight", at: symbol * D, dx[position] * mask)
        }
        let last = forward.traces.map { $0.afters.suffix(batch.rows) }
        return ReferencePass(
            loss: ReferenceDecoder(self).losses(forward.output, batch.targets).mean,
            objective: self.objective(batch, forward, objective),
            gradients: gradients.tensors,
            state: ReferenceState(
                hidden: last.map { $0.flatMap(\.hidden.values) }, cell: last.map { $0.flatMap(\.cell.values) }),
            output: forward.output.flatMap(\.values))
    }

    /// Adds ∂/∂x_L of the penalty on x_L.
    private func addActivationPenalty(_ output: [Vector], _ objective: ReferenceObjective, to dx: inout [Vector]) {
        let elements = Double(output.count * specification.outputSize)
        for (position, x) in output.enumerated() { dx[position] += 2 * objective.activationPenalty / elements * x }
    }

    /// Adds ∂/∂h_t of the penalty on the changes of the top layer's h.
    private func addTemporalPenalty(
        _ batch: ReferenceBatch, _ forward: Forward, _ objective: ReferenceObjective, to dHidden: inout [Vector]
    ) {
        let changes = changes(batch, forward)
        let elements = Double(changes.count * specification.outputSize)
        for (position, change) in changes.enumerated() {
            let slope = 2 * objective.temporalPenalty / elements * change
            dHidden[position] = dHidden[position] - slope
            dHidden[position + batch.rows] += slope
        }
    }
}
