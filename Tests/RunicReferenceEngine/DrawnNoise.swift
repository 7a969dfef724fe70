package import RunicCells
internal import RunicKernels
package import RunicReference

/// The masks of a training step, drawn as Runic draws them: from the step's key, shard by shard.
package struct DrawnNoise: Sendable {
    package var specification: ReferenceSpecification
    package var regularisation: Regularisation
    package var zoneoutHidden: Double
    package var zoneoutCell: Double
    /// The rows of each shard.
    package var shards: [Range<Int>]

    package init(
        _ specification: ReferenceSpecification, _ regularisation: Regularisation, zoneoutHidden: Double,
        zoneoutCell: Double, shards: [Range<Int>]
    ) {
        self.specification = specification
        self.regularisation = regularisation
        self.zoneoutHidden = zoneoutHidden
        self.zoneoutCell = zoneoutCell
        self.shards = shards
    }

    /// The masks of a step.
    ///
    /// - Parameters:
    ///   - key: fixes every mask.
    ///   - time: T.
    package func masks(key: UInt64, time: Int) -> ReferenceNoise {
        let (D, R, H, L) = (
            specification.embeddingSize, specification.outputSize, specification.hiddenSize, specification.layers
        )
        let batch = shards.reduce(0) { $0 + $1.count }
        var noise = ReferenceNoise()
        let own = regularisation
        func all(
            _ purpose: ShardNoise.Purpose, _ layer: Int, _ probability: Double, _ width: Int, repeats: Bool,
            steps: Int? = nil
        ) -> [Double] {
            joined(
                key, purpose, layer: layer, probability: probability, width: width, repeats: repeats,
                steps: steps ?? time)
        }
        if own.embeddingDropout > 0 {
            noise.embedding = all(.embedding, 0, own.embeddingDropout, D, repeats: own.variational)
        }
        if own.layerDropout > 0 || own.outputDropout > 0 {
            noise.layers = (0..<L).map { layer in
                let probability = layer == L - 1 ? own.outputDropout : own.layerDropout
                guard probability > 0 else { return [Double](repeating: 1, count: time * batch * R) }
                return all(.output, layer, probability, R, repeats: own.variational)
            }
        }
        if own.recurrentDropout > 0 {
            noise.recurrent = (0..<L).map { all(.recurrent, $0, own.recurrentDropout, R, repeats: true, steps: 1) }
        }
        if own.weightDrop > 0 {
            noise.weights = (0..<L).map {
                values(
                    ShardNoise.weightMask(key: key, layer: $0, probability: own.weightDrop),
                    count: specification.gateSize * R)
            }
        }
        // A mask that drops marks what keeps its old value.
        func kept(_ mask: [Double]) -> [Double] { mask.map { $0 == 0 ? 1 : 0 } }
        if zoneoutHidden > 0 {
            noise.zoneoutHidden = (0..<L).map { kept(all(.zoneoutHidden, $0, zoneoutHidden, R, repeats: false)) }
        }
        if zoneoutCell > 0 && specification.cell.hasCellState {
            noise.zoneoutCell = (0..<L).map { kept(all(.zoneoutCell, $0, zoneoutCell, H, repeats: false)) }
        }
        return noise
    }

    /// The first `count` elements of a dropout mask.
    private func values(_ mask: DropoutMask, count: Int) -> [Double] {
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }
        let (ones, kept): (Block<Float>, Block<Float>) = (
            arena.block(rows: 1, columns: count), arena.block(rows: 1, columns: count)
        )
        ones.fill(1)
        ElementWise.dropout(ones, mask, first: 0, to: Operand(kept))
        return kept.array.map { Double($0) }
    }

    /// The masks of all shards put together, (T · B, width).
    ///
    /// - Parameter repeats: whether one mask, (B, width), serves all steps.
    private func joined(
        _ key: UInt64, _ purpose: ShardNoise.Purpose, layer: Int, probability: Double, width: Int, repeats: Bool,
        steps: Int
    ) -> [Double] {
        let parts = shards.enumerated().map { shard, rows in
            values(
                ShardNoise(key: key, shard: shard).mask(purpose, layer: layer, probability: probability),
                count: rows.count * width * (repeats ? 1 : steps))
        }
        return (0..<steps).flatMap { step in
            zip(shards, parts).flatMap { rows, part in
                let start = repeats ? 0 : step * rows.count * width
                return part[start..<(start + rows.count * width)]
            }
        }
    }
}
