public import RunicArchive

/// Why training cannot start or continue.
public enum TrainingError: Error, Sendable, CustomStringConvertible {
    /// A setting is out of range.
    case option(name: String, value: String, allowed: String)
    /// The training part has fewer symbols than one step needs; with `sequence` the longest step, and `largestSequence` the
    /// largest setting that fits the batch, 0 if none does.
    case textTooShort(symbols: Int, batch: Int, sequence: Int, largestSequence: Int)
    /// So many processes cannot share the batch.
    case processes(Int, batch: Int, most: Int)
    /// The loss or the gradient was not finite in three steps in a row, and rollbacks did not help.
    case diverged(step: Int, rollbacks: Int)
    /// The model cannot be made.
    case model(String)
    /// A file of the run folder cannot be read or written.
    case folder(path: String, reason: String)
    /// An archive of the run folder cannot be read or written.
    case archive(ArchiveError)

    public var description: String {
        switch self {
        case .option(let name, let value, let allowed): "--\(name) is \(value); it must be \(allowed)"
        case .textTooShort(let symbols, let batch, let sequence, let largestSequence):
            "the training part has \(symbols) symbols, and a batch of \(batch) × \(sequence) needs "
                + "\(batch * (sequence + 1)); "
                + Self.remedy(largestBatch: symbols / (sequence + 1), largestSequence: largestSequence)
        case .processes(let count, let batch, let most):
            "\(count) processes cannot share a batch of \(batch); start "
                + (most == 1
                    ? "one, or give a larger --batch"
                    : "1, " + sequence(first: 2) { $0 < most ? 2 * $0 : nil }.map(String.init).joined(separator: ", ")
                        + " of them, or give another --batch")
        case .diverged(let step, let rollbacks):
            "the loss was not a finite number in three steps in a row, up to step \(step)"
                + (rollbacks > 0
                    ? ", and rolling back to a smaller learning rate did not help (tried \(rollbacks) times)" : "")
                + "; try a smaller --learning-rate"
        case .model(let reason): reason
        case .folder(let path, let reason): "\(path): \(reason)"
        case .archive(let error): error.description
        }
    }

    private static func remedy(largestBatch: Int, largestSequence: Int) -> String {
        let largest = [("--batch", largestBatch), ("--sequence", largestSequence)].filter { $0.1 > 0 }
        guard !largest.isEmpty else { return "give more text" }
        return "give more text, or a "
            + largest.map { "\($0.0) of at most \($0.1)" }.joined(separator: " or a ")
    }
}
