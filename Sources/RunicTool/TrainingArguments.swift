internal import ArgumentParser
internal import Foundation
internal import Runic
internal import RunicTraining

/// The element type of products on the command line.
enum PrecisionArgument: String, ExpressibleByArgument, CaseIterable {
    case auto, f32, bf16

    /// `auto` is bfloat16 where the processor has it.
    var name: String {
        switch self {
        case .auto: RunicMachine.hasBFloat16 ? "bf16" : "f32"
        case .f32, .bf16: rawValue
        }
    }
}

/// Model and training options that `train` and `compare` share.
struct TrainingArguments: ParsableArguments {
    @OptionGroup(title: "Text") var pipeline: PipelineArguments

    @Option(help: "Symbols seen less often become the unknown symbol.")
    var minCount = 1

    @Option(help: "Whether the vocabulary has a symbol for all others.")
    var unknown: UnknownRule = .always

    @Option(
        help: ArgumentHelp(
            "Shares for training, validation and test, in file order; 0.9,0.05,0.05 unless given.", valueName: "shares"),
        transform: ArgumentValue.shares)
    var split: [Double]?

    @Option(help: "Layers.")
    var layers = 2

    @Option(help: "Hidden units of a layer.")
    var hidden = 256

    @Option(help: "Width of the embedding; as wide as the hidden layers unless given.")
    var embedding: Int?

    @Option(help: "Rows of a batch: streams of the text read side by side.")
    var batch = TrainingSettings().batch

    @Option(help: "Symbols of each stream between two updates.")
    var sequence = TrainingSettings().sequence

    @Option(help: "Passes over the text; 10, or as many as --max-time allows.")
    var epochs: Int?

    @Option(
        help: ArgumentHelp("End after this time, such as 90s, 10m or 1h.", valueName: "time"),
        transform: ArgumentValue.seconds)
    var maxTime: Double?

    @Option(help: "The largest learning rate.")
    var learningRate = TrainingSettings().learningRate

    @Option(help: "Updates over which the learning rate rises.")
    var warmUp = TrainingSettings().warmUp

    @Option(help: "Chance that an output of a layer is dropped in training.")
    var dropout = 0.0

    @Option(help: "AdamW's decay of matrices.")
    var weightDecay = TrainingSettings().weightDecay

    @Option(help: "Largest norm of the gradient.")
    var clip = TrainingSettings().clipNorm

    @Option(help: "The optimizer: adamw or adam.")
    var optimizer = TrainingSettings().optimizer

    @Option(help: "Updates between two validations; an epoch unless given.")
    var validateEvery: Int?

    @Option(help: "Fixes the initial parameters, dropout and the order of the data.")
    var seed: UInt64 = 1

    @Option(help: "Element type of products; auto: bf16 where the processor has it.")
    var precision: PrecisionArgument = .auto

    @Option(help: "Worker threads; the result does not depend on it.")
    var threads = min(ProcessInfo.processInfo.activeProcessorCount, 16)

    /// The settings, checked.
    func settings() throws -> TrainingSettings {
        var settings = TrainingSettings()
        settings.batch = batch
        settings.sequence = sequence
        settings.epochs = epochs ?? (maxTime == nil ? settings.epochs : nil)
        settings.maxSeconds = maxTime
        settings.learningRate = learningRate
        settings.warmUp = warmUp
        settings.dropout = dropout
        settings.weightDecay = weightDecay
        settings.clipNorm = clip
        settings.optimizer = optimizer
        settings.validateEvery = validateEvery
        settings.seed = seed
        settings.split = split ?? settings.split
        settings.precision = precision.name
        settings.threads = threads
        do {
            try settings.validate()
        } catch {
            throw ValidationError(error.description)
        }
        return settings
    }

    /// All options of a run on some texts, checked.
    func options(texts: [String], cell: String) throws -> TrainingOptions {
        var options = TrainingOptions(texts: texts)
        options.pipeline = pipeline.description
        for (name, value, most) in [
            ("hidden", hidden, 16_384), ("embedding", embedding ?? hidden, 16_384), ("layers", layers, 64),
        ] {
            guard (1...most).contains(value) else {
                throw ValidationError("--\(name) is \(value); it must be 1 to \(most)")
            }
        }
        guard minCount >= 1 else { throw ValidationError("--min-count is \(minCount); it must be at least 1") }
        options.vocabulary = VocabularyOptions(minimumCount: minCount, includeUnknown: unknown)
        options.cell = cell
        options.layers = layers
        options.hidden = hidden
        options.embedding = embedding
        options.training = try settings()
        do {
            try options.validate()
        } catch {
            throw ValidationError(error.description)
        }
        return options
    }
}
