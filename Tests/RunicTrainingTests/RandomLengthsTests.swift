import RunicTraining
import Testing

@Suite struct RandomLengthsTests {
    static let sizes: [(symbols: Int, batch: Int, sequence: Int)] = [
        (17, 1, 1), (17, 1, 3), (26, 1, 10), (100, 1, 70), (1_000, 3, 64), (999, 7, 12), (5_000, 64, 25),
        (90_000, 9, 70),
        (30_000, 1, 8), (2_000, 2, 200),
    ]

    @Test(
        "every update reads on where the last one stopped, within its stream and the bounds of a length",
        arguments: sizes)
    func bounds(symbols: Int, batch: Int, sequence: Int) throws {
        let batches = try ContiguousBatches(
            symbols: symbols, batch: batch, sequence: sequence, seed: 5, randomLengths: true)
        for epoch in 0..<30 {
            let plan = batches.plan(epoch: epoch)
            var end: Int?
            for step in 0..<batches.stepsPerEpoch {
                let range = plan.range(step: step)
                #expect(range.lowerBound == end ?? range.lowerBound)
                #expect(range.count % 4 == 0)
                #expect(range.count >= RandomLengths.shortest && range.count <= sequence + 16)
                end = range.upperBound
                for row in 0..<batch {
                    let read = batches.symbols(row: row, reading: range)
                    #expect(read.count == range.count + 1)
                    #expect(read.lowerBound >= row * (symbols / batch))
                    #expect(read.upperBound <= (row + 1) * (symbols / batch))
                }
            }
        }
    }

    @Test("an epoch reads nearly all of a stream")
    func coverage() throws {
        let batches = try ContiguousBatches(symbols: 40_000, batch: 2, sequence: 64, seed: 1, randomLengths: true)
        for epoch in 0..<50 {
            let plan = batches.plan(epoch: epoch)
            let read = plan.range(step: batches.stepsPerEpoch - 1).upperBound - plan.range(step: 0).lowerBound
            #expect(read > 19_000, "epoch \(epoch): \(read)")
        }
    }

    @Test("lengths are about the sequence, with deviation 5, and one of twenty is about half of it")
    func distribution() throws {
        let batches = try ContiguousBatches(symbols: 1_000_000, batch: 1, sequence: 100, seed: 3, randomLengths: true)
        let plan = batches.plan(epoch: 0)
        let lengths = (0..<batches.stepsPerEpoch).map { plan.range(step: $0).count }
        let (long, short) = (lengths.filter { $0 > 75 }.map(Double.init), lengths.filter { $0 <= 75 }.map(Double.init))
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        func deviation(_ values: [Double]) -> Double {
            let middle = mean(values)
            return mean(values.map { ($0 - middle) * ($0 - middle) }).squareRoot()
        }
        // Rounding to 4 adds a variance of 4²/12 to 25: a deviation of 5.13. Standard errors: 0.05, 0.04, 0.002, 0.2.
        #expect(abs(mean(long) - 100) < 0.25)
        #expect(abs(deviation(long) - 5.13) < 0.2)
        #expect(abs(Double(short.count) / Double(lengths.count) - 0.05) < 0.01)
        #expect(abs(mean(short) - 50) < 1)
    }

    @Test("a plan follows from seed and epoch alone")
    func determinism() throws {
        func batches(_ seed: UInt64) throws -> ContiguousBatches {
            try ContiguousBatches(symbols: 10_000, batch: 2, sequence: 32, seed: seed, randomLengths: true)
        }
        #expect(try batches(1).plan(epoch: 3) == batches(1).plan(epoch: 3))
        #expect(try batches(1).plan(epoch: 3) != batches(2).plan(epoch: 3))
        let (first, second) = (try batches(1).plan(epoch: 0), try batches(1).plan(epoch: 1))
        #expect((0..<20).map { first.range(step: $0).count } != (0..<20).map { second.range(step: $0).count })
    }

    @Test("a stream that has not room for the longest update is too short")
    func tooShort() throws {
        #expect(throws: TrainingError.self) {
            try ContiguousBatches(symbols: 160, batch: 2, sequence: 64, seed: 1, randomLengths: true)
        }
        let batches = try ContiguousBatches(symbols: 162, batch: 2, sequence: 64, seed: 1, randomLengths: true)
        #expect(batches.stepsPerEpoch == 1)
    }

    @Test("settings know the longest update")
    func longest() {
        var settings = TrainingSettings()
        settings.sequence = 70
        #expect(settings.longestSequence == 70)
        settings.randomLengths = true
        #expect(settings.longestSequence == 84)
    }
}
