import Foundation
import Testing

@testable import RunicInspection

@Suite("Entropy and the mixed n-gram model")
struct GramTests {
    /// H of the next symbol after k others, by dictionaries.
    private func entropy(_ ranges: [ArraySlice<UInt16>], order: Int) -> (
        bits: Double, contexts: Int, once: Int, all: Int
    ) {
        var followers: [[UInt16]: [UInt16: Int]] = [:]
        for range in ranges {
            for end in range.indices where end - range.startIndex >= order {
                followers[Array(range[(end - order)..<end]), default: [:]][range[end], default: 0] += 1
            }
        }
        let all = followers.values.reduce(0) { $0 + $1.values.reduce(0, +) }
        var bits = 0.0
        for counts in followers.values {
            let total = counts.values.reduce(0, +)
            for count in counts.values { bits -= Double(count) * log2(Double(count) / Double(total)) }
        }
        let once = followers.values.count { $0.values.reduce(0, +) == 1 }
        return (bits / Double(all), followers.count, once, all)
    }

    @Test("The entropies are those of counting with dictionaries", arguments: [(5000, 5), (300, 40), (2, 2), (7, 1)])
    func entropies(count: Int, kinds: Int) {
        let text = Samples.symbols(count, kinds: kinds)
        let found = TextEntropy(of: text.span)
        #expect(found.symbols == count && found.stretches == 1)
        #expect(found.orders.count == min(6, count))
        for order in found.orders {
            let expected = entropy([text[...]], order: order.order)
            #expect(abs(order.bits - expected.bits) < 1e-9, "order \(order.order)")
            #expect(order.contexts == expected.contexts && order.contextsSeenOnce == expected.once)
            let excess = Double(order.sequences - expected.contexts) / (2 * Double(expected.all) * log(2))
            #expect(abs(order.excess - excess) < 1e-12)
        }
    }

    @Test("Of a long text evenly spread stretches are counted, each on its own")
    func stretches() {
        let text = Samples.symbols(10_000, kinds: 6)
        let found = TextEntropy(of: text.span, limit: 1600)
        #expect(found.symbols == 1600 && found.stretches == 16)
        let ranges = RangeSample.sample([0..<10_000], limit: 1600)
        #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == 10_000)
        for order in found.orders {
            let expected = entropy(ranges.map { text[$0] }, order: order.order)
            #expect(abs(order.bits - expected.bits) < 1e-9)
        }
    }

    @Test("A text without chance has no entropy once its period is known, and one of chance keeps its own")
    func extremes() {
        let periodic = (0..<9000).map { UInt16($0 % 3) }
        let orders = TextEntropy(of: periodic.span).orders
        #expect(abs((orders.first?.bits ?? 0) - log2(3)) < 1e-6)
        #expect(orders.dropFirst().allSatisfy { $0.bits < 1e-9 && $0.isTelling })
        let random = TextEntropy(of: Samples.symbols(2000, kinds: 9).span).orders
        #expect(random.last?.isTelling == false)
        #expect(random.first?.isTelling == true)
    }

    /// Witten-Bell as it is written in `BackoffModel`, by counting all of the training text for every symbol.
    private func probability(
        _ symbol: UInt16, after context: ArraySlice<UInt16>, in text: [UInt16], vocabularySize: Int
    ) -> Double {
        let lower =
            context.isEmpty
            ? 1 / Double(vocabularySize)
            : probability(symbol, after: context.dropFirst(), in: text, vocabularySize: vocabularySize)
        var followers: [UInt16: Int] = [:]
        for index in text.indices where index >= context.count {
            if text[(index - context.count)..<index].elementsEqual(context) { followers[text[index], default: 0] += 1 }
        }
        guard !followers.isEmpty else { return lower }
        let (total, kinds) = (Double(followers.values.reduce(0, +)), Double(followers.count))
        return (Double(followers[symbol] ?? 0) + kinds * lower) / (total + kinds)
    }

    @Test("What validation costs is what the equations say")
    func heldOut() throws {
        let text = Samples.symbols(400, kinds: 5)
        let parts = TextParts(count: 400, fractions: [0.8, 0.2, 0])
        let figure = HeldOutFigure(of: text.span, parts: parts, vocabularySize: 7, highest: 3)
        let found = try #require(figure)
        let (training, validation) = (Array(text[..<320]), Array(text[320...]))
        #expect(found.trainingSymbols == 320 && found.validationSymbols == 80)
        for order in 0...3 {
            var bits = 0.0
            for index in validation.indices {
                let context = validation[max(0, index - order)..<index]
                bits -= log2(
                    probability(validation[index], after: context, in: training, vocabularySize: 7))
            }
            #expect(abs(found.bits[order] - bits / 80) < 1e-9, "order \(order)")
        }
        #expect(found.best.bits == found.bits.min())
    }

    @Test("Probabilities of all symbols add up to one, and an unseen symbol is not impossible")
    func normalised() {
        let text = Samples.symbols(100, kinds: 4)
        let model = BackoffModel(of: text.span, in: [0..<100], highest: 4, vocabularySize: 6)
        for start in [10, 20, 30] {
            let context = Array(text[start..<(start + 5)])
            let known = model.bits(of: context.span, in: [0..<5])
            for order in 0...4 {
                let sum = (0..<6).reduce(0.0) { sum, symbol in
                    let more = context + [UInt16(symbol)]
                    return sum + exp2(known[order] - model.bits(of: more.span, in: [0..<6])[order])
                }
                #expect(abs(sum - 1) < 1e-9)
            }
        }
    }

    @Test("Without a validation part there is no held-out figure")
    func noValidation() {
        let text = Samples.symbols(100, kinds: 4)
        let parts = TextParts(count: 100, fractions: [1, 0, 0])
        let figure = HeldOutFigure(of: text.span, parts: parts, vocabularySize: 4)
        #expect(figure == nil)
    }
}
