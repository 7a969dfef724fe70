public import RunicArchive

/// Why a model cannot be made.
public enum ModelError: Error, Sendable, CustomStringConvertible {
    /// No cell of that name is registered.
    case unknownCell(String, known: [String])
    /// A size is out of its range.
    case size(name: String, value: Int, allowed: ClosedRange<Int>)
    /// A tensor is missing, or has another shape than the configuration asks for.
    case tensor(name: String, expected: [Int], found: [Int]?)
    /// A tensor cannot be read.
    case archive(ArchiveError)
    /// The matrix library refused.
    case matrix(String)

    public var description: String {
        switch self {
        case .unknownCell(let name, let known): "no cell is named \(name); there are \(known.joined(separator: ", "))"
        case .size(let name, let value, let allowed):
            "\(name) is \(value); it must be from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .tensor(let name, let expected, let found):
            found.map { "tensor \(name) has shape \($0), expected \(expected)" } ?? "tensor \(name) is missing"
        case .archive(let error): error.description
        case .matrix(let reason): reason
        }
    }
}
