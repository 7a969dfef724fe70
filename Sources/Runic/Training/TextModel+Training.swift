internal import Foundation
public import RunicText
public import RunicTraining

extension TextModel {
    /// Trains a model on a text in memory, and writes no file.
    ///
    ///     let model = try await TextModel.train(on: text, options: TrainingOptions(cell: "gru", hidden: 128, maxTime: .seconds(60)))
    ///     try model.write(to: "mine.runic")
    ///
    /// The model is the one that ``TrainingRun`` would keep as its best for a file with this text and the same options. Training
    /// runs on threads of its own, so no other task waits for it. If the task is cancelled, training ends after the current
    /// update. Save what is to survive a crash with ``TrainingRun``.
    ///
    /// - Parameters:
    ///   - text: the text; its last twentieths validate and test, see `TrainingSettings.split`.
    ///   - options: the model and how to train it; their texts are ignored.
    ///   - environment: has the stages of the pipeline.
    ///   - progress: called after every update, on a thread of the training.
    /// - Throws: ``RunicError`` if the text is too short or an option out of range; `CancellationError`.
    public static func train(
        on text: String, options: TrainingOptions = TrainingOptions(), environment: Environment = Environment(),
        progress: @escaping @Sendable (TrainingProgress) -> Void = { _ in }
    ) async throws -> TextModel {
        try await train(on: TextSource(text), options: options, environment: environment, progress: progress)
    }

    /// Trains a model on files or several texts in memory, and writes no file; otherwise like
    /// ``train(on:options:environment:progress:)-(String,_,_,_)``.
    ///
    ///     let model = try await TextModel.train(on: TextSource(poems))      // each poem a document
    ///
    /// - Throws: ``RunicError``, also if a file cannot be read; `CancellationError`.
    public static func train(
        on source: TextSource, options: TrainingOptions = TrainingOptions(), environment: Environment = Environment(),
        progress: @escaping @Sendable (TrainingProgress) -> Void = { _ in }
    ) async throws -> TextModel {
        try Task.checkCancellation()
        let training = MemoryTraining(
            source: source, options: options, environment: environment, progress: progress)
        let cancellation = Cancellation()
        let model = try await withTaskCancellationHandler {
            // A thread of its own: the threads that tasks share are few, and training takes minutes.
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                    continuation.resume(
                        with: Result { () throws(RunicError) in try training.run(until: cancellation) }
                            .mapError { $0 as any Error })
                }
            }
        } onCancel: {
            cancellation.request()
        }
        guard let model else { throw CancellationError() }
        return model
    }
}
