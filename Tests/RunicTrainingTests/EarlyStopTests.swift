import RunicModel
import RunicSymbols
import RunicTraining
import Testing

@Suite("Early stopping")
struct EarlyStopTests {
    /// A run whose rate is so large that the validation loss soon rises.
    private func samples(earlyStop: Int?) -> TrainerSamples {
        var samples = TrainerSamples(symbols: 8 * 60)
        (samples.settings.epochs, samples.settings.validateEvery, samples.settings.earlyStop) = (40, 3, earlyStop)
        (samples.settings.schedule, samples.settings.learningRate) = ("constant", 0.1)
        samples.settings.split = [0.85, 0.15, 0]
        return samples
    }

    @Test("ends a run after as many validations without a new best loss, and not before", arguments: [1, 3, 6])
    func ends(earlyStop: Int) throws {
        let samples = samples(earlyStop: earlyStop)
        let whole = try self.samples(earlyStop: nil).trainer()
        #expect(try whole.run(observer: nil) { false } == .finished)
        let trainer = try samples.trainer()
        let log = Log()
        #expect(try trainer.run(observer: log) { false } == .noImprovement)
        #expect(trainer.state.step - trainer.state.bestStep == 3 * earlyStop)
        #expect(trainer.state.step < whole.state.step)
        let best = try #require(trainer.state.bestValidation)
        #expect(log.losses.suffix(earlyStop).allSatisfy { $0 >= best } && log.losses.count == trainer.state.step / 3)
    }

    @Test("ends a resumed run at the same step, wherever it was stopped", arguments: [0, 1, 3, 4])
    func resumed(before: Int) throws {
        let samples = samples(earlyStop: 2)
        let straight = try samples.trainer()
        _ = try straight.run(observer: nil) { false }
        let cut = try samples.trainer()
        #expect(try cut.run(untilStep: straight.state.step - before) == .interrupted)
        let resumed = try samples.trainer(cut.parameters.copy())
        try resumed.restore(cut.state, vectorState: cut.savedVectors)
        #expect(try resumed.run(observer: nil) { false } == .noImprovement)
        #expect(resumed.state.step == straight.state.step && resumed.bits == straight.bits)
    }

    private final class Log: TrainingObserver {
        var losses: [Double] = []

        func trainer(_ trainer: Trainer, did progress: TrainingProgress) {}
        func trainer(_ trainer: Trainer, logged record: TrainingRecord) {
            if let nats = record.validationNats { losses.append(nats) }
        }
        func trainerImproved(_ trainer: Trainer) {}
        func trainerCanSave(_ trainer: Trainer) {}
    }
}
