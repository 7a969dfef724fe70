internal import RunicKernels
internal import RunicModel
internal import RunicTraining
internal import RunicEvaluation

/// Watches one run of a comparison: keeps the best parameters and measures the speed.
final class ComparedTraining: TrainingObserver {
    /// The parameters at the lowest validation loss so far; nil before the first validation.
    private(set) var best: ModelParameters?
    private var trainedSymbols = 0
    private var trainingSeconds = 0.0
    private let report: (TrainingProgress) -> Void

    init(report: @escaping (TrainingProgress) -> Void) { self.report = report }

    /// Symbols per second of training, validation excluded; nil before the first log line.
    var symbolsPerSecond: Double? {
        trainingSeconds > 0 ? (Double(trainedSymbols) / trainingSeconds).finite : nil
    }

    func trainer(_ trainer: Trainer, did progress: TrainingProgress) { report(progress) }

    func trainer(_ trainer: Trainer, logged record: TrainingRecord) {
        guard record.symbolsPerSecond > 0 else { return }
        trainingSeconds += Double(record.symbols - trainedSymbols) / record.symbolsPerSecond
        trainedSymbols = record.symbols
    }

    func trainerImproved(_ trainer: Trainer) {
        trainer.copyEvaluationParameters(into: &best)
    }

    func trainerCanSave(_ trainer: Trainer) {}
}
