import Foundation
import RunicCells
import RunicKernels
import RunicModel
import RunicTraining
import RunicSymbols
import Testing

@Suite struct TrainerTests {
    /// Records the calls of a trainer.
    private final class Listener: TrainingObserver {
        var progress: [TrainingProgress] = []
        var records: [TrainingRecord] = []
        var improvements: [Int] = []
        var saves: [Int] = []

        func trainer(_ trainer: Trainer, did progress: TrainingProgress) { self.progress.append(progress) }
        func trainer(_ trainer: Trainer, logged record: TrainingRecord) throws(TrainingError) {
            records.append(record)
        }
        func trainerImproved(_ trainer: Trainer) throws(TrainingError) { improvements.append(trainer.state.step) }
        func trainerCanSave(_ trainer: Trainer) throws(TrainingError) { saves.append(trainer.state.step) }
    }

    @Test("a text with a period is learned", arguments: ["rnn", "lstm", "gru"])
    func learning(cell: String) throws {
        var samples = TrainerSamples(symbols: 0)
        samples.text = (0..<1_600).map { [0, 1, 2, 3, 4, 1][$0 % 6] }
        samples.configuration.cell = cell
        samples.configuration.layers = 1
        samples.settings.sequence = 12
        samples.settings.epochs = 12
        samples.settings.learningRate = 0.03
        samples.settings.split = [0.8, 0.2, 0]
        samples.settings.validateEvery = 40
        let listener = Listener()
        let trainer = try samples.trainer()
        #expect(try trainer.run(observer: listener) { false } == .finished)
        #expect(try #require(listener.progress.first).trainNats > 1.5)
        // The symbol after a 1 depends on the one before it: without the state, the loss stays above log 2 / 3.
        #expect(try #require(trainer.state.bestValidation) < 0.02)
        #expect(try #require(listener.records.last).trainNats < 0.02)
    }

    @Test("an observer hears of every update, of every validation and of the end")
    func observer() throws {
        var samples = TrainerSamples(symbols: 8 * 60)
        samples.settings.split = [0.8, 0.2, 0]
        samples.settings.validateEvery = 4
        samples.settings.epochs = 2
        let listener = Listener()
        let trainer = try samples.trainer()
        #expect(trainer.stepsPerEpoch == 7)
        #expect(try trainer.run(observer: listener) { false } == .finished)
        #expect(listener.progress.map(\.step) == Array(1...14))
        #expect(listener.progress.map(\.symbols) == (1...14).map { $0 * 48 })
        #expect(abs(try #require(listener.progress.last).fraction - 1) < 1e-12)
        #expect(listener.saves == [4, 8, 12])
        #expect(listener.records.filter { $0.validationNats != nil }.map(\.step) == [4, 8, 12, 14])
        #expect(listener.improvements.first == 4)
        #expect(trainer.state.bestStep == listener.improvements.last)
        let best = listener.records.compactMap(\.validationNats).min()
        #expect(trainer.state.bestValidation == best)
    }

    @Test("a run ends when its time is up")
    func time() throws {
        var samples = TrainerSamples(symbols: 8 * 60)
        samples.settings.epochs = nil
        samples.settings.maxSeconds = 0.2
        let trainer = try samples.trainer()
        #expect(try trainer.run(observer: nil) { false } == .timeIsUp)
        #expect(trainer.state.seconds >= 0.2 && trainer.state.step > 0)
    }

    @Test("parameters that are not numbers end the run after three steps, and nothing is updated")
    func diverging() throws {
        let samples = TrainerSamples(symbols: 8 * 60)
        let parameters = try samples.initialised()
        parameters.blocks["decoder.weight"].fill(.nan)
        let trainer = try samples.trainer(parameters)
        let before = trainer.bits
        let error = #expect(throws: TrainingError.self) { try trainer.run(observer: nil) { false } }
        guard case .diverged(let step, 0)? = error else {
            Issue.record("\(String(describing: error)) instead of .diverged")
            return
        }
        #expect(step == 3)
        #expect(error?.description.contains("--learning-rate") == true)
        #expect(trainer.bits == before)
        #expect(trainer.state.skippedSteps == 3)
    }

    @Test("weights that overflow end the run with the same error, not with a crash", arguments: ["rnn", "lstm", "gru"])
    func overflowing(cell: String) throws {
        var samples = TrainerSamples(symbols: 8 * 60)
        samples.configuration.cell = cell
        let parameters = try samples.initialised()
        parameters.blocks["decoder.weight"].fill(.greatestFiniteMagnitude)
        let trainer = try samples.trainer(parameters)
        #expect(throws: TrainingError.self) { try trainer.run(observer: nil) { false } }
    }

