import Testing

@testable import RunicText

struct VocabularyGrowthTests {
    private func base(_ symbols: String, unknown: Bool) throws -> Vocabulary {
        let known = symbols.utf8.map { Symbol([$0]) }
        return try Vocabulary(
            unit: .grapheme, symbols: known + (unknown ? [Symbol([])] : []), unknown: unknown ? known.count : nil)
    }

    private func counts(_ text: String) -> [Symbol: Int] {
        text.utf8.reduce(into: [:]) { $0[Symbol([$1]), default: 0] += 1 }
    }

    private func text(_ vocabulary: Vocabulary) -> String {
        String(decoding: vocabulary.symbols.flatMap { $0.count == 0 ? [UInt8(ascii: "?")] : $0.bytes }, as: UTF8.self)
    }

    @Test("old symbols keep their ids, new ones follow in the order of their bytes, and the unknown one is last")
    func order() throws {
        // The order follows no rule: a model keeps the order that it was made with.
        let grown = try Vocabulary(growing: base("zca", unknown: true), counts: counts("bazdba"))
        #expect(text(grown) == "zcabd?" && grown.unknown == 5 && grown.knownCount == 5)
    }

    @Test(
        "rare new symbols become the unknown one, old ones stay however rare",
        arguments: [
            (true, 1, UnknownRule.always, "caxy?"), (true, 2, .always, "cax?"), (true, 3, .never, "ca?"),
            (false, 1, .always, "caxy?"), (false, 1, .whenNeeded, "caxy"), (false, 1, .never, "caxy"),
            (false, 2, .whenNeeded, "cax?"), (true, 1, .never, "caxy?"),
        ])
    func rare(unknown: Bool, minimum: Int, rule: UnknownRule, expected: String) throws {
        let grown = try Vocabulary(
            growing: base("ca", unknown: unknown), counts: counts("xxya"),
            options: VocabularyOptions(minimumCount: minimum, includeUnknown: rule))
        #expect(text(grown) == expected)
    }

    @Test("rare symbols that may not become unknown are an error")
    func never() throws {
        let base = try base("ca", unknown: false)
        #expect(throws: TextError.noUnknownSymbol(rareSymbols: 1, minimumCount: 2)) {
            try Vocabulary(
                growing: base, counts: counts("xxya"),
                options: VocabularyOptions(minimumCount: 2, includeUnknown: .never))
        }
    }

    @Test("a text without new symbols leaves a vocabulary as it was")
    func unchanged() throws {
        let old = try base("zca", unknown: true)
        #expect(try Vocabulary(growing: old, counts: counts("aaz")) == old)
    }
}
