import RunicText
import Testing

@testable import RunicInspection

@Suite("Lines, paragraphs and documents")
struct PassageTests {
    private func passages(
        _ text: String, _ kind: PassageSplitter.Kind = .lines, unit: TextUnit = .grapheme
    ) throws -> [String] {
        let (symbols, vocabulary) = try Samples.encoded(text, unit: unit)
        var found: [String] = []
        PassageSplitter(kind, vocabulary).forEach(of: symbols.span, in: 0..<symbols.count) {
            found.append(String(decoding: vocabulary.decode(symbols[$0]), as: UTF8.self))
        }
        return found
    }

    @Test("Every kind of line end ends a line, and CR LF is one", arguments: TextUnit.allCases)
    func lines(unit: TextUnit) throws {
        #expect(try passages("a\nbc\r\nd\re\n\nf", unit: unit) == ["a", "bc", "d", "e", "f"])
        #expect(try passages("\n\n", unit: unit).isEmpty)
        if unit != .byte { #expect(try passages("a\u{2028}b\u{85}c", unit: unit) == ["a", "b", "c"]) }
    }

    @Test("Paragraphs lie between empty lines", arguments: TextUnit.allCases)
    func paragraphs(unit: TextUnit) throws {
        #expect(
            try passages("\na\nb\n\n\nc\r\n\r\nd\r\ne\r\rf\n", .paragraphs, unit: unit) == ["a\nb", "c", "d\r\ne", "f"])
    }

    @Test("Documents lie between their separators")
    func documents() throws {
        let (_, vocabulary) = try Samples.encoded("abc--de")
        let dash = try #require(vocabulary.identifier(of: Symbol("-".utf8)))
        #expect(
            try passages("abc--de----c--", .documents([UInt16(dash), UInt16(dash)])) == ["abc", "de", "c"])
    }

    @Test("Lines of validation and test that occur in training are counted, short ones are not")
    func repeated() throws {
        let long = "a line that is long enough to count"
        let other = "and another line which also is long"
        let training = [long, other, long, "short"].map { $0 + "\n" }.joined()
        let validation = [long, "short", "never seen before, this line is"].map { $0 + "\n" }.joined()
        let test = [other, "never seen before, this line is"].map { $0 + "\n" }.joined()
        let (symbols, vocabulary) = try Samples.encoded(training + validation + test)
        let total = Double(symbols.count)
        let parts = TextParts(
            count: symbols.count,
            fractions: [Double(training.count) / total, Double(validation.count) / total, Double(test.count) / total])
        let found = RepeatedPassages(of: symbols.span, parts: parts, splitter: PassageSplitter(.lines, vocabulary))
        #expect(found.oneIn == 1)
        #expect(found.training.passages == 3 && found.training.repeated == 1)
        #expect(found.training.repeatedSymbols == long.count)
        #expect(found.validation.passages == 2 && found.validation.repeated == 1)
        #expect(found.validation.symbols == long.count + 31 && found.validation.repeatedSymbols == long.count)
        #expect(found.test.passages == 2 && found.test.repeated == 1, "a line of validation alone is not in training")

        let split = SplitReport(
            of: symbols.span, parts: parts, fractions: [], streams: 1, vocabularySize: vocabulary.count)
        #expect(split.training.symbols == training.count && split.test.symbols == test.count)
        let unseen = Set(validation).subtracting(training)
        #expect(split.validation.unseen == unseen.count && split.validation.different == Set(validation).count)
        #expect(split.validation.unseenOccurrences == validation.count { unseen.contains($0) })
        #expect(
            Set(split.unseen.map { String(decoding: vocabulary.bytes(of: $0), as: UTF8.self) })
                == Set(unseen.map { String($0) }))
    }

    @Test("Many different lines are all found again, and a sample of them is fair")
    func many() throws {
        let block = (0..<3000).map { "line number \($0 * 7919) of a long list\n" }.joined()
        let (symbols, vocabulary) = try Samples.encoded(block + block)
        let parts = TextParts(count: symbols.count, fractions: [0.5, 0.5, 0])
        let splitter = PassageSplitter(.lines, vocabulary)
        let all = RepeatedPassages(of: symbols.span, parts: parts, splitter: splitter)
        #expect(all.training.passages == 3000 && all.training.repeated == 0)
        #expect(all.validation.passages == 3000 && all.validation.repeated == 3000 && all.validation.fraction == 1)
        let some = RepeatedPassages(of: symbols.span, parts: parts, splitter: splitter, most: 1000)
        #expect(some.oneIn > 1 && some.validation.passages < 1500 && some.validation.passages > 0)
        #expect(some.validation.fraction == 1 && some.training.repeated == 0)
    }

    @Test("Lengths of lines: median, longest and powers of two")
    func lengths() throws {
        let (symbols, vocabulary) = try Samples.encoded("a\nbb\nccc\n\ndddd\neeeeeeeee")
        let found = LineLengths(of: symbols.span, splitter: PassageSplitter(.lines, vocabulary))
        #expect(found.lines == 5 && found.median == 3 && found.longest == 9)
        #expect(found.bins.map(\.from) == [1, 2, 4, 8] && found.bins.map(\.lines) == [1, 2, 1, 1])
    }
}
