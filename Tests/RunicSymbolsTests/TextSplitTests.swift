import RunicSymbols
import Testing

@Suite struct TextSplitTests {
    @Test("tinyshakespeare splits as nanoGPT splits it")
    func nanoGPT() {
        let split = TextSplit(SymbolSequence([UInt16](repeating: 0, count: 1_115_394)), fractions: [0.9, 0.1, 0])
        #expect(split.training.count == 1_003_854)
        #expect(split.validation.count == 111_540)
        #expect(split.test.count == 0)
    }

    @Test(
        "the parts are the text, in order", arguments: [0, 1, 2, 3, 10, 99, 1_000],
        [[0.9, 0.05, 0.05], [1, 0, 0], [0.8, 0, 0.2], [0.34, 0.33, 0.33], [0.7, 0.3, 0]])
    func parts(count: Int, fractions: [Double]) {
        let text = (0..<count).map { UInt16($0) }
        let split = TextSplit(SymbolSequence(text), fractions: fractions)
        #expect(Array(split.training) + Array(split.validation) + Array(split.test) == text)
        for (part, fraction) in zip([split.training, split.validation, split.test], fractions) {
            #expect(abs(Double(part.count) - fraction * Double(count)) <= 2)
            if fraction == 0 { #expect(part.count <= 1) }
        }
    }

    @Test("of several streams each gives its own part to training, validation and test")
    func streams() {
        let text = (0..<40).map { UInt16($0) }
        let split = TextSplit(SymbolSequence(text), fractions: [0.8, 0.1, 0.1], streams: 4)
        #expect(Array(split.training) == (0..<4).flatMap { stream in (0..<8).map { UInt16(stream * 10 + $0) } })
        #expect(Array(split.validation) == [8, 18, 28, 38])
        #expect(Array(split.test) == [9, 19, 29, 39])
        let uneven = TextSplit(SymbolSequence(text.prefix(39)), fractions: [0.5, 0.5, 0], streams: 4)
        #expect(Set(Array(uneven.training) + Array(uneven.validation)).count == 39 && uneven.test.isEmpty)
    }
}
