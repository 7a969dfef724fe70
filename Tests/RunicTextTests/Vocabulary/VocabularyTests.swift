import Foundation
import RunicTesting
import Testing

@testable import RunicText

struct VocabularyTests {
    @Test("symbols are in the order of their bytes and the unknown one is last")
    func order() throws {
        let words = [
            "b", "a", "\u{E9}", "e\u{301}", "\r\n", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{1F468}",
            "\u{FFFD}",
        ]
        let counts = Dictionary(uniqueKeysWithValues: words.map { (Symbol($0.utf8), 1) })
        let vocabulary = try Vocabulary(unit: .grapheme, counts: counts)
        let expected = words.map { bytes($0) }.sorted { $0.lexicographicallyPrecedes($1) } + [[]]
        #expect(vocabulary.symbols.map(\.bytes) == expected)
        #expect(vocabulary.unknown == 8)
        for (id, symbol) in vocabulary.symbols.dropLast().enumerated() {
            #expect(vocabulary.identifier(of: symbol) == id)
        }
        #expect(vocabulary.identifier(of: Symbol(bytes("zz"))) == nil)
        #expect(vocabulary.bytes(of: -1) == [] && vocabulary.bytes(of: 99) == [])
    }

    @Test("the unknown symbol follows its rule")
    func unknownRule() throws {
        let counts = [Symbol(bytes("a")): 5, Symbol(bytes("b")): 1]
        func make(_ minimum: Int, _ rule: UnknownRule) throws(TextError) -> Vocabulary {
            try Vocabulary(
                unit: .grapheme, counts: counts, options: VocabularyOptions(minimumCount: minimum, includeUnknown: rule)
            )
        }
        #expect(try make(1, .always).unknown == 2)
        #expect(try make(1, .whenNeeded).unknown == nil)
        #expect(try make(2, .whenNeeded).unknown == 1)
        #expect(try make(1, .never).count == 2)
        #expect(throws: TextError.noUnknownSymbol(rareSymbols: 1, minimumCount: 2)) { try make(2, .never) }
    }

    @Test("the JSON is the archive's: unit, symbols, unknown; byte b is U+00b")
    func json() throws {
        let vocabulary = try Vocabulary(
            unit: .byte, symbols: [Symbol([0x41]), Symbol([0xFF]), Symbol([])], unknown: 2)
        let object = try #require(
            try JSONSerialization.jsonObject(with: try JSONEncoder().encode(vocabulary)) as? [String: Any])
        #expect(object["unit"] as? String == "byte")
        #expect((object["symbols"] as? [String])?.map { $0.unicodeScalars.map(\.value) } == [[0x41], [0xFF], []])
        #expect(object["unknown"] as? Int == 2)
        let without = try Vocabulary(unit: .byte, symbols: [Symbol([0x41])], unknown: nil)
        #expect(String(decoding: try JSONEncoder().encode(without), as: UTF8.self).contains("\"unknown\":null"))
        #expect(try JSONDecoder().decode(Vocabulary.self, from: try JSONEncoder().encode(without)) == without)
    }

    @Test(
        "a vocabulary that contradicts itself is refused",
        arguments: [
            #"{"unit":"grapheme","symbols":["a","a"],"unknown":null}"#,
            #"{"unit":"grapheme","symbols":["a",""],"unknown":7}"#,
            #"{"unit":"grapheme","symbols":["a",""],"unknown":-1}"#,
            #"{"unit":"grapheme","symbols":["","a"],"unknown":0}"#,
            #"{"unit":"grapheme","symbols":["a",""],"unknown":null}"#,
            #"{"unit":"grapheme","symbols":["a"],"unknown":0}"#,
            #"{"unit":"codepoint","symbols":["ab"],"unknown":null}"#,
            #"{"unit":"byte","symbols":["\u0100"],"unknown":null}"#,
            #"{"unit":"byte","symbols":["ab"],"unknown":null}"#, #"{"unit":"sentence","symbols":["a"],"unknown":null}"#,
            #"{"unit":"grapheme","symbols":[1],"unknown":null}"#, #"{"symbols":[]}"#, #"[]"#,
        ])
    func refusals(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Vocabulary.self, from: Data(json.utf8)) }
    }

    @Test("canonically equivalent symbols are two symbols")
    func equivalence() throws {
        let json = #"{"unit":"grapheme","symbols":["e\u0301","\u00e9"],"unknown":null}"#
        let vocabulary = try JSONDecoder().decode(Vocabulary.self, from: Data(json.utf8))
        #expect(vocabulary.bytes(of: 0) == [0x65, 0xCC, 0x81])
        #expect(vocabulary.bytes(of: 1) == [0xC3, 0xA9])
    }

    @Test("65,535 symbols fit and one more does not")
    func limit() throws {
        let symbols = (0..<65_536).map { Symbol(bytes(String(UnicodeScalar(UInt32(0x10000 + $0)) ?? "?"))) }
        #expect(try Vocabulary(unit: .codepoint, symbols: Array(symbols.dropLast()), unknown: nil).count == 65_535)
        #expect(throws: TextError.tooManySymbols(found: 65_536, limit: 65_535)) {
            try Vocabulary(unit: .codepoint, symbols: symbols, unknown: nil)
        }
    }
}
