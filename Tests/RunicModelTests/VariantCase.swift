import RunicCells
import RunicKernels
import RunicModel
import RunicReference
import RunicReferenceEngine
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
        made.skip = specification.skip
        made.capsInputGate = specification.capsInputGate
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

    func noise(_ shards: [Range<Int>]) -> ReferenceNoise {
        DrawnNoise(
            specification, regularisation, zoneoutHidden: zoneoutHidden, zoneoutCell: zoneoutCell, shards: shards
        ).masks(key: key, time: time)
    }
}
