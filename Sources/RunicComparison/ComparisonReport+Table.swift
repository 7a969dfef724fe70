internal import RunicDisplay
internal import RunicEvaluation

extension ComparisonReport {
    /// The report for a terminal: a table with one row per cell, deviations below their means, then one line per pair.
    ///
    /// Means have as many digits as their deviation justifies.
    public var table: String { table(columns: nil) }

    /// ``table`` for a terminal of a width.
    ///
    /// - Parameter columns: nil is no limit. A table that is wider is divided into tables one below the other.
    public func table(columns: Int?) -> String {
        var table = TextTable(
            alignments: [.left, .left] + [TextTable.Alignment](repeating: .right, count: 6), followers: [5, 7])
        table.add(["", "", "", "", "validation", "", "test"])
        table.add([
            "cell", "size", "parameters", "symbols/s", "perplexity", "bits/char", "perplexity", "bits/char",
        ])
        for cell in cells {
            let figures = [
                cell.symbolsPerSecond.text(usual: 0),
                cell.validationPerplexity.text(usual: 4),
                cell.validationBitsPerCharacter.text(usual: 4),
                cell.testPerplexity.text(usual: 4),
                cell.testBitsPerCharacter.text(usual: 4),
            ]
            table.add([cell.cell, "\(cell.layers) × \(cell.hidden)", "\(cell.parameters)"] + figures.map(\.mean))
            if figures.contains(where: { !$0.deviation.isEmpty }) {
                table.add(["", "", ""] + figures.map(\.deviation))
            }
        }
        return table.text(columns: columns) + notes.map { $0 + "\n" }.joined()
    }

    /// How many symbols of each part are unknown; nil where none are.
    private var unknownNote: String? {
        let parts = unknownParts.map { name, loss in
            "\(loss.unknownSymbols.grouped) of \(loss.symbols.grouped) of \(name) "
                + "(\(NumberFormat.percent(loss.unknownFraction)))"
        }
        return parts.isEmpty ? nil : "unknown symbols: \(parts.joined(separator: ", "))"
    }

    private var notes: [String] {
        var notes: [String] = []
        let most = cells.map(\.completeRuns).max() ?? 0
        if most > 1 {
            notes.append("mean of \(most) seeds, ± sample standard deviation")
        } else if most == 1 {
            notes.append("one seed: no deviation")
        } else {
            notes.append("no run is complete")
        }
        for cell in cells where cell.completeRuns < most {
            notes.append("\(cell.cell): \(cell.completeRuns) of \(most) seeds complete")
        }
        for cell in cells where cell.divergedRuns > 0 {
            notes.append("\(cell.cell): \(cell.divergedRuns) diverged; try a smaller --learning-rate")
        }
        if interrupted { notes.append("interrupted: unfinished runs count in no mean or difference") }
        if let unknownNote { notes.append(unknownNote) }
        guard let comparedPart, !differences.isEmpty else { return notes }
        notes.append("")
        notes.append(
            comparedPart == .test
                ? "on the test part:" : "on the validation part, by which the best parameters were chosen:")
        notes += differences.map { "  " + $0.sentence }
        if differences.count > 1 { notes.append("  each interval is for its pair alone") }
        return notes
    }
}
