/// Why a specification names no cell.
package enum CellError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No cell of that name is registered.
    case unknown(name: String, known: [String])
    /// The cell has no such option.
    case unknownOption(cell: String, option: String, known: String)
    /// An option is given twice.
    case repeated(cell: String, option: String)
    /// Two options that exclude each other.
    case conflict(cell: String, String, String)

    package var description: String {
        switch self {
        case .unknown(let name, let known): "no cell is named \(name); there are \(known.joined(separator: ", "))"
        case .unknownOption(let cell, let option, let known):
            "the cell \(cell) has no option \"\(option)\"; there are: \(known)"
        case .repeated(let cell, let option): "the cell \(cell) has the option \"\(option)\" twice"
        case .conflict(let cell, let first, let second): "the cell \(cell) cannot be both \(first) and \(second)"
        }
    }
}
