import RunicTraining
import Testing

extension ContiguousBatches {
    /// The first symbol that a row reads at an update of an epoch.
    fileprivate func start(row: Int, step: Int, epoch: Int) -> Int {
        symbols(row: row, reading: plan(epoch: epoch).range(step: step)).lowerBound
    }
}

@Suite struct ContiguousBatchesTests {
    static let sizes: [(symbols: Int, batch: Int, sequence: Int)] = [
        (2, 1, 1), (3, 1, 1), (10, 1, 9), (10, 1, 8), (100, 7, 5), (101, 7, 13), (1_000, 3, 64), (999, 10, 50),
        (5_000, 64, 25), (5_000, 50, 99), (1_201, 12, 99), (640, 64, 9), (641, 64, 4),
    ]

    @Test("every row stays within its stream and continues where it stopped", arguments: sizes)
    func bounds(symbols: Int, batch: Int, sequence: Int) throws {
        let batches = try ContiguousBatches(symbols: symbols, batch: batch, sequence: sequence, seed: 5)
        let stream = symbols / batch
        #expect(batches.stepsPerEpoch > 0)
        for epoch in 0..<20 {
            for row in 0..<batch {
                for step in 0..<batches.stepsPerEpoch {
                    let start = batches.start(row: row, step: step, epoch: epoch)
                    #expect(start >= row * stream && start + sequence < (row + 1) * stream)
                    #expect(start == batches.start(row: row, step: 0, epoch: epoch) + step * sequence)
                }
            }
        }
    }

    @Test("an epoch leaves out less than two sequences of a stream", arguments: sizes)
    func coverage(symbols: Int, batch: Int, sequence: Int) throws {
        let batches = try ContiguousBatches(symbols: symbols, batch: batch, sequence: sequence, seed: 5)
        let left = symbols / batch - 1 - batches.stepsPerEpoch * sequence
        #expect(left >= 0 && left < 2 * sequence)
    }

    @Test(
        "over the epochs every symbol of a stream is predicted, and the cuts fall elsewhere", arguments: [1, 7, 2_024])
    func offsets(seed: UInt64) throws {
        let batches = try ContiguousBatches(symbols: 1_000, batch: 5, sequence: 16, seed: seed)
        var offsets: Set<Int> = []
        var predicted: Set<Int> = []
        for epoch in 0..<200 {
            let first = batches.start(row: 0, step: 0, epoch: epoch)
            offsets.insert(first)
            predicted.formUnion((first + 1)...(first + 16 * batches.stepsPerEpoch))
        }
        #expect(offsets == Set(0..<16))
        #expect(predicted.count >= 199 - 8, "\(predicted.count) of 199 symbols")
    }

    @Test("the seed fixes the offsets")
    func seeds() throws {
        func starts(_ seed: UInt64) throws -> [Int] {
            let batches = try ContiguousBatches(symbols: 10_000, batch: 5, sequence: 100, seed: seed)
            return (0..<20).map { batches.start(row: 2, step: 1, epoch: $0) }
        }
        #expect(try starts(1) == starts(1))
        #expect(try starts(1) != starts(2))
    }

    @Test(
        "fewer symbols than one step reads are an error", arguments: [(0, 1, 1), (1, 1, 1), (63, 64, 1), (99, 10, 9)])
    func tooShort(symbols: Int, batch: Int, sequence: Int) {
        let error = #expect(throws: TrainingError.self) {
            try ContiguousBatches(symbols: symbols, batch: batch, sequence: sequence, seed: 1)
        }
        guard case .textTooShort(symbols, batch, sequence, _)? = error else {
            Issue.record("\(String(describing: error)) instead of .textTooShort")
            return
        }
    }
}
