import Foundation
import RunicKernels
import RunicModel
import RunicTraining
import Testing

/// The same settings give the same bytes, for any number of workers and interruptions.
@Suite struct DeterminismTests {
    static let precisions = ProcessorInformation.hasBFloat16 ? ["f32", "bf16"] : ["f32"]
    static let cells = ["rnn", "lstm", "gru"]

    @Test("one, two and three threads give the same bytes", arguments: cells, precisions)
    func threads(cell: String, precision: String) throws {
        var results: [[UInt32]] = []
        for threads in [1, 2, 3, 2] {
            // 64 rows are four shards.
            var samples = TrainerSamples(symbols: 64 * 20)
            samples.configuration.cell = cell
            samples.settings.batch = 64
            samples.settings.dropout = 0.3
            samples.settings.precision = precision
            samples.settings.threads = threads
            let trainer = try samples.trainer()
            let before = trainer.bits
            #expect(try trainer.run(untilStep: 4) == .interrupted)
            #expect(trainer.bits != before)
            results.append(trainer.bits + trainer.vectorState.flatMap { $0.values.map(\.bitPattern) })
        }
        #expect(results.allSatisfy { $0 == results[0] })
    }

    @Test("another seed is another run")
    func seeds() throws {
        var samples = TrainerSamples(symbols: 8 * 40)
        let first = try samples.trainer()
        samples.settings.seed = 2
        let second = try samples.trainer()
        #expect(first.bits != second.bits)
    }

    /// Six updates are an epoch here: stops before, at and after its end.
    @Test(
        "a saved and resumed run ends with the bytes of an uninterrupted one", arguments: cells, precisions)
    func resuming(cell: String, precision: String) throws {
        for stop in [2, 6, 7] {
            var samples = TrainerSamples(symbols: 8 * 45)
            samples.configuration.cell = cell
            samples.settings.precision = precision
            samples.settings.dropout = 0.25
            samples.settings.split = [0.95, 0.05, 0]
            samples.settings.validateEvery = 4
            let straight = try samples.trainer()
            #expect(straight.stepsPerEpoch == 6)
            #expect(try straight.run(observer: nil) { false } == .finished)

            let interrupted = try samples.trainer()
            #expect(try interrupted.run(untilStep: stop) == .interrupted)
            let (state, saved) = (interrupted.state, interrupted.savedVectors)
            let resumed = try samples.trainer(interrupted.parameters.copy())
            try resumed.restore(state, vectorState: saved)
            #expect(resumed.state == state && resumed.savedVectors == saved)
            #expect(try resumed.run(observer: nil) { false } == .finished)
            #expect(resumed.state.step == 18 && straight.state.step == 18)
            #expect(resumed.bits == straight.bits, "stopped at \(stop)")
            #expect(resumed.savedVectors == straight.savedVectors)
        }
    }

    /// The state of optimizer, schedule and averages in addition to moments: stops between validations, at one and after it.
    @Test(
        "so does one with averages, momentum and a rate that waits for validations",
        arguments: ["nt-asgd", "sgd", "rmsprop", "adam"], [7, 12, 13])
    func averages(optimizer: String, stop: Int) throws {
        let averageDecay = ["sgd": 0.9, "adam": 0.99][optimizer]
        var samples = TrainerSamples(symbols: 8 * 45)
        (samples.settings.optimizer, samples.settings.averageDecay) = (optimizer, averageDecay)
        (samples.settings.momentum, samples.settings.weightDecay) = (optimizer == "adam" ? 0 : 0.5, 0.001)
        (samples.settings.schedule, samples.settings.patience, samples.settings.learningRate) = ("plateau", 1, 0.5)
        samples.settings.split = [0.95, 0.05, 0]
        samples.settings.validateEvery = 2
        let straight = try samples.trainer()
        #expect(try straight.run(observer: nil) { false } == .finished)
        #expect(straight.state.scalarState["plateau.share"] ?? 1 < 1)
        #expect(optimizer != "nt-asgd" || straight.state.scalarState["asgd.trigger"] != nil)

        let interrupted = try samples.trainer()
        #expect(try interrupted.run(untilStep: stop) == .interrupted)
        // Through the text that it is saved as.
        let state = try JSONDecoder().decode(TrainerState.self, from: JSONEncoder().encode(interrupted.state))
        let resumed = try samples.trainer(interrupted.parameters.copy())
        try resumed.restore(state, vectorState: interrupted.savedVectors)
        #expect(resumed.evaluated == interrupted.evaluated)
        #expect(try resumed.run(observer: nil) { false } == .finished)
        #expect(resumed.bits == straight.bits && resumed.evaluated == straight.evaluated)
        #expect(
            resumed.savedVectors == straight.savedVectors && resumed.state.scalarState == straight.state.scalarState)
        #expect((straight.evaluated == straight.bits) == (optimizer == "rmsprop"))
    }

    @Test("a saved run with something missing, or of another length, is refused by name")
    func incomplete() throws {
        let samples = TrainerSamples(symbols: 8 * 40)
        let trainer = try samples.trainer()
        _ = try trainer.run(untilStep: 1)
        #expect(trainer.savedVectors["good.parameters"] != nil)
        for name in trainer.savedVectors.keys {
            var saved = trainer.savedVectors
            saved[name] = nil
            let missing = #expect(throws: TrainingError.self) { try trainer.restore(trainer.state, vectorState: saved) }
            #expect(missing?.description.contains(name) == true)
            saved[name] = [1]
            #expect(throws: TrainingError.self) { try trainer.restore(trainer.state, vectorState: saved) }
        }
    }
}
