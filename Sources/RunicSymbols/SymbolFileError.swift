/// Why ids cannot be kept.
package enum SymbolFileError: Error, Hashable, CustomStringConvertible {
    /// The folder, and the system's reason.
    case system(path: String, reason: String)

    package var description: String {
        switch self {
        case .system(let path, let reason):
            "\(path): the symbols of the text cannot be kept there: \(reason); name another folder in TMPDIR"
        }
    }
}
