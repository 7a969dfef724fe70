internal import Foundation
internal import Runic
internal import RunicModel
internal import RunicDisplay

/// Progress of training on standard error: one live line on a terminal, plain lines elsewhere.
final class TrainingView: TrainingWatcher {
    private let live = LiveLine()
    private var curve: [Double] = []
    private var maximumEpochs: Int?

    func begins(_ plan: TrainingPlan) {
        let model = plan.configuration
        maximumEpochs = plan.settings.epochs
        FileRemarks.show(plan.files)
        Console.note(
            "\(plan.statistics.symbols) symbols (\(plan.parts.map(String.init).joined(separator: " + ")) for training, "
                + "validation, test), vocabulary \(model.vocabularySize)")
        if let (name, newSymbols) = plan.finetuned {
            Console.note("starting from \(name), with \(newSymbols) new symbols")
        }
        Console.note(
            "\(model.cell) \(model.layers) × \(model.hiddenSize), embedding \(model.embeddingSize), "
                + "\(NumberFormat.count(Double(plan.parameterCount))) parameters; batch \(plan.settings.batch) × "
                + "\(plan.settings.sequence), \(plan.stepsPerEpoch) steps per epoch, \(plan.settings.precision), "
                + "\(plan.settings.threads) threads"
                + (plan.stepsDone > 0 ? "; continuing after step \(plan.stepsDone)" : ""))
        for remark in plan.remarks { Console.error(remark) }
    }

    func progresses(_ progress: TrainingProgress) {
        live.show(isLast: progress.fraction >= 1) { Self.line(progress, epochs: maximumEpochs, curve: curve) }
    }

    func logs(_ record: TrainingRecord) {
        if record.skipped != nil {
            live.clear()
            let back = record.rollback.map {
                "; rolled back to step \($0.step), learning rate times \($0.rateFactor)"
            }
            Console.note("step \(record.step) skipped: loss or gradient is not finite" + (back ?? ""))
        }
        guard let nats = record.validationNats else { return }
        curve.append(nats)
        guard !live.isLive else { return }
        Console.note(
            "step \(record.step)  epoch \(NumberFormat.fixed(record.epoch, 2))  train \(NumberFormat.nats(record.trainNats))  "
                + "validation \(NumberFormat.nats(nats))  \(NumberFormat.count(record.symbolsPerSecond)) symbols/s  "
                + NumberFormat.duration(record.seconds))
    }

    func ends(_ summary: TrainingSummary) {
        live.clear()
        Console.note(
            "\(summary.end.rawValue) after \(summary.steps) steps, \(NumberFormat.duration(summary.seconds)); "
                + "best at step \(summary.bestStep)"
                + (summary.skippedSteps > 0 ? "; \(summary.skippedSteps) steps skipped: not finite" : "")
                + (summary.returns > 0
                    ? "; rolled back \(summary.returns) times, final learning rate times \(summary.rateFactor)"
                    : ""))
        for (name, nats) in [("validation", summary.validationNats), ("test", summary.testNats)] {
            guard let nats else { continue }
            Console.result(
                "\(name) \(NumberFormat.nats(nats)) nats per symbol, perplexity \(NumberFormat.fixed(exp(nats), 3))")
        }
        Console.result(summary.bestPath)
    }

    /// Loss, validation loss, speed, time left and a sparkline of the validation losses.
    static func line(_ progress: TrainingProgress, epochs: Int? = nil, curve: [Double] = []) -> String {
        var parts = [
            "epoch \(NumberFormat.fixed(progress.epoch, 2))" + (epochs.map { "/\($0)" } ?? ""),
            "train \(NumberFormat.fixed(progress.trainNats, 3))",
        ]
        if let nats = progress.validationNats { parts.append("validation \(NumberFormat.fixed(nats, 3))") }
        parts.append("\(NumberFormat.count(progress.symbolsPerSecond)) symbols/s")
        parts.append("\(NumberFormat.duration(progress.secondsLeft)) left")
        if curve.count > 1 { parts.append(Sparkline.of(curve, width: 16)) }
        return parts.joined(separator: "  ")
    }
}

/// A curve in one line of text.
enum Sparkline {
    private static let levels = Array("▁▂▃▄▅▆▇█")

    /// Bars scaled from the lowest to the highest value; at most `width` of them, the last value always among them.
    static func of(_ values: [Double], width: Int) -> String {
        let finite = values.filter(\.isFinite)
        guard let least = finite.min(), let most = finite.max(), width > 0 else { return "" }
        let count = min(width, finite.count)
        return String(
            (0..<count).map { index in
                let value = finite[count == 1 ? 0 : index * (finite.count - 1) / (count - 1)]
                guard most > least else { return levels[0] }
                return levels[Int((value - least) / (most - least) * Double(levels.count - 1) + 0.5)]
            })
    }
}
