public import RunicArchive

/// Why a model cannot be made.
public enum ModelError: Error, Sendable, CustomStringConvertible {
    /// No cell of that specification is registered; the reason lists the known ones.
    case unknownCell(String, reason: String)
    /// Two settings of a configuration exclude each other.
    case conflict(String)
    /// A size is out of its range.
    case size(name: String, value: Int, allowed: ClosedRange<Int>)
    /// A tensor is missing, or its shape differs from that of the configuration.
    case tensor(name: String, expected: [Int], found: [Int]?)
    /// A tensor cannot be read.
    case archive(ArchiveError)
    /// The matrix library reported an error.
    case matrix(String)

    public var description: String {
        switch self {
        case .unknownCell(_, let reason), .conflict(let reason): reason
        case .size(let name, let value, let allowed):
            "\(name) is \(value); it must be from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .tensor(let name, let expected, let found):
            found.map { "tensor \(name) has shape \($0), expected \(expected)" } ?? "tensor \(name) is missing"
        case .archive(let error): error.description
        case .matrix(let reason): reason
        }
    }
}
