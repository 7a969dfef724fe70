internal import RunicEvaluation
internal import Runic
internal import RunicDisplay

/// The results of a study of memory.
package struct MemoryReport: Sendable, Codable {
    package let task: String
    package let hidden: Int
    package let batch: Int
    /// Adam's clipping; how many steps gated cells remember from the start, nil: the lag.
    package let clipNorm: Double
    package let remember: Int?
    /// Every run, including those whose learning rate did not help.
    package var runs: [MemoryResult] = []

    private enum CodingKeys: String, CodingKey {
        case task, hidden, batch, remember, runs
        case clipNorm = "clip_norm"
    }

    package init(task: String, settings: MemorySettings) {
        (self.task, hidden, batch) = (task, settings.hidden, settings.batch)
        (clipNorm, remember) = (settings.clipNorm, settings.remember)
    }

    /// For each cell, lag and seed the run with the best learning rate: one that solved the task, else that of the lowest
    /// loss at its end.
    package var best: [MemoryResult] {
        var best: [MemoryResult] = []
        for run in runs {
            guard let index = best.firstIndex(where: { ($0.cell, $0.lag, $0.seed) == (run.cell, run.lag, run.seed) })
            else {
                best.append(run)
                continue
            }
            let loss = { (run: MemoryResult) in run.last.map(\.loss) ?? .infinity }
            if run.isSolved || (!best[index].isSolved && loss(run) < loss(best[index])) { best[index] = run }
        }
        return best
    }

    /// The rows of the table of the best runs, header first.
    package var rows: [[String]] {
        let recalls = runs.contains { $0.last?.recalled != nil }
        let header =
            ["cell", "lag", "seed", "rate", "loss", "no memory"] + (recalls ? ["recalled"] : [])
            + ["solved at", "updates", "seconds"]
        return [header]
            + best.map { run in
                let recalled = recalls ? [run.last?.recalled.map { NumberFormat.fixed($0, 3) } ?? ""] : []
                return [
                    run.cell, "\(run.lag)", "\(run.seed)", "\(run.learningRate)",
                    run.last.map { NumberFormat.fixed($0.loss, 5) } ?? "", NumberFormat.fixed(run.baseline, 5),
                ] + recalled + [
                    run.solvedAt.map { "\($0)" } ?? "not solved", "\(run.updates)", NumberFormat.fixed(run.seconds, 0),
                ]
            }
    }

    /// The rows for a terminal.
    ///
    /// - Parameter columns: the width to fit; nil is no limit.
    package func table(columns: Int?) -> String {
        var table = TextTable(alignments: [.left] + rows[0].dropFirst().map { _ in .right }, labels: 3)
        for row in rows { table.add(row) }
        return table.text(columns: columns)
    }

    /// The curves of all runs, one row a point.
    package var csv: String {
        let rows = runs.flatMap { run in
            run.curve.map { point in
                [
                    run.task, ComparisonReport.csvField(run.cell), "\(run.lag)", "\(run.seed)", "\(run.learningRate)",
                    "\(point.update)",
                    "\(point.loss)", point.recalled.map { "\($0)" } ?? "",
                ].joined(separator: ",") + "\r\n"
            }
        }
        return "task,cell,lag,seed,learning_rate,update,loss,recalled\r\n" + rows.joined()
    }
}
