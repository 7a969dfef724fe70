internal import Foundation
internal import Runic
internal import RunicModel
internal import RunicTerminal

/// Shows how training goes: one live line on a terminal, plain lines elsewhere, all on standard error.
final class TrainingView: TrainingWatcher {
    private let isLive = Terminal.hasError
    private let clock = ContinuousClock()
    private var shown: ContinuousClock.Instant?
    private var curve: [Double] = []
    private var maximumEpochs: Int?

    func begins(_ plan: TrainingPlan) {
        let model = plan.configuration, text = plan.statistics
        maximumEpochs = plan.settings.epochs
        Console.note(
            "\(text.symbols) symbols (\(plan.parts.map(String.init).joined(separator: " + ")) for training, validation, "
                + "test), vocabulary \(model.vocabularySize)")
        Console.note(
            "\(model.cell) \(model.layers) × \(model.hiddenSize), embedding \(model.embeddingSize), "
                + "\(Figures.count(Double(plan.parameterCount))) parameters; batch \(plan.settings.batch) × "
                + "\(plan.settings.sequence), \(plan.stepsPerEpoch) steps an epoch, \(plan.settings.precision), "
                + "\(plan.settings.threads) threads"
                + (plan.stepsDone > 0 ? "; going on after step \(plan.stepsDone)" : ""))
    }

    func progresses(_ progress: TrainingProgress) {
        guard isLive else { return }
        let now = clock.now
        if let shown, now - shown < .milliseconds(100), progress.fraction < 1 { return }
        shown = now
        show(line(progress))
    }

    func logs(_ record: TrainingRecord) {
        if let nats = record.validationNats { curve.append(nats) } else if curve.isEmpty { return }
        guard !isLive, record.validationNats != nil else { return }
        Console.note(
            "step \(record.step)  epoch \(Figures.fixed(record.epoch, 2))  train \(Figures.nats(record.trainNats))  "
                + "validation \(record.validationNats.map(Figures.nats) ?? "-")  "
                + "\(Figures.count(record.symbolsPerSecond)) symbols/s  \(Figures.duration(record.seconds))")
    }

    func ends(_ summary: TrainingSummary) {
        if isLive { show("") }
        Console.note(
            "\(summary.end.rawValue) after \(summary.steps) steps, \(Figures.duration(summary.seconds)); "
                + "best at step \(summary.bestStep)"
                + (summary.skippedSteps > 0 ? "; \(summary.skippedSteps) steps left out: not a number" : ""))
        for (name, nats) in [("validation", summary.validationNats), ("test", summary.testNats)] {
            guard let nats else { continue }
            Console.result(
                "\(name) \(Figures.nats(nats)) nats per symbol, perplexity \(Figures.fixed(exp(nats), 3))")
        }
        Console.result(summary.bestPath)
    }

    private func line(_ progress: TrainingProgress) -> String {
        let epochs = maximumEpochs.map { "/\($0)" } ?? ""
        var parts = [
            "epoch \(Figures.fixed(progress.epoch, 2))\(epochs)", "train \(Figures.fixed(progress.trainNats, 3))",
        ]
        if let nats = progress.validationNats { parts.append("validation \(Figures.fixed(nats, 3))") }
        parts.append("\(Figures.count(progress.symbolsPerSecond)) symbols/s")
        parts.append("\(Figures.duration(progress.secondsLeft)) left")
        if curve.count > 1 { parts.append(Sparkline.of(curve, width: 16)) }
        return parts.joined(separator: "  ")
    }

    /// Writes over the live line, cut to the terminal's width.
    private func show(_ text: String) {
        let width = max(Terminal.columns - 1, 10)
        FileHandle.standardError.write(Data(("\r\u{1B}[K" + String(text.prefix(width))).utf8))
    }
}
