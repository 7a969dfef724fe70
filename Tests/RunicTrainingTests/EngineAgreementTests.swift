import RunicModel
import RunicReference
import RunicReferenceEngine
import RunicSymbols
import RunicTraining
import Testing

/// A small model and settings for two engines.
struct AgreementCase: Sendable, CustomTestStringConvertible {
    let name: String
    var configuration: ModelConfiguration
    var settings = TrainingSettings()
    /// The text between two documents; empty for one document.
    var separator: [UInt16] = []

    init(_ cell: String, _ name: String = "", _ change: (inout AgreementCase) -> Void = { _ in }) {
        self.name = name.isEmpty ? cell : "\(cell), \(name)"
        configuration = ModelConfiguration(
            cell: cell, vocabularySize: 11, embeddingSize: 5, hiddenSize: 6, layers: 2)
        settings.batch = 9
        settings.sequence = 6
        settings.epochs = 2
        settings.warmUp = 20
        settings.learningRate = 5e-3
        // A carried state whose output has no bound soon makes losses jump, and any rounding grows with them.
        settings.forgetsState = cell.contains("linear-output")
        settings.threads = 1
        settings.split = [0.95, 0.05, 0]
        settings.validateEvery = 50
        // Where a gradient is rounding and nothing else, a smaller ε lets Adam magnify it to a whole step.
        settings.epsilon = 1e-5
        change(&self)
    }

    var testDescription: String { name }

    func trainer(_ engines: any EngineFactory, _ saved: ModelParameters? = nil) throws -> Trainer {
        let parameters = try saved ?? ModelParameters(configuration: configuration)
        if saved == nil { parameters.initialise(seed: 5) }
        let text = TrainerSamples.text(symbols: 5_750)
        return try Trainer(
            settings: settings, parameters: parameters,
            split: TextSplit(SymbolSequence(text), fractions: settings.split, separator: separator), engines: engines)
    }
}

/// The losses of a run, step by step, and its validation losses.
private final class LossList: TrainingObserver {
    var losses: [Double] = []
    var validations: [Double] = []
    private var smoothed: Double?

    init(after trainer: Trainer) { smoothed = trainer.state.smoothedLoss }

    func trainer(_ trainer: Trainer, did progress: TrainingProgress) {
        // The inverse of the moving average.
        losses.append(smoothed.map { (progress.trainNats - 0.95 * $0) / 0.05 } ?? progress.trainNats)
        smoothed = progress.trainNats
    }
    func trainer(_ trainer: Trainer, logged record: TrainingRecord) {
        if let nats = record.validationNats { validations.append(nats) }
    }
    func trainerImproved(_ trainer: Trainer) {}
    func trainerCanSave(_ trainer: Trainer) {}
}

/// The door of the trainer is real: another engine goes through it.
@Suite("Two engines, one trainer")
struct EngineAgreementTests {
    static let cells = (ReferenceCell.plain + ReferenceCell.variants).map { AgreementCase($0.rawValue) }

