/// A table: rows of labels and figures.
struct Table: Encodable {
    /// The labels of a row and its figures. The figures of all rows have the same names.
    struct Row: Encodable {
        let labels: [String]
        let figures: [Measurement]
    }

    let title: String
    /// What is measured and how, in one or two sentences.
    let explanation: String
    /// The headers of the columns before the figures.
    let labels: [String]
    private(set) var rows: [Row] = []

    init(_ title: String, explanation: String, labels: [String]) {
        self.title = title
        self.explanation = explanation
        self.labels = labels
    }

    /// Adds a row and returns its Markdown lines; the first row includes title and header.
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
