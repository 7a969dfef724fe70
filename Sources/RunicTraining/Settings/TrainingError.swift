public import RunicArchive

/// Why training cannot start or go on.
public enum TrainingError: Error, Sendable, CustomStringConvertible {
    /// A setting is out of range.
    case option(name: String, value: String, allowed: String)
    /// The training part has fewer symbols than one step reads.
    case textTooShort(symbols: Int, batch: Int, sequence: Int)
    /// The loss or the gradient was not a number three times in a row, and going back to a good point did not help.
    case diverged(step: Int, returns: Int)
    /// The model cannot be made.
    case model(String)
    /// A file of the run folder cannot be read or written.
    case folder(path: String, reason: String)
    /// An archive of the run folder cannot be read or written.
    case archive(ArchiveError)

    public var description: String {
        switch self {
        case .option(let name, let value, let allowed): "--\(name) is \(value); it must be \(allowed)"
        case .textTooShort(let symbols, let batch, let sequence):
            "the training part has \(symbols) symbols, and a batch of \(batch) × \(sequence) needs "
                + "\(batch * (sequence + 1)); give more text, or a smaller --batch or --sequence"
        case .diverged(let step, let returns):
            "the loss was not a number for three steps up to step \(step)"
                + (returns > 0 ? ", and going back at a smaller rate (\(returns) times) did not help" : "")
                + "; try a smaller --learning-rate"
        case .model(let reason): reason
        case .folder(let path, let reason): "\(path): \(reason)"
        case .archive(let error): error.description
        }
    }
}
