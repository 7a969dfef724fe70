import Runic

/// The table of whole training steps, Runic and PyTorch in turn.
struct TrainingSection {
    let plan: MeasuringPlan

    func measure(into report: inout Report) throws {
        report.begin(
            Table(
                "Training",
                explanation:
                    "Forward, backward, clipping, AdamW; vocabulary 65, \(plan.threads) threads; medians of the "
                    + "steps of all rounds. The share of the peak counts the multiply-adds of the algorithm, against a peak "
                    + "measured around the steps. " + OtherPrograms.explanation,
                labels: ["model, batch × sequence", "precision"]))
        for model in TrainingCase.all {
            for precision in Precision.forTraining where plan.includes("\(model.name) \(precision.rawValue)") {
                try measure(model, precision, into: &report)
            }
        }
    }

    private func measure(_ model: TrainingCase, _ precision: Precision, into report: inout Report) throws {
        let others = OtherPrograms()
        let steps = plan.scaled(model.steps)
        var ours: [Double] = [], theirs: [Double] = [], peaks: [Double] = [], multiplyAdds = 0.0
        func measurePeak() {
            if let peak = plan.meter.operations(precision, threads: plan.threads) { peaks.append(peak) }
        }
        for round in 1...plan.rounds {
            Console.note("training \(model.name) \(precision.rawValue), round \(round) of \(plan.rounds)")
            measurePeak()
            let speed = try model.measure(precision, threads: plan.threads, steps: steps)
            measurePeak()
            ours += speed.stepSeconds
            multiplyAdds = speed.multiplyAddsPerStep
            theirs += model.measurePeer(plan.peers, precision, threads: plan.threads, steps: steps)
        }
        let mine = ours.map { model.symbolsPerStep / $0 }, other = theirs.map { model.symbolsPerStep / $0 }
        let rate = ours.median.map { 2 * multiplyAdds / $0 / 1e9 }
        let peak = peaks.max().map { $0 / 1e9 }
        report.add(
            [model.name, precision.rawValue],
            [
                Measurement("Runic symbols/s", .symbolsPerSecond, mine.median, samples: mine),
                Measurement("PyTorch symbols/s", .symbolsPerSecond, other.median, samples: other),
                Measurement(
                    "ratio", .ratio, mine.median / other.median,
                    goal: model.ratioGoals[precision].map { .atLeast($0) }),
                Measurement("GFLOP/s", .billionOperationsPerSecond, rate),
                Measurement("peak GFLOP/s", .billionOperationsPerSecond, peak, samples: peaks.map { $0 / 1e9 }),
                Measurement(
                    "share of the peak", .share, (rate / peak).map { 100 * $0 },
                    goal: precision == .float32 ? .atLeast(model.shareGoal) : nil),
                others.column,
            ])
    }
}
