internal import Runic
internal import RunicDisplay
internal import RunicEvaluation
internal import RunicComparison

/// Progress of a comparison on standard error: one live line on a terminal, a plain line every five seconds elsewhere.
final class ComparisonView {
    private let live = LiveLine()
    private let clock = ContinuousClock()
    private var noted: (run: Int, at: ContinuousClock.Instant)?

    func shows(_ progress: ComparisonProgress) {
        if !live.isLive, isDue(progress.index) { Console.note(Self.line(progress).text()) }
        live.show(isLast: progress.training.fraction >= 1) { Self.line(progress) }
    }

    private static func line(_ progress: ComparisonProgress) -> StatusLine {
        var line = StatusLine(
            "\(progress.cell) seed \(progress.seed) (\(progress.index + 1) of \(progress.count))")
        TrainingView.add(progress.training, to: &line)
        return line
    }

    func ends() { live.clear() }

    /// Whether a plain line is due: at the start of a run, and every five seconds.
    private func isDue(_ run: Int) -> Bool {
        let now = clock.now
        if let noted, noted.run == run, now - noted.at < .seconds(5) { return false }
        noted = (run, now)
        return true
    }
}
