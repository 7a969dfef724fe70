import CRunicICUReference
import RunicTesting
import Testing

@testable import RunicText

struct CaseTests {
    private func whole(_ to: String, _ locale: String, _ text: String) -> [UInt8] {
        let kinds = ["lower", "upper", "title", "fold"]
        var kind = Int32(kinds.firstIndex(of: to) ?? 0)
        if kind == 3 && ["tr", "az"].contains(locale) { kind = 4 }
        var out = [UInt8](repeating: 0, count: 65536)
        let count = unsafe reference_case(kind, locale, bytes(text), text.utf8.count, &out)
        return Array(out.prefix(Int(count)))
    }

    private func options(_ to: String, _ locale: String) -> [String: String] {
        locale.isEmpty ? ["to": to] : ["to": to, "locale": locale]
    }

    private static let tricky = [
        "", "ΟΔΥΣΣΕΥΣ ΣΑΣ Σ ΑΣ' ΑΣ'Α ΑΣ\u{301}. ΑΣ\u{AD}\u{AD}Α", "I\u{307}İıi IJssel ij Straße ŉ ǰ ΐ և ﬃ",
        "άνθρωπος Άδης ΐ μαΐου ή Ή", "i\u{307}\u{301} J\u{304} Į\u{303} Ì", "it's o'neill 3rd \u{1F600}x\nnext line's",
        "\u{10400}\u{10428} ǅ ǆ Ǆ", "CAFÉ—naïve", "\u{345}α\u{345}Σ\u{345}", "A\u{300}Σ\u{300}\u{200D}Σ",
    ]

    @Test(
        "texts come out as ICU makes them of the whole, whatever the chunk size",
        arguments: ["lower", "upper", "title", "fold"], ["", "tr", "lt", "el", "nl", "az", "de"])
    func whole(to: String, locale: String) throws {
        var texts = RandomTexts(generator: Generator(state: 9))
        for text in Self.tricky + (0..<12).map({ _ in texts.next(upTo: 50) }) {
            let expected = whole(to, locale, text)
            for size in [1, 2, 3, 5, 1000] {
                let isExpected = try stagedInChunks("case", options(to, locale), bytes(text), chunk: size) == expected
                #expect(isExpected, "\(text.unicodeScalars.map(\.value)) in chunks of \(size)")
            }
        }
    }

    @Test("letters are accounted for one by one, and what has no case is kept")
    func tracing() throws {
        func parts(_ to: String, _ locale: String, _ text: String) throws -> [String] {
            try tracedParts("case", options(to, locale), bytes(text)).map { "\($0)>\($1)" }
        }
        #expect(try parts("upper", "", "ab é. 日本") == ["a>A", "b>B", " > ", "é>É", ". 日本>. 日本"])
        #expect(try parts("upper", "", "aßb ßß") == ["a>A", "ß>SS", "b>B", " > ", "ßß>SSSS"])
        #expect(try parts("lower", "", "ΣΑΣ Α") == ["Σ>σ", "Α>α", "Σ>ς", " > ", "Α>α"])
        #expect(try parts("lower", "tr", "Iİi") == ["I>ı", "İ>i", "i>i"])
        let titled = ["h>H", "E>e", "L>l", "L>l", "O>o", " > ", "ß>Ss", "a >a ", "y>Y", "ou're>ou're"]
        #expect(try parts("title", "", "hELLO ßa you're") == titled)
        #expect(try parts("upper", "el", "άνθος") == ["ά>Α", "ν>Ν", "θ>Θ", "ο>Ο", "ς>Σ"])
        #expect(try parts("fold", "", "Ⱥx") == ["Ⱥ>ⱥ", "x>x"])
    }

    @Test(
        "the original bytes of a symbol, staged alone, have the symbol", arguments: ["lower", "upper", "title", "fold"])
    func alone(to: String) throws {
        let pipeline = try TextPipeline(
            PipelineDescription(stages: [
                StageDescription(name: "case", options: ["to": to]),
                StageDescription(name: "segment", options: ["unit": "codepoint"]),
            ]))
        var texts = RandomTexts(generator: Generator(state: 21))
        for _ in 0..<60 {
            let text = bytes(texts.next(upTo: 40))
            for traced in try pipeline.trace(text) {
                let source = String(decoding: text[traced.range], as: UTF8.self)
                let made = whole(to, "", source) + whole("lower", "", source)
                let symbol = traced.symbol.bytes
                // The position of a letter can change its case: a final sigma, the letters of a word after the first.
                let isThere =
                    made.indices.contains { made[$0...].starts(with: symbol) } || symbol == bytes("ς")
                #expect(isThere, "\(source) for \(symbol)")
            }
        }
    }

    @Test("options are checked")
    func refusals() {
        for options in [[:], ["to": "camel"], ["to": "upper", "locale": "klingon"], ["to": "upper", "locale": ""]] {
            #expect(throws: TextError.self) { try stagedInChunks("case", options, []) }
        }
    }

    @Test("what must be seen at once has a limit, whatever the chunk size; folding and spaces have none")
    func limits() throws {
        let long = [UInt8](repeating: 0x61, count: CaseStage.limit + 1)
        for size in [65_536, 4 << 20] {
            for to in ["lower", "title"] {
                #expect(throws: TextError.self) { try stagedInChunks("case", ["to": to], long, chunk: size) }
                #expect(throws: TextError.self) { try stagedInChunks("case", ["to": to], long + [0x20], chunk: size) }
            }
        }
        let spaced = Array(repeatElement(bytes("abcdefghijklm "), count: 100_000).joined())
        let expected = Array(repeatElement(bytes("ABCDEFGHIJKLM "), count: 100_000).joined())
        let isExpected = try stagedInChunks("case", ["to": "upper"], spaced, chunk: 65_536) == expected
        #expect(isExpected)
    }
}
