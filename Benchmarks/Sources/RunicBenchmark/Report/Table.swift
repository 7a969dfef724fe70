/// A table: rows of labels and figures.
struct Table: Encodable {
    /// What one row is about, and its figures. The figures of all rows have the same names.
    struct Row: Encodable {
        let labels: [String]
        let figures: [Measurement]
    }

    let title: String
    /// What is measured and how, in a sentence or two.
    let explanation: String
    /// The heads of the columns before the figures.
    let labels: [String]
    private(set) var rows: [Row] = []

    init(_ title: String, explanation: String, labels: [String]) {
        self.title = title
        self.explanation = explanation
        self.labels = labels
    }

    /// Adds a row and gives the Markdown lines that it takes: the first brings the title and the head.
    mutating func add(_ row: Row) -> [String] {
        let line = Self.line(row.labels + row.figures.map(\.text))
        defer { rows.append(row) }
        guard rows.isEmpty else { return [line] }
        return [
            "", "## \(title)", "", explanation, "", Self.line(labels + row.figures.map(\.name)),
            Self.line(labels.map { _ in "---" } + row.figures.map { _ in "---:" }), line,
        ]
    }

    private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}
