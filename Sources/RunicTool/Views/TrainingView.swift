internal import Runic
internal import RunicModel
internal import RunicDisplay
internal import RunicEvaluation

/// Progress of training on standard error: one live line on a terminal, plain lines elsewhere.
final class TrainingView: TrainingWatcher {
    private let live = LiveLine()
    private var curve: [Double] = []
    private var maximumEpochs: Int?
    /// Whether the vocabulary spells, so that a character may be several ids.
    private var isSpelled = false
    private var earlyStop: Int?

    func begins(_ plan: TrainingPlan) {
        let model = plan.configuration
        maximumEpochs = plan.settings.epochs
        FileRemarks.show(plan.files)
        isSpelled = plan.isSpelled
        let ids = plan.statistics.spelledSymbols > 0 ? " as \(plan.parts.reduce(0, +)) ids" : ""
        Console.note(
            "\(plan.statistics.symbols) symbols\(ids) (\(plan.parts.map(String.init).joined(separator: " + ")) for training, "
                + "validation, test), vocabulary \(model.vocabularySize)")
        if let line = unseenLine(plan) { Console.note(line) }
        UnknownWarning.warn(about: plan)
        if let (name, newSymbols) = plan.finetuned {
            Console.note("starting from \(name), with \(newSymbols) new symbols")
        }
        Console.note(
            "\(model.cell) \(model.layers) × \(model.hiddenSize), embedding \(model.embeddingSize), "
                + "\(NumberFormat.count(Double(plan.parameterCount))) parameters; batch \(plan.settings.batch) × "
                + "\(plan.settings.sequence), \(plan.stepsPerEpoch) steps per epoch, \(plan.settings.precision), "
                + "\(plan.settings.threads) threads"
                + (plan.stepsDone > 0 ? "; continuing after step \(plan.stepsDone)" : ""))
        earlyStop = plan.settings.earlyStop
        for line in plan.textRemarks { Console.note("runic: \(line)") }
        for line in plan.remarks + plan.warnings { Console.warn(line) }
    }

    /// The symbols that the vocabulary leaves out; nil where it has all.
    private func unseenLine(_ plan: TrainingPlan) -> String? {
        let unknown = plan.statistics.unknownSymbols
        let count = unknown + plan.statistics.spelledSymbols
        guard count > 0, let names = UnseenList(plan.unseen, unit: plan.unit).text else { return nil }
        let fraction = NumberFormat.percent(Double(count) / Double(max(plan.statistics.symbols, 1)))
        return "\(count) of them (\(fraction)) are \(unknown > 0 ? "unknown" : "spelled"): \(names)"
            + (unknown > 0 ? "; what their code points cost is in the final losses only" : "")
    }

    func progresses(_ progress: TrainingProgress) {
        live.show(isLast: progress.fraction >= 1) {
            var line = StatusLine()
            Self.add(progress, to: &line, epochs: maximumEpochs, curve: curve)
            return line
        }
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
        let end =
            summary.end == .noImprovement
            ? "no improvement in \(earlyStop ?? 0) validations: ended" : summary.end.rawValue
        Console.note(
            "\(end) after \(summary.steps) steps, \(NumberFormat.duration(summary.seconds)); "
                + "best at step \(summary.bestStep)"
                + (summary.skippedSteps > 0 ? "; \(summary.skippedSteps) steps skipped: not finite" : "")
                + (summary.returns > 0
                    ? "; rolled back \(summary.returns) times, final learning rate times \(summary.rateFactor)"
                    : ""))
        for (name, loss) in [("validation", summary.validation), ("test", summary.test)] {
            guard let loss else { continue }
            Console.result("\(name) \(Self.line(loss, isSpelled: isSpelled))")
        }
        Console.verbatim(summary.bestPath)
        for line in summary.warnings { Console.warn(line) }
    }

    /// A final loss, and how many symbols are unknown; that of ids also per character.
    static func line(_ loss: PartLoss, isSpelled: Bool) -> String {
        var line =
            "\(NumberFormat.nats(loss.nats)) nats per \(isSpelled ? "id" : "symbol"), perplexity "
            + (loss.perplexity.map { NumberFormat.figure($0, 3) } ?? NumberFormat.missing)
        if isSpelled, let bits = loss.bitsPerCharacter {
            line += "; \(NumberFormat.nats(bits * 0.6931471805599453)) nats per character"
        }
        if loss.unknownSymbols > 0 {
            line +=
                "; \(loss.unknownSymbols) of \(loss.symbols) symbols (\(NumberFormat.percent(loss.unknownFraction))) unknown"
        }
        return line
    }

    /// Adds loss, validation loss, speed, time left and a sparkline of the validation losses.
    static func add(
        _ progress: TrainingProgress, to line: inout StatusLine, epochs: Int? = nil, curve: [Double] = []
    ) {
        line.add("epoch \(NumberFormat.fixed(progress.epoch, 2))" + (epochs.map { "/\($0)" } ?? ""), rank: 1)
        line.add("train \(NumberFormat.fixed(progress.trainNats, 3))", rank: 2)
        if let nats = progress.validationNats { line.add("validation \(NumberFormat.fixed(nats, 3))", rank: 2) }
        line.add("\(NumberFormat.count(progress.symbolsPerSecond)) symbols/s", rank: 3)
        line.add("\(NumberFormat.duration(progress.secondsLeft)) left", rank: 1)
        if curve.count > 1 { line.add(Sparkline.of(curve, width: 16), rank: 4) }
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
