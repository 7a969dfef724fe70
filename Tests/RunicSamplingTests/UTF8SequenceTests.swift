import RunicSampling
import Testing

struct UTF8SequenceTests {
    /// Every sequence of up to four bytes that the table allows, with bytes from the ends of its ranges.
    @Test("What it lets through is UTF-8, and whatever is UTF-8 it lets through")
    func wellFormed() {
        let interesting: [UInt8] = [
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
            0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        var characters: [[UInt8]] = []
        func go(_ sequence: UTF8Sequence, _ bytes: [UInt8]) {
            for byte in interesting {
                let isAllowed = sequence.continuation.map { $0.contains(byte) } ?? UTF8Sequence.begins(byte)
                guard isAllowed else { continue }
                var next = sequence
                let whole = next.take(byte)
                if whole.isEmpty {
                    #expect(next.bytes == bytes + [byte])
                    go(next, bytes + [byte])
                } else {
                    #expect(whole == bytes + [byte] && next == UTF8Sequence())
                    characters.append(whole)
                }
            }
        }
        go(UTF8Sequence(), [])
        var expected: [[UInt8]] = []
        func all(_ bytes: [UInt8]) {
            if !bytes.isEmpty, let string = String(validating: bytes, as: UTF8.self) {
                if string.unicodeScalars.count == 1 { expected.append(bytes) }
                return
            }
            guard bytes.count < 4 else { return }
            for byte in interesting { all(bytes + [byte]) }
        }
        all([])
        #expect(Set(characters) == Set(expected) && characters.count == expected.count)
        #expect(expected.contains { $0.count == 4 })
    }

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
