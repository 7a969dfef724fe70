/// Why the matrix library cannot compute a product.
package enum MatrixError: Error, CustomStringConvertible {
    case noEngine
    case unsupported(String)

    package var description: String {
        switch self {
        case .noEngine: "oneDNN found no CPU engine"
        case .unsupported(let shape): "oneDNN has no product of \(shape)"
        }
    }
}
