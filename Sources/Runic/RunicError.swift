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
    /// The stages of a model's pipeline are not all here, as they were when it was made.
    case stages(model: String, TextError)
    /// An archive cannot be read or written.
    case archive(ArchiveError)
    /// An archive holds a model that this library cannot run, or a model cannot be made.
    case model(path: String?, ModelError)
    /// A sampler cannot be made.
    case sampling(SamplingError)
    /// Training cannot start or go on.
    case training(TrainingError)
    /// A text has fewer symbols than a loss needs.
    case tooFewSymbols(path: String, symbols: Int)
    /// Anything else, in one line.
    case other(String)
    /// Training would take more bytes than the machine has.
    case memory(needed: Double, physical: Double)
    /// A model cannot be made smaller in that precision.
    case quantization(model: String, reason: String)
    /// The text of a resumed run is not what it was.
    case textChanged(path: String)

    public var description: String {
        switch self {
        case .text(let error): error.description
        case .stages(let model, let error): (model.isEmpty ? "" : "\(model): ") + error.description
        case .archive(let error): error.description
        case .model(_, .archive(let error)): error.description
        case .model(let path, let error): (path.map { "\($0): " } ?? "") + error.description
        case .sampling(let error): "\(error)"
        case .training(let error): error.description
        case .tooFewSymbols(let path, let symbols):
            "\(path): \(symbols) symbols are too few to predict any; at least 2 are needed"
        case .other(let reason): reason
        case .memory(let needed, let physical):
            "training would take about \(NumberFormat.fixed(needed / 1e9, 1)) GB of memory, and this machine has "
                + "\(NumberFormat.fixed(physical / 1e9, 1)); use a smaller --hidden, --layers, --batch or --sequence"
        case .quantization(let model, let reason): "\(model): \(reason)"
        case .textChanged(let path):
            "\(path): the text is not the one that the run was started with; give it back, or start a new run"
        }
    }
}
