internal import Runic
internal import RunicEvaluation

/// Shows how a comparison goes, on standard error.
final class ComparisonView {
    private let live = LiveLine()
    private var announced = -1

    func shows(_ progress: ComparisonProgress) {
        let run = "\(progress.cell) seed \(progress.seed) (\(progress.index + 1) of \(progress.count))"
        if announced != progress.index {
            announced = progress.index
            if !live.isLive { Console.note(run) }
        }
        live.show(isLast: progress.training.fraction >= 1) { run + "  " + TrainingView.line(progress.training) }
    }

    func ends() { live.clear() }
}
