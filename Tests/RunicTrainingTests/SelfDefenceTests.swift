import Foundation
import RunicCells
import RunicKernels
import RunicModel
import RunicTraining
import RunicSymbols
import RunicTesting
import Testing
@testable import RunicRun

@Suite("Losses and gradients that are not numbers")
struct SelfDefenceTests {
    /// Plain gradient descent that sets a parameter to NaN after some of its updates. Its state does not record that: after a
    /// rollback to before such an update, the same number of updates spoils the parameter again, unless the rate is smaller.
    private final class Spoiler: Optimizer, @unchecked Sendable {
        var step = 0
        let velocity: AlignedBuffer<Float>
        private let spoils: @Sendable (Int, Double) -> Bool

        init(_ layout: ParameterLayout, spoils: @escaping @Sendable (Int, Double) -> Bool) {
            velocity = AlignedBuffer(zeros: layout.length)
            self.spoils = spoils
        }

        var vectorState: [(name: String, values: Block<Float>)] { [("velocity", velocity.block)] }

        func update(
            parameters: Block<Float>, gradient: Block<Float>, gradientScale: Float, learningRate: Double,
            pool: WorkerPool, meter: StepMeter?
        ) {
            step += 1
            for column in 0..<parameters.columns {
                velocity.block[0, column] = 0.5 * velocity.block[0, column] + gradientScale * gradient[0, column]
                parameters[0, column] -= Float(learningRate) * velocity.block[0, column]
            }
            if spoils(step, learningRate) { parameters[0, parameters.columns / 2] = .nan }
        }
    }

    private final class Listener: TrainingObserver {
        var records: [TrainingRecord] = []
        var saves: [Int] = []

        func trainer(_ trainer: Trainer, did progress: TrainingProgress) {}
        func trainer(_ trainer: Trainer, logged record: TrainingRecord) { records.append(record) }
        func trainerImproved(_ trainer: Trainer) {}
        func trainerCanSave(_ trainer: Trainer) { saves.append(trainer.state.step) }
    }

    private static func samples() -> TrainerSamples {
        var samples = TrainerSamples(symbols: 8 * 300)
        samples.settings.optimizer = "spoiler"
        samples.settings.learningRate = 0.1
        (samples.settings.warmUp, samples.settings.finalShare) = (0, 1)
        samples.settings.validateEvery = 10
        samples.settings.epochs = 1
        return samples
    }

    private static func trainer(
        _ samples: TrainerSamples, _ parameters: ModelParameters? = nil,
        spoils: @escaping @Sendable (Int, Double) -> Bool
    ) throws -> Trainer {
        var optimizers = OptimizerRegistry()
        optimizers.register("spoiler") { layout, _ in Spoiler(layout, spoils: spoils) }
        return try Trainer(
            settings: samples.settings, parameters: try parameters ?? samples.initialised(),
            split: TextSplit(SymbolSequence(samples.text), fractions: samples.settings.split),
            engines: HostEngines(optimizers: optimizers))
    }

    /// Spoils update 14, and the one that would be 17 after that, unless the rate is a quarter.
    private static let twice: @Sendable (Int, Double) -> Bool = { step, rate in
        (step == 14 && rate > 0.09) || (step == 17 && rate > 0.04)
    }

    @Test("three skipped steps in a row roll back to the snapshot at half the rate, and reading continues")
    func rollbacks() throws {
        let listener = Listener()
        let trainer = try Self.trainer(Self.samples(), spoils: Self.twice)
        #expect(trainer.stepsPerEpoch == 49)
        #expect(try trainer.run(observer: listener) { false } == .finished)
        // Update 14 spoils; steps 15 to 17 are skipped; 17 rolls back to 10, so step 24 makes update 17; 27 rolls back to 20,
        // which has 13 updates.
        let skipped = listener.records.filter { $0.skipped != nil }
        #expect(skipped.map(\.step) == [15, 16, 17, 25, 26, 27])
        #expect(skipped.map { $0.rollback?.step } == [nil, nil, 10, nil, nil, 20])
        #expect(skipped.map { $0.rollback?.rateFactor } == [nil, nil, 0.5, nil, nil, 0.25])
        #expect(skipped.allSatisfy { !($0.skipped?.loss.isFinite ?? true) })
        #expect(trainer.state.skippedSteps == 6 && trainer.state.rollbacks == 2 && trainer.state.rateFactor == 0.25)
        #expect(trainer.state.step == 49 && trainer.state.updates == 13 + 22)
        #expect(abs(trainer.state.lastRate - 0.025) < 1e-12)
        #expect(listener.saves == [10, 20, 30, 40])
        #expect(trainer.parameters.whole.array.allSatisfy { $0.isFinite })
    }

