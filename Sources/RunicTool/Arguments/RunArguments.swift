internal import ArgumentParser
internal import Foundation
internal import Runic
internal import RunicTraining

/// The element type of products, as `--precision` names it.
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

/// How long and in what batches a model is trained, and how it is computed.
struct RunArguments: ParsableArguments {
    @Option(help: "Rows of a batch: streams of the text read in parallel. \(Defaults.preset(Defaults.training.batch))")
    var batch: Int?

    @Option(help: "Symbols of each stream per update. \(Defaults.preset(Defaults.training.sequence))")
    var sequence: Int?

    @Flag(help: "Draw the length of every update at random: about --sequence, sometimes half of it.")
    var randomLengths = false

    @Flag(help: "Reset the state before every update instead of carrying it on.")
    var forgetState = false

    @Option(
        help: """
            Passes over the text. (default: the preset's, else \(Defaults.training.epochs ?? 0); with --max-time as \
            many as it allows)
            """)
    var epochs: Int?

    @Option(
        help: ArgumentHelp("Stop after this time, such as 90s, 10m or 1h. (default: no limit)", valueName: "time"),
        transform: ArgumentValue.seconds)
    var maxTime: Double?

    @Option(help: "Updates between two validations. (default: one epoch, at least 25 and at most 1000 updates)")
    var validateEvery: Int?

    @Option(
        help: """
            Stop after this many validations in a row without a new best loss. The learning rate falls as if it were not \
            given, so it goes best with --schedule constant or plateau. (default: never)
            """)
    var earlyStop: Int?

    @Option(help: "Seed of the initial parameters, dropout and the order of the data.")
    var seed = Defaults.training.seed

    @Option(help: "Element type of products; auto is bf16 on a processor that has it, else f32.")
    var precision: PrecisionArgument = .auto

    @Option(help: "Worker threads. They do not change the result.")
    var threads = min(ProcessInfo.processInfo.activeProcessorCount, 16)

    func apply(to settings: inout TrainingSettings) {
        settings.batch = batch ?? settings.batch
        settings.sequence = sequence ?? settings.sequence
        settings.randomLengths = randomLengths
        settings.forgetsState = forgetState
        settings.epochs = epochs ?? (maxTime == nil ? settings.epochs : nil)
        settings.maxSeconds = maxTime
        settings.validateEvery = validateEvery
        settings.earlyStop = earlyStop
        settings.seed = seed
        settings.precision = precision.name
        settings.threads = threads
    }
}
