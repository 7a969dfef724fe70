/// Rows of text in aligned columns, two spaces between them.
package struct TextTable {
    package enum Alignment {
        case left, right
    }

    private let alignments: [Alignment]
    private var rows: [[String]] = []

    package init(alignments: [Alignment]) { self.alignments = alignments }

    /// Adds a row; missing cells at its end are empty.
    ///
    /// - Precondition: there are no more cells than columns.
    package mutating func add(_ cells: [String]) {
        precondition(cells.count <= alignments.count, "\(cells.count) cells for \(alignments.count) columns")
        rows.append(cells + [String](repeating: "", count: alignments.count - cells.count))
    }

    /// The rows, each ended by a line feed, without trailing spaces.
    package var text: String {
        let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let space = String(repeating: " ", count: widths[column] - cell.count)
                line += (column == 0 ? "" : "  ") + (alignments[column] == .left ? cell + space : space + cell)
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
