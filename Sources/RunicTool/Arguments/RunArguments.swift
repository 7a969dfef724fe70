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

/// How long, in what portions and on what a model is trained.
struct RunArguments: ParsableArguments {
    @Option(help: "Rows of a batch: streams of the text read side by side; 32 unless given.")
    var batch: Int?

    @Option(help: "Symbols of each stream between two updates; 64 unless given.")
    var sequence: Int?

    @Flag(help: "Draw the symbols between two updates anew for each: mostly about --sequence, at times half of it.")
    var randomLengths = false

    @Flag(help: "Forget the state before every update, so that each reads its symbols from nothing.")
    var forgetState = false

    @Option(help: "Passes over the text; 10, or as many as --max-time allows.")
    var epochs: Int?

    @Option(
        help: ArgumentHelp("End after this time, such as 90s, 10m or 1h.", valueName: "time"),
        transform: ArgumentValue.seconds)
    var maxTime: Double?

    @Option(help: "Updates between two validations; an epoch unless given.")
    var validateEvery: Int?

    @Option(help: "Fixes the initial parameters, dropout and the order of the data.")
    var seed: UInt64 = 1

    @Option(help: "Element type of products; auto: bf16 where the processor has it.")
    var precision: PrecisionArgument = .auto

    @Option(help: "Worker threads; the result does not depend on it.")
    var threads = min(ProcessInfo.processInfo.activeProcessorCount, 16)

    func apply(to settings: inout TrainingSettings) {
        settings.batch = batch ?? settings.batch
        settings.sequence = sequence ?? settings.sequence
        settings.randomLengths = randomLengths
        settings.forgetsState = forgetState
        settings.epochs = epochs ?? (maxTime == nil ? settings.epochs : nil)
        settings.maxSeconds = maxTime
        settings.validateEvery = validateEvery
        settings.seed = seed
        settings.precision = precision.name
        settings.threads = threads
    }
}
