internal import Foundation
internal import Runic
internal import RunicEvaluation
internal import RunicDisplay

/// The norms that a study of gradients found.
package struct GradientReport: Sendable, Codable {
    package struct Series: Sendable, Codable {
        package let cell: String
        /// How the cell starts, or the model's name.
        package let note: String
        package let hiddenSize: Int
        package let gradient: StateGradient

        package var title: String { "\(cell), \(note)" }

        private enum CodingKeys: String, CodingKey {
            case cell, note, gradient
            case hiddenSize = "hidden_size"
        }
    }

    /// The largest k.
    package let steps: Int
    package var series: [Series] = []

    package init(steps: Int) { self.steps = steps }

    /// The steps that a table shows: 1, 10, 100, … and the last.
    private var shown: [Int] {
        var shown: [Int] = []
        var step = 1
        while step < steps {
            shown.append(step)
            step *= 10
        }
        return shown + [steps]
    }

    /// The rows of the table, header first: ∂h_T/∂h_{T−k} at some k, and for how many steps it stays above 10⁻⁶.
    package var rows: [[String]] {
        [["cell", "start or model"] + shown.map { "k = \($0)" } + ["above 1e-6 for"]]
            + series.map { series in
                let norms = series.gradient.hidden
                let reach = series.gradient.reach(above: 1e-6)
                return [series.cell, series.note]
                    + shown.map { $0 <= norms.count ? Self.short(norms[$0 - 1]) : "too large" }
                    + [reach == norms.count ? "all" : "\(reach) steps"]
            }
    }

    /// The rows for a terminal.
    ///
    /// - Parameter columns: the width to fit; nil is no limit.
    package func table(columns: Int?) -> String {
        var table = TextTable(alignments: [.left, .left] + rows[0].dropFirst(2).map { _ in .right }, labels: 2)
        for row in rows { table.add(row) }
        return table.text(columns: columns)
    }

    /// Two digits, by powers of ten where a reader would count zeros.
    static func short(_ value: Double) -> String {
        if value == 0 { return "0" }
        if (0.01..<100).contains(value) { return NumberFormat.fixed(value, 2) }
        let power = Int(log10(value).rounded(.down))
        return "\(NumberFormat.fixed(value / pow(10, Double(power)), 1))e\(power)"
    }

    /// One row for each subject and k; empty where there is no such norm.
    package var csv: String {
        let rows = series.flatMap { series in
            (0..<steps).map { index in
                func value(_ values: [Double]?) -> String {
                    values.flatMap { index < $0.count ? "\($0[index])" : nil } ?? ""
                }
                let names = [series.cell, series.note].map(ComparisonReport.csvField)
                return
                    (names + [
                        "\(index + 1)", value(series.gradient.hidden), value(series.gradient.hiddenByCell),
                        value(series.gradient.cell),
                    ]).joined(separator: ",") + "\r\n"
            }
        }
        return "cell,start,k,dh_dh,dh_dc,dc_dc\r\n" + rows.joined()
    }
}
