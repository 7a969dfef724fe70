import Foundation
import RunicModel
import RunicSymbols
import RunicTraining
import Synchronization
import Testing

@Suite("Several processes, one model")
struct ProcessesTests {
    /// What a process ends with.
    private struct Result: Sendable {
        var parameters: [UInt32]
        var vectors: [String: [Float]]
        var losses: [Double]
        var steps: Int
    }

    private final class Losses: TrainingObserver {
        var values: [Double] = []
        func trainer(_ trainer: Trainer, did progress: TrainingProgress) { values.append(progress.trainNats) }
        func trainer(_ trainer: Trainer, logged record: TrainingRecord) {
            values += [record.trainNats, record.validationNats ?? 0, record.gradientNorm]
        }
        func trainerImproved(_ trainer: Trainer) {}
        func trainerCanSave(_ trainer: Trainer) {}
    }

    private func train(_ sizes: AgreementCase, processes: Int, stopAfter: Int = .max) throws -> [Result] {
        let outcomes = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
        let threads = ThreadCommunicator.group(of: processes).map { communicator in
            Thread {
                let outcome = Swift.Result {
                    let trainer = try sizes.trainer(HostEngines(communicator: communicator))
                    let losses = Losses()
                    // Only the process of rank 0 is asked to stop.
                    _ = try trainer.run(observer: losses) {
                        communicator.rank == 0 && trainer.state.step >= stopAfter
                    }
                    return Result(
                        parameters: trainer.bits, vectors: trainer.savedVectors, losses: losses.values,
                        steps: trainer.state.step)
                }
                outcomes.withLock { $0[communicator.rank] = outcome }
            }
        }
        threads.forEach { $0.start() }
        while outcomes.withLock({ $0.count }) < processes { usleep(1_000) }
        return try (0..<processes).map { rank in
            try #require(outcomes.withLock { $0[rank] }).get()
        }
    }

    static let cases: [AgreementCase] = ["lstm", "gru:reset-before", "rnn", "mgu"].flatMap { cell in
        [
            AgreementCase(cell, "plain") { $0.settings.batch = 64 },
            AgreementCase(cell, "everything") {
                $0.settings.batch = 96
                $0.configuration.layerNorm = true
                $0.configuration.residual = true
                $0.configuration.learnsInitialState = true
                $0.configuration.zoneoutHidden = 0.1
                $0.settings.dropout = 0.2
                $0.settings.recurrentDropout = 0.1
                $0.settings.weightDrop = 0.2
                $0.settings.activationPenalty = 0.5
                $0.settings.temporalPenalty = 0.5
                $0.settings.averageDecay = 0.9
                $0.settings.randomLengths = true
                $0.settings.sequence = 12
                $0.separator = [3]
            },
            AgreementCase(cell, "tied, gathered embeddings") {
                $0.settings.batch = 64
                $0.configuration.embeddingSize = 6
                $0.configuration.tied = true
                $0.settings.embeddingDropout = 0.1
                $0.settings.optimizer = "nt-asgd"
                $0.settings.learningRate = 2
                $0.settings.patience = 1
            },
        ]
    }

    @Test("one, two or four of them end with the same bits, and with the same losses on the way", arguments: cases)
    func same(sizes: AgreementCase) throws {
        let alone = try train(sizes, processes: 1)[0]
        #expect(alone.steps > 5)
        for count in [2, 4] where sizes.settings.batch != 96 || count == 2 {
            for result in try train(sizes, processes: count) {
                // Compared outside of the expectation, which would print all of them.
                let sameParameters = result.parameters == alone.parameters
                let sameVectors = result.vectors == alone.vectors
                #expect(sameParameters && sameVectors, "\(count) processes")
                #expect(result.losses == alone.losses, "\(count) processes")
            }
        }
    }

    @Test("the process of rank 0 stops all of them, at the same step")
    func stops() throws {
        let results = try train(AgreementCase("lstm") { $0.settings.batch = 64 }, processes: 4, stopAfter: 3)
        #expect(results.map(\.steps) == [3, 3, 3, 3])
    }

    @Test("a number of processes that cannot share the batch is refused, with the numbers that can")
    func refused() throws {
        let sizes = AgreementCase("lstm") { $0.settings.batch = 64 }
        let communicator = ThreadCommunicator.group(of: 8)[0]
        let error = #expect(throws: TrainingError.self) {
            try sizes.trainer(HostEngines(communicator: communicator))
        }
        #expect(
            error?.description
                == "8 processes cannot share a batch of 64; start 1, 2, 4 of them, or give another --batch")
    }
}
