/// The parts of a line that is rewritten in place; a narrow terminal shows the important ones.
package struct StatusLine {
    /// One part of the line.
    private struct Part {
        let text: String
        let rank: Int
    }

    private var parts: [Part] = []

    /// A line of one part.
    package init(_ text: String = "") { add(text, rank: 0) }

    /// Adds a part to the right; nothing if it is empty.
    ///
    /// - Parameter rank: 0 is the most important; among equals the right ones are left out first.
    package mutating func add(_ text: String, rank: Int) {
        if !text.isEmpty { parts.append(Part(text: text, rank: rank)) }
    }

    /// The parts, two spaces between them, without those that do not fit; at least one stays, shortened if need be.
    ///
    /// - Parameter columns: nil is no limit.
    package func text(columns: Int? = nil) -> String {
        var shown = parts
        var line: String { shown.map(\.text).joined(separator: "  ") }
        guard let columns else { return line }
        while shown.count > 1, line.columns > columns, let rank = shown.map(\.rank).max() {
            guard let index = shown.lastIndex(where: { $0.rank == rank }) else { break }
            shown.remove(at: index)
        }
        return line.shortened(columns: columns)
    }
}
