import RunicKernels
import RunicModel
import RunicSymbols
import RunicTraining

/// A small model, settings and a text for trainers.
struct TrainerSamples {
    var settings = TrainingSettings()
    var configuration = ModelConfiguration(
        cell: "lstm", vocabularySize: 11, embeddingSize: 5, hiddenSize: 12, layers: 2)
    var text: [UInt16]

    /// - Parameter symbols: the length of the text.
    init(symbols: Int) {
        settings.batch = 8
        settings.sequence = 6
        settings.epochs = 3
        settings.warmUp = 4
        settings.threads = 1
        settings.split = [1, 0, 0]
        text = Self.text(symbols: symbols)
    }

    /// A text without a short period.
    static func text(symbols: Int) -> [UInt16] {
        (0..<symbols).map { (position: Int) -> UInt16 in
            let value = position * position / 3 + position * 5 + position / 7
            return UInt16(value % 11)
        }
    }

    /// The model as a run begins.
    func initialised() throws -> ModelParameters {
        let made = try ModelParameters(configuration: configuration)
        made.initialise(seed: settings.seed)
        return made
    }

    func trainer(_ parameters: ModelParameters? = nil) throws -> Trainer {
        try Trainer(
            settings: settings, parameters: try parameters ?? initialised(),
            split: TextSplit(SymbolSequence(text), fractions: settings.split))
    }
}

extension Trainer {
    /// Trains until a number of updates is done in all.
    func run(untilStep step: Int) throws -> TrainingEnd {
        try run(observer: nil) { state.step >= step }
    }

    /// The bits of the parameters, so that a comparison tells a NaN and the sign of a zero.
    var bits: [UInt32] { parameters.whole.array.map(\.bitPattern) }

    /// The bits of the parameters that validation reads.
    var evaluated: [UInt32] { evaluationParameters.whole.array.map(\.bitPattern) }

    /// The arrays that are saved in addition to the parameters, by name.
    var savedVectors: [String: [Float]] { Dictionary(uniqueKeysWithValues: vectorState.map { ($0.name, $0.values) }) }
}