    @Test("validation reads the average where there is one, and the loss that it gives is the average's")
    func averages() throws {
        var samples = TrainerSamples(symbols: 8 * 60)
        samples.settings.split = [0.8, 0.2, 0]
        samples.settings.validateEvery = 4
        samples.settings.averageDecay = 0.9
        let trainer = try samples.trainer()
        let listener = Listener()
        #expect(try trainer.run(observer: listener) { trainer.state.step == 8 } == .interrupted)
        let split = TextSplit(SymbolSequence(samples.text), fractions: samples.settings.split)
        func loss(_ parameters: ModelParameters) throws -> Double {
            let scorer = try SequenceScorer(
                quickFor: split.validation.count, parameters: parameters, pool: WorkerPool(workerCount: 1))
            let (nats, count) = scorer.score(split.validation)
            return nats / Double(count)
        }
        let validation = try #require(trainer.state.validation)
        #expect(abs(try loss(trainer.evaluationParameters) - validation) < 1e-9)
        #expect(abs(try loss(trainer.parameters) - validation) > 1e-5)
        #expect(trainer.evaluationParameters !== trainer.parameters)
        #expect(trainer.savedVectors["ema.average"] == trainer.evaluationParameters.whole.array)
    }

    @Test("without an average the parameters that validation reads are those that are trained")
    func noAverages() throws {
        let trainer = try TrainerSamples(symbols: 8 * 60).trainer()
        #expect(trainer.evaluationParameters === trainer.parameters)
    }

    @Test("a schedule by epochs changes the rate where an epoch ends")
    func schedule() throws {
        var samples = TrainerSamples(symbols: 8 * 45)
        (samples.settings.schedule, samples.settings.decayEpochs, samples.settings.warmUp) = ("step", 1, 0)
        let listener = Listener()
        let trainer = try samples.trainer()
        #expect(trainer.stepsPerEpoch == 6)
        #expect(try trainer.run(observer: listener) { false } == .finished)
        let fractions = listener.progress.map { $0.learningRate / samples.settings.learningRate }
        #expect(fractions == (0..<18).map { [1, 0.5, 0.25][$0 / 6] })
        #expect(trainer.state.symbols == 18 * 48)
    }

    @Test("a separator that the training part lacks is an error that shows it")
    func separator() throws {
        var samples = TrainerSamples(symbols: 8 * 60)
        samples.settings.documentSeparator = "\n\n"
        func trainer(_ separator: [UInt16]) throws -> Trainer {
            try Trainer(
                settings: samples.settings, parameters: samples.initialised(),
                split: TextSplit(SymbolSequence(samples.text), fractions: samples.settings.split, separator: separator))
        }
        let error = #expect(throws: TrainingError.self) { try trainer([10, 10, 10, 10]) }
        #expect(error?.description.hasPrefix(#"--document-separator is "\n\n"; it must be "#) == true)
        let starts = try trainer(Array(samples.text[100..<103])).documents.positions
        #expect(starts.contains(102))
        #expect(try trainer([]).documents.positions.isEmpty)
    }

    @Test("a text that is too short says how long it would have to be")
    func tooShort() throws {
        let samples = TrainerSamples(symbols: 8 * 7 - 1)
        let error = #expect(throws: TrainingError.self) { try samples.trainer() }
        #expect(
            error?.description == "the training part has 55 symbols, and a batch of 8 × 6 needs 56; "
                + "give more text, or a --batch of at most 7 or a --sequence of at most 5")
        #expect(throws: Never.self) { try TrainerSamples(symbols: 8 * 7).trainer() }
        #expect(throws: TrainingError.self) { try TrainerSamples(symbols: 0).trainer() }
    }

    @Test("clipping bounds the gradient that the optimizer sees")
    func clipping() throws {
        var results: [[UInt32]] = []
        for clip in [1e9, 1e-9] {
            var samples = TrainerSamples(symbols: 8 * 60)
            samples.settings.clipNorm = clip
            let trainer = try samples.trainer()
            _ = try trainer.run(untilStep: 2)
            #expect(trainer.state.lastNorm > 1e-3)
            results.append(trainer.bits)
            let first = try #require(trainer.savedVectors["adam.first"])
            let largest = first.map(\.magnitude).max() ?? 0
            #expect(clip > 1 ? largest > 1e-5 : largest <= 2e-10)
        }
        #expect(results[0] != results[1])
    }
}
