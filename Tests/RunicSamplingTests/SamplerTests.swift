import Foundation
import RunicSampling
import Testing

struct SamplerTests {
    static let chains: [SamplerSettings] = [
        SamplerSettings(temperature: 1), SamplerSettings(temperature: 0.5), SamplerSettings(temperature: 2.5),
        SamplerSettings(temperature: 0), SamplerSettings(temperature: 1, topK: 1), SamplerSettings(topK: 5),
        SamplerSettings(topK: 100_000), SamplerSettings(topP: 0.9), SamplerSettings(topP: 0.3),
        SamplerSettings(topP: 0), SamplerSettings(topP: 1), SamplerSettings(minP: 0.1), SamplerSettings(minP: 0),
        SamplerSettings(minP: 1), SamplerSettings(temperature: 1.3, topK: 12, topP: 0.8, minP: 0.05),
    ]

    /// Logits from a formula, with ties.
    static func logits(_ size: Int) -> [Float] {
        (0..<size).map { Float((cos(Double($0) * 1.7) * 40).rounded() / 10) }
    }

    @Test("Draws follow the distribution of a plain double reference", arguments: chains)
    func distribution(settings: SamplerSettings) throws {
        for (size, seed) in [(2, 1), (65, 2), (130, 3)] as [(Int, UInt64)] {
            let logits = Self.logits(size)
            let expected = referenceProbabilities(logits, settings, banned: [1])
            var settings = settings
            settings.seed = seed
            var sampler = try Sampler(settings: settings, vocabularySize: size, banned: [1])
            var counts = Array(repeating: 0, count: size)
            for _ in 0..<5000 { counts[sampler.draw(from: logits)] += 1 }
            for (count, probability) in zip(counts, expected) where probability == 0 { #expect(count == 0) }
            for (count, probability) in zip(counts, expected) where probability > 0.02 { #expect(count > 0) }
            #expect(abs(chiSquareDeviate(counts, expected)) < 4)
        }
    }

    @Test("Top-p and top-k keep exactly the reference's set in large vocabularies", arguments: [1000, 65_535])
    func keptSets(size: Int) throws {
        var generator = Xoshiro256(seed: UInt64(size))
        for round in 0..<4 {
            let spread = [0.01, 1, 5, 30][round]
            let logits = (0..<size).map { _ in Float((generator.nextUnit() * spread * 64).rounded() / 64) }
            for settings in [
                SamplerSettings(temperature: 1, topK: size / 7), SamplerSettings(temperature: 1, topP: 0.7),
            ] {
                let expected = referenceProbabilities(logits, settings)
                let kept = Kept()
                var registry = TransformRegistry()
                registry.register("spy") { _ in Spy(kept: kept) }
                var spying = settings
                spying.additional = [TransformDescription(name: "spy", value: 0)]
                var sampler = try Sampler(settings: spying, vocabularySize: size, registry: registry)
                _ = sampler.draw(from: logits)
                let reference = Set(expected.indices.filter { expected[$0] > 0 })
                if settings.topP == nil {
                    #expect(kept.identifiers == reference)
                } else {
                    // Single precision weights may move the border by a symbol.
                    #expect(abs(kept.identifiers.count - reference.count) <= 1 + reference.count / 100_000)
                    let all = referenceProbabilities(logits, SamplerSettings(temperature: 1))
                    let mass = kept.identifiers.reduce(0) { $0 + all[$1] }
                    #expect(mass > 0.7 - 1e-5 && mass < 0.7 + 1e-2)
                }
            }
        }
    }

    @Test("The same seed draws the same symbols, and so does a copy; another seed does not")
    func determinism() throws {
        let logits = Self.logits(65)
        var one = try Sampler(settings: SamplerSettings(seed: 7), vocabularySize: 65)
        var two = try Sampler(settings: SamplerSettings(seed: 7), vocabularySize: 65)
        var three = try Sampler(settings: SamplerSettings(seed: 8), vocabularySize: 65)
        let drawn = (0..<100).map { _ in one.draw(from: logits) }
        #expect(drawn == (0..<100).map { _ in two.draw(from: logits) })
        #expect(drawn != (0..<100).map { _ in three.draw(from: logits) })
        var copy = one
        #expect((0..<100).map { _ in one.draw(from: logits) } == (0..<100).map { _ in copy.draw(from: logits) })
    }

    @Test("Logits that are not finite never stop a draw")
    func notFinite() throws {
        let (nan, infinity) = (Float.nan, Float.infinity)
        for settings in Self.chains {
            var sampler = try Sampler(settings: settings, vocabularySize: 4, banned: [3])
            for _ in 0..<50 {
                #expect(sampler.draw(from: [nan, 1, -infinity, 9]) == 1)
                #expect(sampler.draw(from: [5, infinity, nan, infinity]) == 1)
                #expect(sampler.draw(from: [-.greatestFiniteMagnitude, .greatestFiniteMagnitude, 0, 0]) == 1)
                #expect([0, 2].contains(sampler.draw(from: [infinity, 1, infinity, nan])))
                #expect(sampler.repairedDraws == 0 || sampler.draw(from: [nan, nan, nan, 1]) < 3)
            }
            #expect(sampler.draw(from: [nan, nan, -infinity, 1]) < 3)
            #expect(sampler.repairedDraws == 1)
        }
    }

    @Test("A tiny temperature draws evenly among the best, temperature 0 takes the first of them")
    func tinyTemperature() throws {
        let logits: [Float] = [1, 3, 3 - 1e-4, 3, 2]
        for temperature in [1e-300, 1e-30, 1e-6] {
            var sampler = try Sampler(settings: SamplerSettings(temperature: temperature, seed: 1), vocabularySize: 5)
            var counts = Array(repeating: 0, count: 5)
            for _ in 0..<2000 { counts[sampler.draw(from: logits)] += 1 }
            #expect(counts[0] + counts[2] + counts[4] == 0)
            #expect(abs(counts[1] - counts[3]) < 200)
        }
        var greedy = try Sampler(settings: SamplerSettings(temperature: 0), vocabularySize: 5)
        #expect((0..<20).allSatisfy { _ in greedy.draw(from: logits) == 1 })
    }

    @Test("Settings out of range are refused and change nothing")
    func refused() throws {
        let wrong = [
            SamplerSettings(temperature: -1), SamplerSettings(temperature: .nan),
            SamplerSettings(temperature: .infinity),
            SamplerSettings(topK: 0), SamplerSettings(topK: -3), SamplerSettings(topP: -0.1),
            SamplerSettings(topP: 1.1), SamplerSettings(minP: .nan), SamplerSettings(minP: 2),
            SamplerSettings(additional: [TransformDescription(name: "nothing", value: 1)]),
        ]
        var sampler = try Sampler(settings: SamplerSettings(seed: 1), vocabularySize: 3)
        for settings in wrong {
            #expect(throws: SamplingError.self) { try settings.validate() }
            #expect(throws: SamplingError.self) { try sampler.update(settings) }
            #expect(sampler.settings == SamplerSettings(seed: 1))
        }
        #expect(throws: SamplingError.everythingBanned(vocabularySize: 2)) {
            try Sampler(vocabularySize: 2, banned: [0, 1])
        }
        #expect(
            message(SamplerSettings(topK: 0)) == "top-k cannot be 0; give a whole number of 1 or more")
        #expect(message(SamplerSettings(topP: 2)) == "top-p cannot be 2.0; give a number from 0 to 1")
        #expect(message(SamplerSettings(minP: 2)) == "min-p cannot be 2.0; give a number from 0 to 1")
        #expect(
            "\(SamplingError.invalidSetting(name: "top-k", value: "0", allowed: "1"))" == "top-k cannot be 0; give 1")
        try SamplerSettings(topK: .max).validate()
    }

    /// The error of invalid settings; nil if they are valid.
    private func message(_ settings: SamplerSettings) -> String? {
        do {
            try settings.validate()
            return nil
        } catch {
            return error.description
        }
    }

    @Test("Settings survive JSON, and missing keys take their defaults")
    func coding() throws {
        let settings = SamplerSettings(temperature: 0.3, topK: 4, topP: 0.5, minP: 0.1, seed: .max)
        let data = try JSONEncoder().encode(settings)
        #expect(try JSONDecoder().decode(SamplerSettings.self, from: data) == settings)
        #expect(try JSONDecoder().decode(SamplerSettings.self, from: Data("{}".utf8)) == SamplerSettings())
        let partial = try JSONDecoder().decode(SamplerSettings.self, from: Data(#"{"top_k": 9}"#.utf8))
        #expect(partial == SamplerSettings(topK: 9))
    }
}

/// The records of a spy, for one test on one thread.
private final class Kept: @unchecked Sendable {
    var identifiers: Set<Int> = []
}

/// Notes the candidates that are left.
private struct Spy: SamplingTransform {
    let kept: Kept

    func apply(to candidates: inout Candidates) {
        kept.identifiers = Set((0..<candidates.count).map(candidates.identifier))
    }
}