    @Test("a line of the log identifies the skipped batch by the first symbol of each row")
    func batch() throws {
        let samples = Self.samples()
        let listener = Listener()
        let trainer = try Self.trainer(samples, spoils: Self.twice)
        _ = try trainer.run(observer: listener) { trainer.state.step == 16 }
        let record = try #require(listener.records.last)
        let batches = try ContiguousBatches(symbols: 2_400, batch: 8, sequence: 6, seed: samples.settings.seed)
        #expect(record.step == 16)
        #expect(
            record.skipped?.batch
                == (0..<8).map {
                    batches.symbols(row: $0, reading: batches.plan(epoch: 0).range(step: 15)).lowerBound
                })
        #expect(record.skipped?.symbols == 7)
        let object = try #require(
            try JSONSerialization.jsonObject(with: line(record)) as? [String: Any])
        let skipped = try #require(object["skipped"] as? [String: Any])
        #expect(Set(skipped.keys) == ["batch", "symbols", "loss", "gradient_norm"])
        #expect(skipped["loss"] as? String == "nan")
    }

    private func line(_ record: TrainingRecord) throws -> Data {
        let place = try TemporaryFolder()
        let folder = RunFolder(path: place.path)
        try folder.append(record)
        return try Data(contentsOf: URL(fileURLWithPath: folder.logPath))
    }

    @Test("a run ends if a rollback does not help at once: nothing has changed since")
    func hopeless() throws {
        // The parameters are finite, and every loss is not.
        let samples = Self.samples()
        let parameters = try samples.initialised()
        parameters.blocks["decoder.weight"].fill(.greatestFiniteMagnitude)
        let trainer = try Self.trainer(samples, parameters) { _, _ in false }
        let error = #expect(throws: TrainingError.self) { try trainer.run(observer: nil) { false } }
        #expect(trainer.state.step == 6 && trainer.state.rollbacks == 1)
        #expect(error?.description.contains("--learning-rate") == true)
    }

    @Test("a run that fails at every rate ends after eight rollbacks")
    func gaveUp() throws {
        let trainer = try Self.trainer(Self.samples()) { step, _ in step == 2 }
        let error = #expect(throws: TrainingError.self) { try trainer.run(observer: nil) { false } }
        guard case .diverged(let step, let rollbacks)? = error else {
            Issue.record("\(String(describing: error)) instead of .diverged")
            return
        }
        // Two updates and three skipped steps, nine times.
        #expect(step == 45 && rollbacks == 8)
    }

    /// Stops before, within and after the trouble, at snapshots and elsewhere.
    @Test(
        "a resumed run rolls back to the same snapshot",
        arguments: [9, 10, 13, 14, 15, 16, 17, 18, 20, 24, 26, 40])
    func resumed(stop: Int) throws {
        let samples = Self.samples()
        let whole = Listener()
        let straight = try Self.trainer(samples, spoils: Self.twice)
        _ = try straight.run(observer: whole) { false }

        let cut = Listener()
        let first = try Self.trainer(samples, spoils: Self.twice)
        #expect(try first.run(observer: cut) { first.state.step == stop } == .interrupted)
        let state = try JSONDecoder().decode(TrainerState.self, from: JSONEncoder().encode(first.state))
        #expect(state == first.state)
        let second = try Self.trainer(samples, first.parameters.copy(), spoils: Self.twice)
        try second.restore(state, vectorState: first.savedVectors)
        #expect(try second.run(observer: cut) { false } == .finished)
        #expect(second.bits == straight.bits)
        #expect(second.savedVectors == straight.savedVectors)
        #expect(cut.records.map(timeless) == whole.records.map(timeless))
    }

    /// A record as text, since NaN does not equal itself.
    private func timeless(_ record: TrainingRecord) -> String {
        var record = record
        (record.seconds, record.symbolsPerSecond) = (0, 0)
        return "\(record)"
    }

    @Test("a snapshot is saved in a checkpoint only if the state has changed since")
    func snapshotSize() throws {
        let trainer = try Self.trainer(Self.samples(), spoils: Self.twice)
        _ = try trainer.run(untilStep: 10)
        #expect(Set(trainer.savedVectors.keys) == ["velocity", "carried.0", "carried.1"])
        _ = try trainer.run(untilStep: 11)
        #expect(
            Set(trainer.savedVectors.keys) == [
                "velocity", "carried.0", "carried.1", "good.parameters", "good.velocity",
            ])
    }
}
