import Runic
internal import RunicDisplay

/// The table of the parts of one training step.
struct ProfileSection {
    let options: MeasuringOptions

    /// The limit of a part: multiply-adds or memory, at the machine's peak in this run.
    private struct Bound {
        /// The name of the limit, and its unit.
        let name: String
        let unit: Unit
        /// Operations or bytes per step.
        let work: Double
        /// The peak per second; nil if it could not be measured.
        let peak: Double?
    }

    func measure(_ model: TrainingCase, _ precision: Precision, into report: inout Report) throws {
        Console.note("profile \(model.name) \(precision.rawValue)")
        let others = OtherPrograms()
        let peak = options.meter.operations(precision, threads: options.threads)
        let profile = try TrainingProfile.measure(
            model.configuration, settings: model.settings(precision, threads: options.threads),
            steps: options.quick ? 1 : 2 * model.steps)
        report.begin(
            Table(
                "A step of \(model.name), \(precision.rawValue)",
                explanation:
                    "\(NumberFormat.fixed(1e3 * profile.stepSeconds, 1)) ms, \(options.threads) threads. The time of a part is the "
                    + "mean over the workers. The limit is the peak rate of multiply-adds, or for parts bound by memory the "
                    + "rate of reading as much memory as the part's working set. "
                    + others.sentence,
                labels: ["part", "bound by"]))
        for part in profile.parts where part.workerSeconds > 0 {
            add(part.name, bound(of: part, peak), part.workerSeconds, profile, to: &report)
        }
        add("waiting", nil, profile.waitingSeconds, profile, to: &report)
        let all = profile.parts.reduce(0) { $0 + $1.multiplyAdds }
        add(
            "all", Bound(name: "multiply-adds", unit: .billionOperationsPerSecond, work: 2 * all, peak: peak),
            profile.stepSeconds * Double(profile.workers), profile, to: &report)
    }

    private func bound(of part: TrainingProfile.Part, _ peak: Double?) -> Bound {
        if part.multiplyAdds > 0 && part.bytes == 0 {
            return Bound(
                name: "multiply-adds", unit: .billionOperationsPerSecond, work: 2 * part.multiplyAdds, peak: peak)
        }
        let reading = options.meter.reading(bytes: max(Int(part.workingSet), 1 << 16), threads: options.threads)
        return Bound(name: "memory", unit: .billionBytesPerSecond, work: part.bytes, peak: reading)
    }

    private func add(
        _ name: String, _ bound: Bound?, _ workerSeconds: Double, _ profile: TrainingProfile, to report: inout Report
    ) {
        let seconds = workerSeconds / Double(profile.workers)
        let rate = bound.map { $0.work / seconds / 1e9 }
        let peak = bound?.peak.map { $0 / 1e9 }
        report.add(
            [name, bound?.name ?? "-"],
            [
                Measurement("ms", .milliseconds, 1e3 * seconds),
                Measurement("share of the step", .share, 100 * seconds / profile.stepSeconds),
                Measurement("GFLOP/s or GB/s", bound?.unit ?? .billionOperationsPerSecond, rate),
                Measurement("at most", bound?.unit ?? .billionOperationsPerSecond, peak),
                Measurement("share of that", .share, (rate / peak).map { 100 * $0 }),
            ])
    }
}
