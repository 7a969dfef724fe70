extension ReferenceModel {
    /// All that a pass makes on its way up.
    struct Forward: Sendable {
        var traces: [ReferenceTrace]
        /// x_L, position by position.
        var output: [Vector]
    }

    /// Takes a batch through all layers.
    func forward(_ batch: ReferenceBatch, from state: ReferenceState, noise: ReferenceNoise) -> Forward {
        let (D, H, R) = (specification.embeddingSize, specification.hiddenSize, specification.outputSize)
        let embedding = rows("embedding.weight", D)
        var x = batch.symbols.enumerated().map { embedding[$1] * ReferenceNoise.row(noise.embedding, $0, D) }
        var traces: [ReferenceTrace] = []
        for layer in 0..<specification.layers {
            let carried = (0..<batch.rows).map { row in
                ReferenceUnit(
                    hidden: ReferenceNoise.row(state.hidden[layer], row, R),
                    cell: ReferenceNoise.row(state.cell[layer], row, H))
            }
            let trace = ReferenceLayer(self, layer: layer, noise: noise).forward(batch, x, from: carried)
            let dropped = trace.afters.enumerated().map {
                $1.hidden * ReferenceNoise.row(noise.layers, of: layer, $0, R)
            }
            x = adds(layer) ? zip(x, dropped).map { $0 + $1 } : dropped
            traces.append(trace)
        }
        if specification.skip {
            x = x.indices.map { position in
                let sum = traces.reduce(Vector.zeros(R)) { $0 + $1.afters[position].hidden }
                return sum * ReferenceNoise.row(noise.layers, of: specification.layers - 1, position, R)
            }
        }
        return Forward(traces: traces, output: x)
    }

    /// Whether a layer's output is added to its input.
    func adds(_ layer: Int) -> Bool { specification.residual && layer >= 1 }

    /// The objective: −log p against smoothed targets, and the penalties.
    package func objective(
        _ batch: ReferenceBatch, from state: ReferenceState, noise: ReferenceNoise = ReferenceNoise(),
        objective: ReferenceObjective
    ) -> Double {
        self.objective(batch, forward(batch, from: state, noise: noise), objective)
    }

    func objective(_ batch: ReferenceBatch, _ forward: Forward, _ objective: ReferenceObjective) -> Double {
        let activations = forward.output.map { ($0 * $0).mean }
        let losses = ReferenceDecoder(self).losses(forward.output, batch.targets, smoothing: objective.labelSmoothing)
        var value = losses.mean
        value += objective.activationPenalty * Vector(activations).mean
        if batch.time > 1 {
            let changes = changes(batch, forward).map { ($0 * $0).mean }
            value += objective.temporalPenalty * Vector(changes).mean
        }
        return value
    }

    /// h_t − h_{t−1} of the top layer for t ≥ 1, ((T−1)·B).
    func changes(_ batch: ReferenceBatch, _ forward: Forward) -> [Vector] {
        let top = forward.traces[specification.layers - 1].afters.map(\.hidden)
        return zip(top.dropFirst(batch.rows), top).map { $0 - $1 }
    }
}
