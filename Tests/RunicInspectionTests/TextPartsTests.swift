import RunicSymbols
import RunicTraining
import Testing

@testable import RunicInspection

@Suite("Parts of a text")
struct TextPartsTests {
    @Test(
        "The parts are those that training cuts",
        arguments: [
            ([0.9, 0.05, 0.05], 1), ([0.5, 0.3, 0.2], 3), ([0.8, 0.2, 0], 7), ([1, 0, 0], 2), ([0.7, 0.1, 0.2], 1),
        ])
    func cuts(fractions: [Double], streams: Int) {
        for count in [1, 2, 7, 99, 100, 1001] {
            let text = (0..<count).map { UInt16($0) }
            let split = TextSplit(SymbolSequence(text), fractions: fractions, streams: streams)
            let parts = TextParts(count: count, fractions: fractions, streams: streams)
            #expect(parts[.training].flatMap { text[$0] } == Array(split.training))
            #expect(parts[.validation].flatMap { text[$0] } == Array(split.validation))
            #expect(parts[.test].flatMap { text[$0] } == Array(split.test))
            #expect(parts.count(.training) == split.training.count)
        }
    }
}
