import Runic

/// The table of how training scales with threads.
struct ScalingSection {
    let plan: MeasuringPlan

    private static let goal = 1.85

    func measure(into report: inout Report) throws {
        guard plan.threads > 1 else {
            Console.note("scaling needs --threads 2 or more")
            return
        }
        let model = TrainingCase.large
        report.begin(
            Table(
                "Scaling of training",
                explanation:
                    "Whole steps with 1 and with \(plan.threads) threads in turn, and how the peak scales at the same time. "
                    + OtherPrograms.explanation,
                labels: ["model, batch × sequence", "precision"]))
        for precision in Precision.forTraining where plan.includes("\(model.name) \(precision.rawValue)") {
            try measure(model, precision, into: &report)
        }
    }

    private func measure(_ model: TrainingCase, _ precision: Precision, into report: inout Report) throws {
        let others = OtherPrograms()
        var rates: [Int: [Double]] = [:], peaks: [Int: [Double]] = [:]
        for round in 1...plan.rounds {
            Console.note("scaling \(model.name) \(precision.rawValue), round \(round) of \(plan.rounds)")
            for threads in plan.threadCounts {
                if let peak = plan.meter.operations(precision, threads: threads) {
                    peaks[threads, default: []].append(peak)
                }
                let speed = try model.measure(precision, threads: threads, steps: plan.scaled(model.steps))
                rates[threads, default: []] += speed.stepSeconds.map { model.symbolsPerStep / $0 }
            }
        }
        let one = rates[1] ?? [], all = rates[plan.threads] ?? []
        report.add(
            [model.name, precision.rawValue],
            [
                Measurement("1 thread, symbols/s", .symbolsPerSecond, one.median, samples: one),
                Measurement("\(plan.threads) threads, symbols/s", .symbolsPerSecond, all.median, samples: all),
                Measurement(
                    "ratio", .ratio, all.median / one.median, goal: plan.threads == 2 ? .atLeast(Self.goal) : nil),
                Measurement("ratio of the peaks", .ratio, peaks[plan.threads]?.max() / peaks[1]?.max()),
                others.column,
            ])
    }
}