    static let options: [AgreementCase] =
        ["lstm", "gru"].flatMap { cell in
            [
                AgreementCase(cell, "residual, layer normalisation, initial state, documents") {
                    $0.configuration.residual = true
                    $0.configuration.layerNorm = true
                    $0.configuration.learnsInitialState = true
                    // Normalisation magnifies what is near zero, as initial states are: at larger rates, rounding too.
                    $0.settings.learningRate = 2e-4
                    $0.separator = [3]
                },
                AgreementCase(cell, "tied") {
                    $0.configuration.embeddingSize = 6
                    $0.configuration.tied = true
                },
                AgreementCase(cell, "zoneout") {
                    $0.configuration.zoneoutHidden = 0.2
                    $0.configuration.zoneoutCell = 0.1
                },
                AgreementCase(cell, "dropout, weight drop, penalties, smoothing") {
                    $0.settings.embeddingDropout = 0.1
                    $0.settings.dropout = 0.2
                    $0.settings.recurrentDropout = 0.1
                    $0.settings.weightDrop = 0.2
                    $0.settings.activationPenalty = 0.5
                    $0.settings.temporalPenalty = 0.5
                    $0.settings.labelSmoothing = 0.1
                },
                AgreementCase(cell, "variational masks, random lengths") {
                    $0.settings.dropout = 0.2
                    $0.settings.variational = true
                    $0.settings.sequence = 12
                    $0.settings.epochs = 5
                    $0.settings.randomLengths = true
                },
                AgreementCase(cell, "state forgotten, exponential schedule") {
                    $0.settings.forgetsState = true
                    $0.settings.schedule = "exponential"
                    $0.settings.decayAfter = 1
                },
                AgreementCase(cell, "adam, average") {
                    $0.settings.optimizer = "adam"
                    $0.settings.weightDecay = 1e-3
                    $0.settings.averageDecay = 0.98
                },
                AgreementCase(cell, "rmsprop, plateau") {
                    $0.settings.optimizer = "rmsprop"
                    $0.settings.momentum = 0.5
                    $0.settings.learningRate = 1e-3
                    $0.settings.schedule = "plateau"
                    $0.settings.patience = 1
                },
                AgreementCase(cell, "sgd") {
                    $0.settings.optimizer = "sgd"
                    $0.settings.momentum = 0.9
                    $0.settings.learningRate = 0.1
                },
                AgreementCase(cell, "nt-asgd") {
                    $0.settings.optimizer = "nt-asgd"
                    $0.settings.learningRate = 2
                    $0.settings.patience = 1
                    $0.settings.validateEvery = 20
                },
            ]
        } + [
            AgreementCase("lstm", "projection") { $0.configuration.projectionSize = 4 }
        ]

    static let gatesAndSums = [
        AgreementCase("lstm", "capped input gate") { $0.configuration.capsInputGate = true },
        AgreementCase("gru", "skip, dropout") {
            $0.configuration.skip = true
            $0.settings.dropout = 0.2
        },
    ]

    private func losses(_ trainer: Trainer, until step: Int = .max) throws -> LossList {
        let list = LossList(after: trainer)
        _ = try trainer.run(observer: list) { trainer.state.step >= step }
        return list
    }

    private func expectClose(_ found: [Double], _ expected: [Double], _ what: String) {
        #expect(found.count == expected.count)
        let worst = zip(found, expected).map { abs($0 - $1) }.enumerated().max { $0.element < $1.element }
        #expect((worst?.element ?? 1) <= 1e-4, "\(what) \(worst?.offset ?? -1): \(worst?.element ?? .nan)")
    }

    @Test(
        "the host and the reference train alike for 200 steps: every loss agrees to 1e-4",
        arguments: cells + options + gatesAndSums)
    func agree(sizes: AgreementCase) throws {
        let host = try losses(sizes.trainer(HostEngines()))
        let reference = try losses(sizes.trainer(ReferenceEngines()))
        #expect(reference.losses.count >= 190)
        expectClose(host.losses, reference.losses, "step")
        #expect(!reference.validations.isEmpty)
        expectClose(host.validations, reference.validations, "validation")
    }

    @Test(
        "what one engine saved, the other resumes",
        arguments: [cells[1]]
            + options.prefix(10).filter { $0.settings.optimizer != "sgd" && !$0.settings.forgetsState })
    func resume(sizes: AgreementCase) throws {
        let whole = try losses(sizes.trainer(HostEngines()))
        let factories: [any EngineFactory] = [HostEngines(), ReferenceEngines()]
        for (first, second) in [(factories[0], factories[1]), (factories[1], factories[0])] {
            let stopped = try sizes.trainer(first)
            let begin = try losses(stopped, until: 100)
            let resumed = try sizes.trainer(second, stopped.parameters.copy())
            try resumed.restore(stopped.state, vectorState: stopped.savedVectors)
            let end = try losses(resumed)
            expectClose(begin.losses + end.losses, whole.losses, "step")
            expectClose(begin.validations + end.validations, whole.validations, "validation")
        }
    }
}
