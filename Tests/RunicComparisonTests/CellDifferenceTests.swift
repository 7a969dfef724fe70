import Testing

@testable import RunicEvaluation
@testable import RunicComparison

struct CellDifferenceTests {
    private func difference(_ first: [ScoredRun], _ second: [ScoredRun]) throws -> CellDifference {
        try #require(CellDifference(first, second) { $0.test?.nats })
    }

    @Test("Differences are paired by seed, as scipy pairs them")
    func paired() throws {
        // scipy.stats.ttest_rel([1.52, 1.50, 1.55], [1.56, 1.53, 1.57]).confidence_interval(.95)
        let first = [(1, 1.52), (2, 1.50), (3, 1.55)].map { Samples.run("lstm", seed: $0, nats: $1) }
        let second = [(3, 1.57), (1, 1.56), (2, 1.53)].map { Samples.run("gru", seed: $0, nats: $1) }
        let found = try difference(first, second)
        let interval = try #require(found.interval)
        #expect(found.seeds == 3 && found.textInterval == nil && found.seedInterval == interval)
        #expect(abs(found.difference + 0.03) < 1e-12)
        #expect(abs(interval.halfWidth - (0.05484137711750335 - 0.03)) < 1e-10)
        #expect(found.verdict == .firstBetter)
        #expect(found.sentence == "lstm is better than gru by 0.030 ± 0.025 nats per symbol (95 %, 3 seeds)")
    }

    @Test("With one seed the blocks of the text give the interval, and the sentence says so")
    func oneSeed() throws {
        let first = [Samples.run("lstm", seed: 1, nats: 1.5, wave: [0, 0.3, -0.2, 0.1])]
        let second = [Samples.run("gru", seed: 1, nats: 1.4, wave: [0.01, 0.31, -0.21, 0.09])]
        let found = try difference(first, second)
        // Differences 0.09, 0.09, 0.11, 0.11: mean 0.1, deviation 0.02/√3, error 0.01/√3, t(3) = 3.182446.
        let interval = try #require(found.interval)
        #expect(found.seedInterval == nil && found.blocks == 4)
        #expect(abs(interval.halfWidth - 3.182446305284263 * 0.01 / 3.0.squareRoot()) < 1e-9)
        #expect(found.verdict == .secondBetter)
        #expect(
            found.sentence
                == "gru is better than lstm by 0.100 ± 0.018 nats per symbol (95 %, these two models on such "
                + "texts: one seed)")
    }

    @Test("Seeds and text together are less certain than either")
    func both() throws {
        let wave = [0.0, 0.02, -0.02, 0.01]
        let flat = [0.0, 0, 0, 0]
        let found = try difference(
            [Samples.run("a", seed: 1, nats: 1.50, wave: wave), Samples.run("a", seed: 2, nats: 1.51, wave: wave)],
            [Samples.run("b", seed: 1, nats: 1.52, wave: flat), Samples.run("b", seed: 2, nats: 1.54, wave: flat)])
        let (seeds, text) = (try #require(found.seedInterval), try #require(found.textInterval))
        let interval = try #require(found.interval)
        // The waves have the deviation √(0.000875 / 3) around their mean 0.0025, and four blocks.
        #expect(abs(text.standardError - (0.000875 / 3).squareRoot() / 2) < 1e-12)
        #expect(abs(seeds.standardError - 0.005) < 1e-12 && seeds.degreesOfFreedom == 1)
        #expect(interval.standardError > max(seeds.standardError, text.standardError))
        #expect(found.verdict == .notShown)
        #expect(found.sentence.hasPrefix("a and b: no difference that these runs can show, -0.02"))
    }

    @Test("One seed and one block give no interval and no verdict")
    func none() throws {
        let found = try difference(
            [Samples.run("a", seed: 1, nats: 1.5, wave: [0])], [Samples.run("b", seed: 1, nats: 1.4, wave: [0])])
        #expect(found.interval == nil && found.verdict == .noInterval)
        #expect(
            found.sentence == "a and b: 0.1000 nats per symbol in favour of b; one seed and so short a text give no "
                + "interval")
    }

    @Test("Runs that were stopped or diverged, and seeds of one cell only, do not count")
    func incomplete() throws {
        let first = [
            Samples.run("a", seed: 1, nats: 1.5), Samples.run("a", seed: 2, nats: 1.5),
            Samples.run("a", seed: 3, nats: nil, end: .diverged), Samples.run("a", seed: 4, nats: 7, end: .interrupted),
        ]
        let second = [
            Samples.run("b", seed: 1, nats: 1.25), Samples.run("b", seed: 2, nats: 9, end: .interrupted),
            Samples.run("b", seed: 3, nats: 1.4), Samples.run("b", seed: 4, nats: 1.4),
        ]
        let found = try difference(first, second)
        #expect(found.seeds == 1 && abs(found.difference - 0.25) < 1e-12)
        #expect(CellDifference([first[2]], second) { $0.test?.nats } == nil)
    }
}
