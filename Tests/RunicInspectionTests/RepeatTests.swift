import Testing

@testable import RunicInspection

@Suite("Longest repeats")
struct RepeatTests {
    /// Texts of many kinds, so that nothing is repeated by chance.
    private func text(_ count: Int, seed: UInt64) -> [UInt16] { Samples.symbols(count, kinds: 5000, seed: seed) }

    @Test(
        "A repeated passage is found with both places and its whole length",
        arguments: [64, 65, 100, 137, 1000])
    func planted(length: Int) {
        for start in [0, 1, 500, 777] {
            var symbols = text(5000, seed: 3)
            let passage = symbols[start..<(start + length)]
            for place in [2500, 3001, 5000] {
                let whole = symbols[..<place] + passage + symbols[place...]
                let found = LongestRepeats(of: Array(whole).span)
                #expect(found.repeats.count == 1 && !found.stoppedEarly && found.shortest == 64)
                #expect(found.repeats.first.map { $0.first <= start && $0.second <= place } == true)
                #expect(found.repeats.first.map { $0.first + $0.length >= start + length } == true)
                #expect(found.repeats.first.map { $0.second - $0.first == place - start } == true)
                #expect(found.repeats.first.map { $0.length < length + 4 && $0.period == nil } == true)
            }
            symbols = text(5000, seed: 4)
            let none = LongestRepeats(of: symbols.span)
            #expect(none.repeats.isEmpty)
        }
    }

    /// The length of the longest passage that occurs at two places, by dynamic programming.
    private func longest(_ symbols: [UInt16]) -> Int {
        var (best, previous) = (0, [Int](repeating: 0, count: symbols.count + 1))
        for first in symbols.indices {
            var row = previous
            for second in symbols.indices {
                row[second + 1] = second > first && symbols[first] == symbols[second] ? previous[second] + 1 : 0
                best = max(best, row[second + 1])
            }
            previous = row
        }
        return best
    }

    @Test("The longest of many repeated passages is found", arguments: 1...12)
    func longestOfMany(seed: Int) {
        let (a, b, c) = (text(90, seed: 11), text(130, seed: 12), text(70, seed: 13))
        let order = Samples.symbols(20, kinds: 3, seed: UInt64(seed))
        var symbols: [UInt16] = []
        for (number, kind) in order.enumerated() {
            symbols += [a, b, c][Int(kind)]
            if number % 3 == 0 { symbols += text(40, seed: UInt64(100 + number)) }
        }
        let found = LongestRepeats(of: symbols.span)
        #expect(found.repeats.first?.length == longest(symbols))
        for one in found.repeats {
            #expect(
                symbols[one.first..<(one.first + one.length)].elementsEqual(
                    symbols[one.second..<(one.second + one.length)]))
        }
        for (index, one) in found.repeats.enumerated() {
            for other in found.repeats[(index + 1)...] {
                #expect(one.length >= other.length)
                #expect(one.second >= other.second + other.length || other.second >= one.second + one.length)
            }
        }
    }

    @Test("Text that repeats itself in steps is one repeat with its period", arguments: [1, 2, 40, 63, 64, 200])
    func periodic(period: Int) throws {
        let line = text(period, seed: 5)
        let symbols = (0..<20_000).map { line[$0 % period] }
        let found = LongestRepeats(of: symbols.span)
        let first = try #require(found.repeats.first)
        #expect(first.length > 19_000 && !found.stoppedEarly)
        #expect(first.first == 0 && first.period == period && first.length == 20_000 - period)
    }

    @Test("Short texts have no repeats and do not trap", arguments: [0, 1, 31, 32, 33, 63, 64])
    func short(count: Int) {
        let found = LongestRepeats(of: text(count, seed: 6).span)
        #expect(found.repeats.isEmpty)
    }
}
