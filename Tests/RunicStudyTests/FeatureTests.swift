import RunicText
import Testing

@testable import RunicStudy

@Suite("What a person sees in a text")
struct FeatureTests {
    /// A feature over a text, one digit a symbol.
    private func marks(_ feature: SymbolFeature, _ text: String, unit: TextUnit = .codepoint) throws -> String {
        let symbols = try TextPipeline(PipelineDescription(unit: unit, newlines: .keep)).symbols(of: Array(text.utf8))
        let table = FeatureTable(symbols, unit: unit)
        return (0..<table.symbols).map { String(Int(table[$0, feature])) }.joined()
    }

    private static let cases: [(SymbolFeature, String, String)] = [
        (.linePosition, "ab\ncde\n\nf", "120123001"),
        (.longLine, "ab\ncdefgh\n", "0000000110"),
        (.paragraphPosition, "a\n\nbc\nd", "1101223"),
        (.indentation, "  a\n\tb\nc", "12204400"),
        (.quotes, "a \"b\" c", "0011000"),
        (.quotes, "„a“ «b» 「c」 ”", "1100110011000"),
        (.quotes, "\"a\n\nb", "11100"),
        (.brackets, "f(a[0])!", "01111100"),
        (.brackets, "(a\n\n{b\n\nc}", "1110111110"),
        (.bracketDepth, "f(a[0])]", "01122100"),
        (.brackets, "a)(b", "0011"),
        (.speaker, "First Citizen:\nSpeak: no", "111111111111100111110000"),
        (.speaker, "He said: no\nbob: yes", "00000000000011100000"),
        (.speaker, "A, b:\nx", "0000000"),
        (.sentencePosition, "a. b.c", "101234"),
        (.sentenceStart, "a. \"B.", "011101"),
        (.sentenceStart, "去。来", "010"),
        (.wordPosition, "don't 'a' b2", "123450010012"),
        (.wordStart, "ab c", "1001"),
        (.capitals, "aBCD E", "001100"),
        (.blankLine, "\na\n \n\n", "100011"),
        (.lineEnd, "a\r\nb\n", "01101"),
        (.capital, "aBÇÉ", "0111"),
        (.vowel, "aybé я", "100101"),
        (.digit, "a1٣", "011"),
        (.space, "a \t\u{3000}\n", "01110"),
        (.punctuation, "a-b«。1+", "0101100"),
    ]

    @Test("Each feature is 1 where it is, and counts are correct", arguments: cases)
    func features(feature: SymbolFeature, text: String, expected: String) throws {
        #expect(try marks(feature, text) == expected, "\(feature) of \(text.debugDescription)")
    }

    @Test("Bytes have the features of the characters that they are part of, and lines are counted in characters")
    func bytes() throws {
        #expect(try marks(.linePosition, "é猫\na", unit: .byte) == "1122201")
        #expect(try marks(.quotes, "“é”", unit: .byte) == "11111000")
        #expect(try marks(.capital, "É", unit: .byte) == "11")
    }

    @Test("Grapheme clusters are one character each, and CR LF ends one line")
    func clusters() throws {
        #expect(try marks(.linePosition, "👩‍👩‍👧e\u{301}\r\na", unit: .grapheme) == "1201")
    }

    @Test("What does not vary, or is another feature again, is not compared")
    func present() {
        let symbols = "(a)(b)\n".unicodeScalars.map { Symbol(String($0).utf8) }
        let present = FeatureTable(symbols, unit: .codepoint).present
        #expect(present.contains(.brackets) && !present.contains(.bracketDepth))
        #expect(!present.contains(.quotes) && !present.contains(.digit))
        #expect(present.contains(.wordPosition) && !present.contains(.wordStart))
    }
}
