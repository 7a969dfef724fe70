package import RunicKernels

/// Products with one packed matrix, by their number of rows: prepared for known numbers, made on demand for others.
package final class ProductCache: @unchecked Sendable {
    // Sendable by hand: each belongs to one shard, which one worker runs at a time.
    private let right: PackedMatrix
    private var prepared: [Int: MatrixProduct] = [:]

    /// - Parameter rows: the known numbers of rows; zeros are ignored.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(_ right: PackedMatrix, rows: [Int]) throws(MatrixError) {
        self.right = right
        for count in rows where count > 0 && prepared[count] == nil {
            prepared[count] = try MatrixProduct(right: right, rows: count)
        }
    }

    /// The product for a number of rows.
    package subscript(rows: Int) -> MatrixProduct {
        if let found = prepared[rows] { return found }
        do {
            let made = try MatrixProduct(right: right, rows: rows)
            prepared[rows] = made
            return made
        } catch {
            preconditionFailure(error.description)
        }
    }
}
