import RunicReference
import Testing

/// A reference model with noise and penalties, two batches, and everything from formulas; all sizes differ.
struct ReferenceCase: Sendable, CustomTestStringConvertible {
    enum Feature: String, Sendable, CaseIterable {
        case projection, residual, skip, capsInputGate, layerNorm, initialState, tied
        case embeddingDropout, layerDropout, recurrentDropout, weightDrop, zoneoutHidden, zoneoutCell, zoneoutMean
        case activationPenalty, temporalPenalty, labelSmoothing, resets
    }

    var cell: ReferenceCell
    var layers = 2
    var features: [Feature] = []

    private static let (rows, time, embedding, hidden, projection, vocabulary) = (2, 4, 6, 5, 3, 7)

    var testDescription: String { "\(cell) L\(layers) " + features.map(\.rawValue).joined(separator: " ") }

    private func has(_ feature: Feature) -> Bool { features.contains(feature) }

    var specification: ReferenceSpecification {
        let projection = has(.projection) ? Self.projection : nil
        var made = ReferenceSpecification(
            cell: cell, vocabularySize: Self.vocabulary,
            embeddingSize: has(.tied) ? projection ?? Self.hidden : Self.embedding, hiddenSize: Self.hidden,
            layers: layers, projectionSize: projection, residual: has(.residual), layerNorm: has(.layerNorm),
            learnsInitialState: has(.initialState), tied: has(.tied))
        made.skip = has(.skip)
        made.capsInputGate = has(.capsInputGate)
        return made
    }

    /// The batch before, to start from a state that is not the initial one.
    var first: ReferenceBatch { ReferenceBatch(texts: [[0, 3, 1, 4, 6], [2, 5, 0, 1, 3]]) }

    /// Row 0 forgets at the start and row 1 in the middle; the others carry their states on.
    var second: ReferenceBatch {
        ReferenceBatch(
            texts: [[6, 1, 1, 0, 4], [3, 4, 5, 2, 0]],
            resets: has(.resets) ? [true, false, false, false, false, true, false, false] : [])
    }

    var objective: ReferenceObjective {
        ReferenceObjective(
            activationPenalty: has(.activationPenalty) ? 0.7 : 0, temporalPenalty: has(.temporalPenalty) ? 0.9 : 0,
            labelSmoothing: has(.labelSmoothing) ? 0.15 : 0)
    }

    var noise: ReferenceNoise {
        let (sizes, positions) = (specification, Self.rows * Self.time)
        func isChosen(_ element: Int, _ kind: Int) -> Bool {
            ((element + 1) * 40_503 + kind * 10_007) % 65_536 < 16_384
        }
        func mask(_ count: Int, _ kind: Int) -> [Double] {
            (0..<count).map { isChosen($0, kind) ? 0 : 4.0 / 3 }
        }
        func masks(_ count: Int, _ kind: Int) -> [[Double]] { (0..<layers).map { mask(count, kind + $0) } }
        func zoneout(_ count: Int, _ kind: Int) -> [[Double]] {
            (0..<layers).map { layer in (0..<count).map { isChosen($0, kind + layer) ? 1 : 0 } }
        }
        var noise = ReferenceNoise()
        if has(.zoneoutMean) {
            noise = .evaluation(zoneoutHidden: 0.2, zoneoutCell: 0.35, of: sizes, positions: positions)
        }
        if has(.embeddingDropout) { noise.embedding = mask(positions * sizes.embeddingSize, 0) }
        if has(.layerDropout) { noise.layers = masks(positions * sizes.outputSize, 5) }
        if has(.recurrentDropout) { noise.recurrent = masks(Self.rows * sizes.outputSize, 10) }
        if has(.weightDrop) { noise.weights = masks(sizes.gateSize * sizes.outputSize, 15) }
        if has(.zoneoutHidden) { noise.zoneoutHidden = zoneout(positions * sizes.outputSize, 20) }
        if has(.zoneoutCell) { noise.zoneoutCell = zoneout(positions * sizes.hiddenSize, 25) }
        return noise
    }

    /// Every cell plain.
    static let cells: [ReferenceCase] = (ReferenceCell.plain + ReferenceCell.variants).map {
        ReferenceCase(cell: $0, layers: 1)
    }

    /// Every feature alone; features that affect the cell, with every family of cells.
    static let alone: [ReferenceCase] = Feature.allCases.flatMap { feature in
        let outside: Set<Feature> = [
            .residual, .skip, .tied, .embeddingDropout, .layerDropout, .activationPenalty, .temporalPenalty,
            .labelSmoothing,
        ]
        let inside: [ReferenceCell] = ["lstm:peephole", "gru", "gru:reset-before", "mgu", "rnn"]
        let cells = outside.contains(feature) ? ["lstm", "mgu"] : inside
        let rest: [Feature] = feature == .initialState ? [.resets] : []
        return cells.filter { $0.hasCellState || (![.projection, .zoneoutCell, .capsInputGate].contains(feature)) }.map
        {
            ReferenceCase(cell: $0, features: [feature] + rest)
        }
    }

    /// Every cell with everything at once; the three layers of a residual stack, and tied weights, in some.
    static let together: [ReferenceCase] = (ReferenceCell.plain + ReferenceCell.variants).enumerated().map {
        index, cell in
        var features = Set(Feature.allCases).subtracting([.zoneoutMean, .skip, .capsInputGate])
        if !cell.hasCellState || index % 3 == 0 { features.remove(.projection) }
        if index % 2 == 0 { features.remove(.tied) }
        return ReferenceCase(
            cell: cell, layers: index % 5 == 0 ? 3 : 2, features: Feature.allCases.filter { features.contains($0) })
    }
}
