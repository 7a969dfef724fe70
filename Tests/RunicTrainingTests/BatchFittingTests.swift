import Testing

@testable import RunicTraining

@Suite("A batch for a short text")
struct BatchFittingTests {
    private func settings(_ batch: Int, _ sequence: Int, randomLengths: Bool = false) -> TrainingSettings {
        var settings = TrainingSettings()
        (settings.batch, settings.sequence, settings.randomLengths) = (batch, sequence, randomLengths)
        return settings
    }

    @Test("changes nothing where one step has room", arguments: [2_080, 2_081, 100_000])
    func roomy(symbols: Int) {
        var settings = settings(32, 64)
        let hasChanged = settings.fit(symbols: symbols, batch: true, sequence: true)
        #expect(!hasChanged)
        #expect(settings.batch == 32 && settings.sequence == 64)
    }

    @Test("leaves room for steps, for every text of two symbols or more", arguments: [false, true])
    func every(randomLengths: Bool) throws {
        for symbols in (randomLengths ? 18 : 2)..<2_080 {
            var settings = settings(32, 64, randomLengths: randomLengths)
            let hasChanged = settings.fit(symbols: symbols, batch: true, sequence: true)
            #expect(hasChanged, "\(symbols)")
            let batches = try ContiguousBatches(
                symbols: symbols, batch: settings.batch, sequence: settings.sequence, seed: 1,
                randomLengths: randomLengths)
            #expect(symbols < 400 || batches.stepsPerEpoch >= 3, "\(symbols): \(batches.stepsPerEpoch)")
        }
    }

    @Test("keeps what must stay, and gives up where that has no room")
    func kept() {
        var batch = settings(32, 64)
        let hasBatch = batch.fit(symbols: 180, batch: true, sequence: false)
        #expect(hasBatch)
        #expect(batch.sequence == 64 && batch.batch == 2)
        var sequence = settings(32, 64)
        let hasSequence = sequence.fit(symbols: 180, batch: false, sequence: true)
        #expect(hasSequence)
        #expect(sequence.batch == 32 && sequence.sequence <= 4)
        var neither = settings(32, 64)
        let fits = [
            neither.fit(symbols: 180, batch: false, sequence: false),
            neither.fit(symbols: 20, batch: true, sequence: false),
        ]
        #expect(fits == [false, false])
        #expect(neither.batch == 32)
    }

    @Test(
        "is named by the error: the largest that fits does fit, and one more does not",
        arguments: [(180, 32, 64, false), (1_800, 32, 64, false), (900, 16, 100, true), (33, 2, 64, true)])
    func named(symbols: Int, batch: Int, sequence: Int, randomLengths: Bool) throws {
        func batches(_ batch: Int, _ sequence: Int) throws(TrainingError) {
            _ = try ContiguousBatches(
                symbols: symbols, batch: batch, sequence: sequence, seed: 1, randomLengths: randomLengths)
        }
        let error = #expect(throws: TrainingError.self) { try batches(batch, sequence) }
        let text = try #require(error?.description)
        for (name, probe) in [
            ("batch", { try batches($0, sequence) }), ("sequence", { try batches(batch, $0) }),
        ] as [(String, (Int) throws -> Void)] {
            guard let found = try Regex("--\(name) of at most ([0-9]+)").firstMatch(in: text),
                let largest = found.output[1].substring.flatMap({ Int($0) })
            else {
                #expect(throws: TrainingError.self, "\(text)") { try probe(1) }
                continue
            }
            #expect(throws: Never.self) { try probe(largest) }
            #expect(throws: TrainingError.self) { try probe(largest + 1) }
        }
    }
}
