import RunicCells
import RunicKernels
import RunicModel
import RunicReference
import Testing

/// A model with options of its cell and its stack, and noise: for the engine and for the reference, with the same masks.
struct VariantCase: Sendable, CustomTestStringConvertible {
    var specification: ReferenceSpecification
    /// B and T.
    var batch = 18
    var time = 9
    var regularisation = Regularisation()
    var zoneoutHidden = 0.0
    var zoneoutCell = 0.0
    /// Whether some rows are reset within the second batch.
    var resets = false
    let key: UInt64 = 91

    init(_ cell: String, _ change: (inout VariantCase) -> Void = { _ in }) {
        specification = ReferenceSpecification(
            cell: ReferenceCell(stringLiteral: cell), vocabularySize: 11, embeddingSize: 5, hiddenSize: 7, layers: 2)
        change(&self)
    }

    var testDescription: String {
        var text = "\(specification) B\(batch) T\(time)"
        if regularisation != .none { text += " noise" }
        if zoneoutHidden > 0 || zoneoutCell > 0 { text += " zoneout" }
        return resets ? text + " resets" : text
    }

    var configuration: ModelConfiguration {
        var made = ModelConfiguration(
            cell: specification.cell.rawValue, vocabularySize: specification.vocabularySize,
            embeddingSize: specification.embeddingSize, hiddenSize: specification.hiddenSize,
            layers: specification.layers)
        made.projectionSize = specification.projectionSize
        made.residual = specification.residual
        made.layerNorm = specification.layerNorm
        made.learnsInitialState = specification.learnsInitialState
        made.tied = specification.tied
        made.zoneoutHidden = zoneoutHidden
        made.zoneoutCell = zoneoutCell
        return made
    }

    var reference: ReferenceModel { ReferenceModel(specification, scale: 0.5) }

    func parameters() throws -> ModelParameters { try EngineCase.parameters(reference, configuration) }

    func engine(_ precision: Precision = .float32) throws -> GradientEngine {
        try GradientEngine(
            parameters: parameters(), precision: precision, batch: batch, time: time, regularisation: regularisation,
            resets: resets)
    }

    /// Rows of T + 1 symbols; a later batch continues where the previous one stopped.
    func texts(batch number: Int) -> [[Int]] {
        (0..<batch).map { row in
            (0...time).map { step in
                let position = number * time + step
                return (position * position * 7 + position / 3 + row * 5 + row * position)
                    % specification.vocabularySize
            }
        }
    }

    /// Whether a row's state is reset before a step of a batch; at the very start all are.
    func isReset(batch number: Int, step: Int, row: Int) -> Bool {
        if number == 0 { return step == 0 }
        return resets && (row * 3 + step * 5) % 7 == 0
    }

    var objective: ReferenceObjective {
        ReferenceObjective(
            activationPenalty: regularisation.activationPenalty, temporalPenalty: regularisation.temporalPenalty,
            labelSmoothing: regularisation.labelSmoothing)
    }

    // MARK: Masks

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

    /// The masks of all shards put together, (T · B, width), or (B, width) where one serves all steps.
    private func masks(
        _ purpose: ShardNoise.Purpose, _ layer: Int, _ probability: Double, width: Int, _ cut: [Range<Int>],
        repeats: Bool, steps: Int
    ) -> [Double] {
        let parts = cut.enumerated().map { shard, rows in
            values(
                ShardNoise(key: key, shard: shard).mask(purpose, layer: layer, probability: probability),
                count: rows.count * width * (repeats ? 1 : steps))
        }
        return (0..<steps).flatMap { step in
            zip(cut, parts).flatMap { rows, part in
                let start = repeats ? 0 : step * rows.count * width
                return part[start..<(start + rows.count * width)]
            }
        }
    }

    func noise(_ cut: [Range<Int>]) -> ReferenceNoise {
        let (D, R, H, L) = (
            specification.embeddingSize, specification.outputSize, specification.hiddenSize, specification.layers
        )
        var noise = ReferenceNoise()
        let own = regularisation
        func all(
            _ purpose: ShardNoise.Purpose, _ layer: Int, _ probability: Double, _ width: Int, _ repeats: Bool
        ) -> [Double] {
            masks(purpose, layer, probability, width: width, cut, repeats: repeats, steps: time)
        }
        if own.embeddingDropout > 0 { noise.embedding = all(.embedding, 0, own.embeddingDropout, D, own.variational) }
        if own.layerDropout > 0 || own.outputDropout > 0 {
            noise.layers = (0..<L).map { layer in
                let probability = layer == L - 1 ? own.outputDropout : own.layerDropout
                guard probability > 0 else { return [Double](repeating: 1, count: time * batch * R) }
                return all(.output, layer, probability, R, own.variational)
            }
        }
        if own.recurrentDropout > 0 {
            noise.recurrent = (0..<L).map {
                masks(.recurrent, $0, own.recurrentDropout, width: R, cut, repeats: true, steps: 1)
            }
        }
        if own.weightDrop > 0 {
            noise.weights = (0..<L).map {
                values(
                    ShardNoise.weightMask(key: key, layer: $0, probability: own.weightDrop),
                    count: specification.gateSize * R)
            }
        }
        if zoneoutHidden > 0 {
            noise.zoneoutHidden = (0..<L).map {
                all(.zoneoutHidden, $0, zoneoutHidden, R, false).map { $0 == 0 ? 1 : 0 }
            }
        }
        if zoneoutCell > 0 && specification.cell.hasCellState {
            noise.zoneoutCell = (0..<L).map { all(.zoneoutCell, $0, zoneoutCell, H, false).map { $0 == 0 ? 1 : 0 } }
        }
        return noise
    }
}
