import Runic

/// The table of training speed by cell, relative to the plain LSTM in the same rounds.
struct CellsSection {
    let plan: MeasuringPlan

    private static let plain = "lstm"
    private static let cells = [
        plain, "lstm:peephole", "lstm:coupled", "lstm:no-forget-gate", "lstm:no-output-gate", "gru", "gru:reset-before",
        "mgu", "rnn", "rnn:relu",
    ]
    /// Features of the layers, each with the plain LSTM.
    private static let options: [(name: String, change: @Sendable (inout ModelConfiguration) -> Void)] = [
        ("projection to 256", { $0.projectionSize = 256 }), ("residual", { $0.residual = true }),
        ("layer norm", { $0.layerNorm = true }), ("zoneout", { ($0.zoneoutHidden, $0.zoneoutCell) = (0.1, 0.1) }),
    ]
    private static let goal = 0.85

    private struct Case {
        let name: String
        let configuration: ModelConfiguration
    }

    func measure(into report: inout Report) throws {
        let size = TrainingCase.large
        let plain = size.configuration
        let cases =
            Self.cells.map { cell in
                var made = plain
                made.cell = cell
                return Case(name: cell, configuration: made)
            }
            + Self.options.map { option in
                var made = plain
                option.change(&made)
                return Case(name: "lstm, \(option.name)", configuration: made)
            }
        report.begin(
            Table(
                "Training by cell",
                explanation:
                    "Whole steps of 2×\(size.hidden), \(size.batch)×\(size.sequence), \(plan.threads) threads; every round "
                    + "measures all cells in turn. The last figure is multiply-adds per second relative to the plain LSTM's.",
                labels: ["cell", "precision"]))
        for precision in Precision.forTraining {
            let chosen = cases.filter { $0.name == Self.plain || plan.includes("\($0.name) \(precision.rawValue)") }
            guard chosen.count > 1 else { continue }
            try measure(chosen, size, precision, into: &report)
        }
    }

    private func measure(
        _ cases: [Case], _ size: TrainingCase, _ precision: Precision, into report: inout Report
    ) throws {
        var seconds: [String: [Double]] = [:], work: [String: Double] = [:]
        for round in 1...plan.rounds {
            for one in cases {
                Console.note("cell \(one.name) \(precision.rawValue), round \(round) of \(plan.rounds)")
                let speed = try TrainingSpeed.measure(
                    one.configuration, settings: size.settings(precision, threads: plan.threads),
                    steps: plan.scaled(size.steps))
                seconds[one.name, default: []] += speed.stepSeconds
                work[one.name] = speed.multiplyAddsPerStep
            }
        }
        func rate(_ name: String) -> Double? {
            guard let multiplyAdds = work[name] else { return nil }
            return (seconds[name] ?? []).median.map { multiplyAdds / $0 }
        }
        for one in cases {
            let rates = (seconds[one.name] ?? []).map { size.symbolsPerStep / $0 }
            report.add(
                [one.name, precision.rawValue],
                [
                    Measurement("symbols/s", .symbolsPerSecond, rates.median, samples: rates),
                    Measurement("GFLOP/s", .billionOperationsPerSecond, rate(one.name).map { 2e-9 * $0 }),
                    Measurement(
                        "per multiply-add, relative to the LSTM", .ratio, rate(one.name) / rate(Self.plain),
                        goal: one.name == Self.plain ? nil : .atLeast(Self.goal)),
                ])
        }
    }
}
