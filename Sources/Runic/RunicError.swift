public import RunicArchive
public import RunicModel
public import RunicSampling
public import RunicText
public import RunicTraining
internal import RunicDisplay

/// Why something failed, as one line that names the file or option.
public enum RunicError: Error, Sendable, CustomStringConvertible {
    /// A text cannot be read or does not fit.
    case text(TextError)
    /// A stage of a model's pipeline is missing, or differs from the one that the model was trained with.
    case stages(model: String, TextError)
    /// A file that should list the stages of a pipeline does not.
    case pipelineFile(path: String, reason: String)
    /// An archive cannot be read or written.
    case archive(ArchiveError)
    /// An archive holds a model that this library cannot run, or a model cannot be made.
    case model(path: String?, ModelError)
    /// Training cannot start or continue.
    case training(TrainingError)
    /// A sampler has a setting out of range.
    case sampling(SamplingError)
    /// An argument is out of range.
    case option(name: String, value: String, allowed: String)
    /// A text has fewer symbols than a loss needs.
    case tooFewSymbols(path: String, symbols: Int)
    /// Training would take more bytes than the machine has.
    case memory(needed: Double, physical: Double)
    /// A model cannot be quantized to that precision.
    case quantization(model: String, reason: String)
    /// A text that is read twice is not a regular file.
    case notRegularFile(path: String)
    /// The text of a resumed run is not the one that it was started with.
    case textChanged(run: String, reason: String)
    /// The text of a resumed run cannot be read.
    case textMissing(run: String, reason: String)
    /// A model predicts a text with a loss that is not a finite number: it has diverged.
    case notFinite(model: String, what: String)
    /// An error of a type that this library does not define, such as one of Foundation, in one line.
    case other(String)

    /// The error of this type that tells what any error tells.
    ///
    /// - Parameter path: the file that the error is about, named where the error itself may not name it.
    public init(wrapping error: any Error, path: String? = nil) {
        self =
            switch error {
            case let error as RunicError: error
            case let error as TextError: .text(error)
            case let error as ArchiveError: .archive(error)
            case let error as ModelError: .model(path: path, error)
            case let error as TrainingError: .training(error)
            case let error as SamplingError: .sampling(error)
            default: .other((path.map { "\($0): " } ?? "") + "\(error)")
            }
    }

    /// One line for the user.
    public var description: String {
        switch self {
        case .text(let error): error.description
        case .stages(let model, let error): (model.isEmpty ? "" : "\(model): ") + error.description
        case .pipelineFile(let path, let reason): "\(path): \(reason)"
        case .archive(let error): error.description
        case .model(_, .archive(let error)): error.description
        case .model(let path, let error): (path.map { "\($0): " } ?? "") + error.description
        case .training(let error): error.description
        case .sampling(let error): error.description
        case .option(let name, let value, let allowed): "--\(name) is \(value); it must be \(allowed)"
        case .tooFewSymbols(let path, let symbols):
            "\(path): \(symbols) symbols are too few to predict any; at least 2 are needed"
        case .memory(let needed, let physical):
            "training would take about \(NumberFormat.fixed(needed / 1e9, 1)) GB of memory, and this machine has "
                + "\(NumberFormat.fixed(physical / 1e9, 1)); use a smaller --hidden, --layers, --batch or --sequence"
        case .quantization(let model, let reason): "\(model): \(reason)"
        case .notRegularFile(let path): "\(path): a text to check with is read twice, so it must be a regular file"
        case .textChanged(let run, let reason):
            "\(reason); name the unchanged text: runic train TEXT... --resume \(run.shellPath), or train its model on the new "
                + "one: runic train TEXT... --finetune \((run + "/best.runic").shellPath) --out NEW"
        case .textMissing(let run, let reason):
            "\(reason); if the text is elsewhere, name it: runic train TEXT... --resume \(run.shellPath)"
        case .notFinite(let model, let what):
            "\(model): \(what) is not a finite number: the model has diverged; train it again with a smaller --learning-rate"
        case .other(let reason): reason
        }
    }
}
