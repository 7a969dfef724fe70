/// Rows of text in aligned columns, two spaces between them.
///
/// A table that is wider than a terminal first gives up width in its last column, if that is prose or a preview. Otherwise it
/// is divided into tables one below the other, each with the label columns and some of the rest.
package struct TextTable {
    package enum Alignment {
        case left, right
        /// To the left; on a narrow terminal its words go on in the next line of the same column.
        case prose
        /// To the left; on a narrow terminal its end is replaced by `…`.
        case preview
    }

    /// The least width to which prose and previews are narrowed.
    private static let leastRoom = 20

    private let alignments: [Alignment]
    private let labels: Int
    private let followers: Set<Int>
    private let indent: String
    private var rows: [[String]] = []

    /// - Parameters:
    ///   - alignments: one for each column.
    ///   - labels: how many columns, from the left, say what a row is.
    ///   - followers: columns that are always next to the one before them, as under a common heading.
    ///   - indent: how each line begins.
    package init(alignments: [Alignment], labels: Int = 1, followers: Set<Int> = [], indent: String = "") {
        (self.alignments, self.labels, self.followers, self.indent) = (alignments, labels, followers, indent)
    }

    /// Adds a row; missing cells at its end are empty.
    ///
    /// - Precondition: there are no more cells than columns.
    package mutating func add(_ cells: [String]) {
        precondition(cells.count <= alignments.count, "\(cells.count) cells for \(alignments.count) columns")
        rows.append(cells + [String](repeating: "", count: alignments.count - cells.count))
    }

    /// The rows, each ended by a line feed, without trailing spaces.
    package var text: String { text(columns: nil) }

    /// The rows in lines that fit `columns` where that can be done, without trailing spaces.
    ///
    /// - Parameter columns: nil is no limit.
    package func text(columns: Int?) -> String {
        let widths = alignments.indices.map { column in rows.map { $0[column].columns }.max() ?? 0 }
        let all = Array(alignments.indices)
        guard let columns, width(of: all, widths) > columns else { return block(all, widths, rows) }
        if let narrowed = narrowed(widths, of: all, to: columns, least: Self.leastRoom) {
            return block(all, narrowed, rows)
        }
        return divided(widths, columns).map { block in
            let rows = rows.filter { row in block.contains { $0 >= labels && !row[$0].isEmpty } }
            let fitting = narrowed(widths, of: block, to: columns, least: Self.leastRoom / 2) ?? widths
            return self.block(block, fitting, rows)
        }.joined(separator: "\n")
    }

    private func width(of columns: [Int], _ widths: [Int]) -> Int {
        indent.columns + columns.reduce(0) { $0 + widths[$1] } + 2 * max(0, columns.count - 1)
    }

    /// The widths with a narrower last column of a block; nil if that is not flexible or less than `least` would be left.
    private func narrowed(_ widths: [Int], of block: [Int], to columns: Int, least: Int) -> [Int]? {
        guard let last = block.last, alignments[last] == .prose || alignments[last] == .preview else { return nil }
        var narrowed = widths
        narrowed[last] -= max(0, width(of: block, widths) - columns)
        return narrowed[last] >= least ? narrowed : nil
    }

    /// The columns of each part of a divided table.
    private func divided(_ widths: [Int], _ columns: Int) -> [[Int]] {
        let start = Array(alignments.indices.prefix(labels))
        var blocks: [[Int]] = []
        for column in alignments.indices.dropFirst(labels) where !followers.contains(column) {
            let group = [column] + alignments.indices.dropFirst(column + 1).prefix { followers.contains($0) }
            if let last = blocks.last, width(of: last + group, widths) <= columns {
                blocks[blocks.count - 1] += group
            } else {
                blocks.append(start + group)
            }
        }
        return blocks
    }

    private func block(_ columns: [Int], _ widths: [Int], _ rows: [[String]]) -> String {
        rows.map { row in
            let cells = columns.map { lines(of: row[$0], $0, widths[$0]) }
            return (0..<(cells.map(\.count).max() ?? 1)).map { number in
                var line = indent
                for (index, column) in columns.enumerated() {
                    let cell = cells[index].indices.contains(number) ? cells[index][number] : ""
                    let space = String(repeating: " ", count: max(0, widths[column] - cell.columns))
                    line += (index == 0 ? "" : "  ") + (alignments[column] == .right ? space + cell : cell + space)
                }
                while line.last == " " { line.removeLast() }
                return line + "\n"
            }.joined()
        }.joined()
    }

    private func lines(of cell: String, _ column: Int, _ width: Int) -> [String] {
        guard cell.columns > width else { return [cell] }
        return alignments[column] == .prose
            ? TextLayout.lines(cell, columns: width, first: "", indent: "") : [cell.shortened(columns: width)]
    }
}
