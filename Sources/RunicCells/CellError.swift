package import RunicKernels

/// Why a stack of cells cannot be made.
package enum CellError: Error, CustomStringConvertible {
    case unknown(name: String, known: [String])
    case matrix(MatrixError)

    package var description: String {
        switch self {
        case .unknown(let name, let known): "no cell is named \(name); there are \(known.joined(separator: ", "))"
        case .matrix(let error): error.description
        }
    }
}
