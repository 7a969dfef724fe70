internal import Runic
internal import RunicDisplay
package import RunicPage

/// The page of a study of memory.
package struct MemoryPage: Sendable {
    private let report: MemoryReport

    package init(_ report: MemoryReport) { self.report = report }

    private var title: String {
        report.task == MemoryTask.adding.rawValue ? "The adding problem" : "The copy task"
    }

    /// The page, one self-contained HTML file.
    package var text: String {
        PageDocument.assemble(
            title: title, style: PageStyle.plots,
            body: """
                <header>
                <h1>\(MarkupText.escaped(title))</h1>
                </header>
                <main>
                <p>\(introduction)</p>
                <section>
                <h2>Results</h2>
                <p class="hint">The best learning rate of each cell, lag and seed. <i>No memory</i> is the loss of the best \
                answer that ignores what was read; a cell that gets below it has remembered something.</p>
                \(PageTable.markup(report.rows, title: "Results", names: 1))
                </section>
                <section>
                <h2>The loss during training</h2>
                <p class="hint">Each colour is a cell, each kind of line a seed. Point at a plot, or select it and use the \
                arrow keys, to read its values.</p>
                <div class="plots">
                \(plots.enumerated().map { $1.markup($0) }.joined(separator: "\n"))
                </div>
                </section>
                </main>
                <footer><p>Written by <code>runic study memory</code>. The page needs no network. One layer of \
                \(report.hidden) units, \(report.batch) new sequences per update, Adam with gradients clipped at a norm of \
                \(NumberFormat.fixed(report.clipNorm, 1)); gated cells start with biases for remembering \(remembered). Each point \
                is the mean over \(MemorySettings.window) updates, on sequences never seen before. A run ends when \
                \(MemorySettings.held) points in a row are solved.</p></footer>
                """, plots: plots)
    }

    private var remembered: String {
        switch report.remember {
        case nil: "the lag"
        case 0: "no particular number of steps"
        case .some(let steps): "\(steps.grouped) steps"
        }
    }

    private var introduction: String {
        if report.task == MemoryTask.adding.rawValue {
            """
            The network reads as many pairs of a number between 0 and 1 and a marker as the lag says. The marker is set once \
            in each half, and the answer is the sum of the two marked numbers. Always answering 1 costs 1/6; below 0.01 \
            the task counts as solved.
            """
        } else {
            """
            The network reads ten symbols out of eight, then blanks for as many steps as the lag says, and must then give \
            the ten symbols in order. Guessing costs 10 · ln 8 over the length of the sequence; the task counts as solved \
            when more than 99 % of the symbols are right.
            """
        }
    }

    /// One plot a lag; a colour for each cell, a dash for each seed.
    package var plots: [LinePlot] {
        let runs = report.best
        let cells = runs.reduce(into: [String]()) { if !$0.contains($1.cell) { $0.append($1.cell) } }
        return Set(runs.map(\.lag)).sorted().map { lag in
            let here = runs.filter { $0.lag == lag && !$0.curve.isEmpty }
            let points = here.flatMap(\.curve)
            let baseline = here.first?.baseline ?? 1
            let lowest = points.map(\.loss).filter { $0 > 0 }.min() ?? 1e-4
            var plot = LinePlot(
                "\(title), lag \(lag.grouped)",
                x: LinePlot.Axis("updates", .linear, 0...Double(max(points.map(\.update).max() ?? 1, 1))),
                y: LinePlot.Axis(
                    report.task == MemoryTask.adding.rawValue ? "mean squared error" : "nats per answer", .logarithmic,
                    min(lowest, baseline / 100) / 2...baseline * 20))
            plot.lines = here.map { run in
                LinePlot.Line(
                    title: "\(run.cell), seed \(run.seed), rate \(run.learningRate)"
                        + (run.isSolved ? "" : ": not solved"),
                    color: cells.firstIndex(of: run.cell) ?? 0, dash: Int(run.seed - 1),
                    points: run.curve.map { (Double($0.update), $0.loss) })
            }
            plot.levels = [(baseline, "without memory")]
            if report.task == MemoryTask.adding.rawValue { plot.levels.append((0.01, "solved")) }
            return plot
        }
    }
}
