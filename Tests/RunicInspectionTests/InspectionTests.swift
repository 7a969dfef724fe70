import Foundation
import Runic
import RunicTesting
import RunicText
import Testing

@testable import RunicInspection

@Suite("The whole report")
struct InspectionTests {
    /// The report of a text in a file of its own.
    private func report(_ text: [UInt8], _ change: (inout InspectionOptions) -> Void = { _ in }) throws
        -> InspectionReport
    {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "t.txt")
        var options = InspectionOptions()
        options.estimates = false
        change(&options)
        return try TextInspector(options).examine(paths: [path])
    }

    private func sample(_ lines: Int) -> String {
        (0..<lines).map { "line \($0 &* 7919 % 1009) of some text, \($0)\n" }.joined()
    }

    @Test("Advice is given where there is something to do, and only there")
    func advice() throws {
        let clean = try report(Array(sample(9000).utf8))
        #expect(clean.advice.isEmpty, "\(clean.advice)")
        func advice(_ text: [UInt8], _ change: (inout InspectionOptions) -> Void = { _ in }) throws -> String {
            try report(Array(sample(300).utf8) + text, change).advice.joined(separator: "\n")
        }
        #expect(try advice([0xFF]).contains("--repair"))
        #expect(
            try advice(Array("a\r\nb\r\n".utf8)) { $0.pipeline = PipelineDescription(newlines: .keep) }
                .contains("--newlines lf"))
        #expect(try !advice(Array("a\r\nb\r\n".utf8)).contains("--newlines"))
        #expect(try advice(Array("e\u{301}\u{E9}e\u{301}".utf8)).contains("--normalize") == false)
        #expect(
            try advice(Array("e\u{301}\u{E9}e\u{301}".utf8)) { $0.pipeline = PipelineDescription(normalization: .none) }
                .contains("--normalize nfc"))
        #expect(try advice(Array("\u{416}\u{417}\u{418}".utf8)).contains("--min-count 2"))
        #expect(try advice(Array(String(repeating: "\u{416}\u{416} ", count: 20).utf8)).contains("Training lacks"))
        #expect(try advice(Array(sample(300).utf8)).contains("word for word"))
        #expect(try advice(Array("caf\u{C3}\u{A9} caf\u{C3}\u{A9}".utf8)).contains("windows-1252"))
    }

    @Test("The report on a terminal fits 80 columns, and nothing of the text moves the cursor")
    func rendering() throws {
        let text = sample(300) + "\u{1B}[2J\u{7}\u{202E}漢字かな 한국어 é\u{301} 👨‍👩‍👧\u{9B}\r\n" + sample(300)
        let report = try report(Array(text.utf8)) { $0.symbols = 1000 }
        let rendered = report.rendered()
        #expect(!rendered.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || (0x7F..<0xA0).contains($0.value) })
        #expect(!rendered.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) })
        for line in rendered.split(separator: "\n") where !line.contains("/") {
            #expect(DisplayText.columns(String(line)) <= 80, "\(line)")
        }
        #expect(rendered.contains("U+0065"))
    }

    @Test(
        "The number of symbols has the name of the unit",
        arguments: [
            (TextUnit.grapheme, "8 grapheme clusters, 5 different"), (.word, "6 words, 5 different"),
            (.codepoint, "9 code points, 6 different"), (.byte, "9 bytes, 6 different"),
        ])
    func unitName(unit: TextUnit, expected: String) throws {
        let report = try report(Array("ab ba c\r\n".utf8)) {
            $0.pipeline = PipelineDescription(unit: unit, newlines: .keep)
        }
        #expect(report.rendered().contains("symbols             \(expected)\n"), "\(report.rendered())")
    }

    @Test("Advice on invalid bytes names the first of them, and counts other trouble separately")
    func invalidBytes() throws {
        let advice = try report(Array("a\0b".utf8) + [0xFF] + Array("c".utf8)).advice
        #expect(advice.contains { $0.hasPrefix("1 byte cannot be read as text, the first at byte 3 of ") })
        #expect(
            advice.contains("1 control character in the text, 1 of them NUL: see trouble. --stage strip drops it."))
    }

    @Test("The list of trouble says how many entries it omits")
    func manyTroubles() throws {
        let report = try report([UInt8](repeating: 1, count: 1234))
        #expect(report.rendered().contains("    and 1,134 more\n"))
    }

    @Test("JSON has the keys of the text's report and of the analyses")
    func json() throws {
        let report = try report(Array(sample(500).utf8))
        let object = try #require(
            try JSONSerialization.jsonObject(with: try JSONEncoder().encode(report)) as? [String: Any])
        for key in [
            "bytes", "symbols", "vocabulary_size", "trouble", "rare", "mojibake", "normalization", "advice",
            "symbol_table",
            "split", "entropy", "held_out", "repeated_lines", "repeated_documents", "line_lengths", "repeats",
        ] { #expect(object[key] != nil, "\(key)") }
    }

    @Test("A text with more symbols than ids is reported without what needs ids")
    func tooManySymbols() throws {
        // Ideographs with one of 64 marks each: no two compose.
        var clusters: [Unicode.Scalar] = []
        for number in 0..<UInt32(70_400) {
            clusters += [Unicode.Scalar(0x4E00 + number / 64), Unicode.Scalar(0x0300 + number % 64)].compactMap(\.self)
        }
        let report = try report(Array(String(String.UnicodeScalarView(clusters)).utf8))
        #expect(report.analysis == nil && report.text.vocabularySize == 70_400)
        #expect(report.advice.contains { $0.contains("--unit codepoint") })
        #expect(report.rendered().contains("70,400 different"))
    }

    @Test("A separator that the text does not have is refused as training refuses it")
    func separator() throws {
        let error = #expect(throws: RunicError.self) {
            try report(Array(sample(10).utf8)) { $0.documentSeparator = "\u{416}" }
        }
        guard case .training(.option(let name, _, _)) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(name == "document-separator")
        let documents = try report(Array("abc\n%\nabcdefghij abcdefghij abc\n%\nabcdefghij abcdefghij abc\n%\nx".utf8))
        {
            $0.documentSeparator = "\n%\n"
            $0.split = [0.99, 0.01, 0]
        }
        #expect(documents.analysis?.documents.training.passages == 2)
        #expect(documents.analysis?.documents.training.repeated == 1)
    }

    @Test("The page holds all it needs and escapes what comes from the text")
    func page() throws {
        let text =
            sample(300) + String(repeating: "<script>alert('x')</script>& a long line that comes again\n", count: 3)
            + "\0"
        let markup = InspectionPage(try report(Array(text.utf8)), title: "<b>").markup
        #expect(markup.contains("<h1>&lt;b&gt;</h1>"))
        #expect(!markup.contains("<script>alert") && markup.components(separatedBy: "<script").count == 3)
        #expect(!markup.contains("src=") && !markup.contains("href="))
        #expect(markup.contains("<main>") && !markup.contains("<th></th>"))
        for title in [
            "How often symbols occur", "How well the symbols before predict", "How long lines are", "Where trouble is",
        ] {
            #expect(markup.contains(title))
        }
    }
}
