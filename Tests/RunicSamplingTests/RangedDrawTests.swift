import Testing

@testable import RunicSampling

struct RangedDrawTests {
    @Test("A draw within a range is a draw in which all others are banned", arguments: [0.0, 0.3, 1, 5])
    func within(temperature: Double) throws {
        let logits = (0..<40).map { Float(($0 * $0 * 7) % 23) / 5 }
        for range in [3..<4, 0..<40, 10..<30, 39..<40] {
            let settings = SamplerSettings(temperature: temperature, topK: 9, seed: 4)
            let others = Array(0..<range.lowerBound) + Array(range.upperBound..<40)
            var banning = try Sampler(settings: settings, vocabularySize: 40, banned: others)
            var ranged = try Sampler(settings: settings, vocabularySize: 40, banned: [5, 12])
            for _ in 0..<200 {
                #expect(ranged.draw(from: logits.span, within: range) == banning.draw(from: logits))
            }
        }
    }

    @Test("A draw among some identifiers is a draw in which all others are banned", arguments: [0.0, 0.3, 1, 5])
    func among(temperature: Double) throws {
        let logits = (0..<40).map { Float(($0 * $0 * 7) % 23) / 5 }
        for chosen in [[3], [0, 39], Array(stride(from: 1, to: 40, by: 3)), Array(0..<40)] {
            let settings = SamplerSettings(temperature: temperature, topK: 9, seed: 4)
            let others = (0..<40).filter { !chosen.contains($0) }
            var banning = try Sampler(settings: settings, vocabularySize: 40, banned: others)
            var among = try Sampler(settings: settings, vocabularySize: 40, banned: [1, 12])
            for _ in 0..<200 {
                #expect(among.draw(from: logits.span, among: chosen) == banning.draw(from: logits))
            }
        }
        let (nan, infinity) = (Float.nan, Float.infinity)
        var sampler = try Sampler(settings: SamplerSettings(seed: 1), vocabularySize: 4)
        for _ in 0..<50 {
            #expect([0, 2].contains(sampler.draw(from: [-infinity, 9, nan, 9].span, among: [0, 2])))
            #expect(sampler.draw(from: [1, infinity, infinity, infinity].span, among: [0, 2]) == 2)
        }
        #expect(sampler.repairedDraws == 50)
    }

    @Test("A draw within a range stays there whatever the logits are")
    func withinNotFinite() throws {
        let (nan, infinity) = (Float.nan, Float.infinity)
        var sampler = try Sampler(settings: SamplerSettings(seed: 1), vocabularySize: 4)
        for _ in 0..<50 {
            #expect([1, 2].contains(sampler.draw(from: [9, nan, -infinity, 9].span, within: 1..<3)))
            #expect(sampler.draw(from: [infinity, 1, infinity, infinity].span, within: 1..<3) == 2)
        }
        #expect(sampler.repairedDraws == 50)
    }
}
