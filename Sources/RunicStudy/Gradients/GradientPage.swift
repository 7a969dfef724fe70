internal import Runic
package import RunicPage

/// The page of a study of gradients.
package struct GradientPage: Sendable {
    private let report: GradientReport

    package init(_ report: GradientReport) { self.report = report }

    /// The page, one self-contained HTML file.
    package var text: String {
        PageDocument.assemble(title: Self.title, style: PageStyle.plots, body: body, plots: plots)
    }

    private static let title = "What is left of the past"

    private var body: String {
        """
        <header>
        <h1>\(Self.title)</h1>
        </header>
        <main>
        \(Self.introduction)
        <section>
        <h2>What is left after k steps</h2>
        <p class="hint">‖∂h<sub>T</sub>/∂h<sub>T−k</sub>‖ / √H; the last column says for how many steps it stays above \
        one millionth.</p>
        \(PageTable.markup(report.rows, title: "Norms after k steps", names: 2))
        </section>
        <section>
        <h2>How it fades, step by step</h2>
        <p class="hint">Each colour is a cell, each kind of line a start or a model. Point at a plot, or select it and \
        use the arrow keys, to read its values.</p>
        <div class="plots">
        \(plots.enumerated().map { $1.markup($0) }.joined(separator: "\n"))
        </div>
        </section>
        \(Self.reading)
        </main>
        <footer><p>Written by <code>runic study gradients</code>. The page needs no network. Hidden units: \
        \(units).\(sampled)</p></footer>
        """
    }

    private var units: String {
        let sizes = Set(report.series.map(\.hiddenSize)).sorted()
        return sizes.map(\.grouped).joined(separator: ", ")
    }

    private var sampled: String {
        report.series.contains { $0.hiddenSize > ProbeDirections.widest }
            ? " Norms of states wider than \(ProbeDirections.widest) are estimates from \(ProbeDirections.count) random "
                + "orthonormal directions." : ""
    }

    /// A colour for each cell, a dash for each start of it.
    package var plots: [LinePlot] {
        let cells = report.series.reduce(into: [String]()) { if !$0.contains($1.cell) { $0.append($1.cell) } }
        func lines(_ values: (StateGradient) -> [Double]?, _ suffix: String) -> [LinePlot.Line] {
            report.series.indices.compactMap { index in
                let series = report.series[index]
                guard let norms = values(series.gradient) else { return nil }
                return LinePlot.Line(
                    title: series.title + suffix, color: cells.firstIndex(of: series.cell) ?? 0,
                    dash: report.series[..<index].count { $0.cell == series.cell },
                    points: norms.enumerated().map { (Double($0 + 1), $1) })
            }
        }
        func plot(_ title: String, _ lines: [LinePlot.Line]) -> LinePlot {
            let highest = lines.flatMap(\.points).reduce(1) { max($0, $1.y) }
            var plot = LinePlot(
                title, x: LinePlot.Axis("k, steps back", .logarithmic, 1...Double(max(report.steps, 2))),
                y: LinePlot.Axis("norm", .logarithmic, 1e-12...min(max(highest * 2, 10), 1e6)))
            plot.lines = lines
            return plot
        }
        var plots = [plot("Hidden state: ‖∂h(T) / ∂h(T−k)‖ / √H", lines(\.hidden, ""))]
        let cell = lines(\.cell, "")
        if !cell.isEmpty {
            plots.append(plot("Cell state: ‖∂c(T) / ∂c(T−k)‖ / √H", cell))
            plots.append(
                plot("From the cell state to the hidden state: ‖∂h(T) / ∂c(T−k)‖ / √H", lines(\.hiddenByCell, "")))
        }
        return plots
    }

    private static let introduction = """
        <p>A recurrent network learns what to keep from the gradient: how the loss at step T changes with the state at step \
        T − k. That dependence is one matrix, the Jacobian ∂h<sub>T</sub>/∂h<sub>T−k</sub>, a product of k matrices, one for each \
        step. If each makes a vector shorter by a tenth, a hundred of them leave 0.9¹⁰⁰ = 0.00003 of it: the gradient has \
        <em>vanished</em>, and training cannot learn that something so long ago mattered. If each makes it longer by a \
        tenth, it has grown to 14,000 times its length: it <em>explodes</em>.</p>
        <p>The table and the plots show the size of that matrix over k: its Frobenius norm over √H, which is 1 where every \
        unit keeps what it has. Both axes of the plots are logarithmic; values below 10⁻¹² are not shown.</p>
        """

    private static let reading = """
        <section>
        <h2>Reading the plots</h2>
        <ul>
        <li>A <b>vanilla RNN</b> multiplies by diag(1 − h²) · W at each step, so the line falls, or with large weights rises, \
        by about the same factor each time. Within tens of steps hardly anything is left, or too much of it.</li>
        <li>An <b>LSTM</b>’s cell state passes from step to step through the forget gate alone, c<sub>t</sub> = f ⊙ \
        c<sub>t−1</sub> + i ⊙ g. With a gate at f, f<sup>k</sup> is left after k steps: with the usual bias of 1, f = 0.73 \
        and the gradient vanishes too, only later; but a gate can be opened, by training or by its bias. A bias that makes \
        it remember N steps spreads the units’ time constants between 1 and N: the line stays near 1 until k comes near N.</li>
        <li>A <b>GRU</b> keeps z ⊙ h<sub>t−1</sub> in the same manner, so it needs no cell state.</li>
        <li>A <b>trained</b> model keeps what helps it predict its text. That need not be much where the last hundred symbols \
        suffice.</li>
        </ul>
        <p>The state of an LSTM is both h and c; each derivative here keeps the other fixed. That is why \
        ∂h<sub>T</sub>/∂h<sub>T−k</sub> of an LSTM starts low: h itself is forgotten at once; the part that lasts is in c.</p>
        </section>
        """
}
