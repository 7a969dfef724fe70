internal import RunicKernels

/// The cells that can be found by name: a value, passed to whoever makes a model.
package struct CellRegistry: Sendable {
    private var cells: [any RecurrentCell]

    /// The built-in cells.
    package init() { cells = [VanillaCell(), LSTMCell(), GRUCell()] }

    /// Adds a cell, in place of an earlier one of the same name.
    package mutating func register(_ cell: any RecurrentCell) {
        cells.removeAll { $0.name == cell.name }
        cells.append(cell)
    }

    /// The names in order of registration.
    package var names: [String] { cells.map(\.name) }

    /// The cell of a name.
    ///
    /// - Throws: ``CellError/unknown(name:known:)``.
    package func cell(named name: String) throws(CellError) -> any RecurrentCell {
        guard let found = cells.first(where: { $0.name == name }) else { throw .unknown(name: name, known: names) }
        return found
    }
}
