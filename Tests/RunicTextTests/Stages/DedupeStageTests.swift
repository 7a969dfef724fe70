import RunicTesting
import Testing

@testable import RunicText

@Suite("The stage dedupe")
struct DedupeStageTests {
    @Test(
        "keeps the first of equal lines or documents",
        arguments: [
            ([:], "a\nb\na\nc\nb\n", "a\nb\nc\n"), ([:], "a\n\n\na\n\nb", "a\n\n\n\nb"), ([:], "a\nb\na", "a\nb"),
            (["minimum": "0"], "a\n\n\na\n\nb\n", "a\n\nb\n"),
            (["minimum": "3"], "ab\nab\nabc\nabc\nñé\nñé\n", "ab\nab\nabc\nñé\nñé\n"),
            ([:], "a \na\nA\ne\u{301}\n\u{E9}\n", "a \na\nA\ne\u{301}\n\u{E9}\n"), ([:], "", ""), ([:], "\n\n", "\n\n"),
            (["by": "document"], "a\nb\n\nc\n\na\nb\n", "a\nb\n\nc\n"),
            (["by": "document"], "x\n\ny\n\n\nx\n\nz", "x\n\ny\n\nz"),
            (["by": "document"], "x\n\nx\n\n", "x\n\n"), (["by": "document"], "x\nx\n", "x\nx\n"),
            (["by": "document", "separator": "##"], "a#b##c###b##a#b##c", "a#b##c###b"),
            (["by": "document", "separator": #"\n--\n"#], "a\n--\nb\n-\n--\na\n--\nb\n-", "a\n--\nb\n-"),
            (["by": "document", "separator": "aab"], "xaaab.aabxaaab.aab", "xaaab.aab"),
        ])
    func known(options: [String: String], text: String, expected: String) throws {
        #expect(bytes(try staged("dedupe", options, text)) == bytes(expected))
    }

    @Test("random lines and documents are kept as a plain search of all earlier ones keeps them")
    func random() throws {
        var generator = Generator(state: 31)
        for _ in 0..<300 {
            let lines = (0..<generator.next(below: 12)).map { _ in
                randomText(&generator, ["a", "b", "é", "\r"], count: 2)
            }
            var seen: Set<String> = []
            let kept = lines.filter { $0.isEmpty || seen.insert($0).inserted }
            let text = lines.map { $0 + "\n" }.joined()
            #expect(bytes(try staged("dedupe", [:], text)) == bytes(kept.map { $0 + "\n" }.joined()))
            let documents = lines.filter { !$0.isEmpty }
            let keptDocuments = kept.filter { !$0.isEmpty }
            let options = ["by": "document", "separator": "\\n\\n"]
            #expect(
                bytes(try staged("dedupe", options, documents.joined(separator: "\n\n")))
                    == bytes(keptDocuments.joined(separator: "\n\n")))
            _ = try staged("dedupe", options, randomText(&generator, ["\n", "\n", "a", "\n\na"], count: 14))
            _ = try staged(
                "dedupe", ["by": "document", "separator": "aab"], randomText(&generator, ["a", "b", "\n"], count: 20))
        }
    }

    @Test(
        "every line end ends a line, if asked to",
        arguments: [
            ([:], "a\r\n\r\na\r\n\r\nb", "a\r\n\r\n\r\nb"), ([:], "a\ra\rb\r", "a\rb\r"),
            ([:], "a\n\na\u{2028}b\u{85}b\u{2029}", "a\n\u{2028}b\u{2029}"), ([:], "a\r", "a\r"), ([:], "a\r\na", "a"),
            (["by": "document"], "a\r\nb\r\n\r\nc\r\n\r\na\nb\r\n", "a\r\nb\r\n\r\nc\r\n"),
            (["by": "document"], "x\n\nx\n\n", "x\n\n"), (["by": "document"], "x\r\rx", "x"),
            (["by": "document", "separator": "##"], "a##b##a", "a##b"),
            (["form": "nfc"], "\u{E9}\ne\u{301}\nE\n", "\u{E9}\nE\n"),
            (["form": "nfkc-casefold"], "Straße\nSTRASSE\n", "Straße\n"),
        ])
    func lineEnds(options: [String: String], text: String, expected: String) throws {
        let options = options.merging(["line-ends": "any"]) { $1 }
        #expect(bytes(try staged("dedupe", options, text)) == bytes(expected))
    }

    @Test("any line ends give what line feeds give, where all are line feeds")
    func sameOnLineFeeds() throws {
        var generator = Generator(state: 7)
        for _ in 0..<200 {
            let text = randomText(&generator, ["\n", "\n", "a", "b\n", "\n\na"], count: 14)
            for by in ["line", "document"] {
                let any = try staged("dedupe", ["by": by, "line-ends": "any"], text)
                #expect(try any == staged("dedupe", ["by": by], text), "\(by): \(text.debugDescription)")
            }
        }
    }

    @Test("it reports the dropped lines, and starts every text afresh")
    func remarks() throws {
        var stage = DedupeStage(unit: .line, separator: [0x0A], minimum: 1)
        #expect(try run(&stage, [bytes("abc\nabc\nd\nabc\n")]) == bytes("abc\nd\n"))
        #expect(stage.remarks == ["2 of 4 lines dropped as repeated, 8 bytes"])
        #expect(try run(&stage, [bytes("abc\n")]) == bytes("abc\n"))
        #expect(stage.remarks == ["2 of 5 lines dropped as repeated, 8 bytes"])
    }

    @Test("a passage that is too long is kept and not compared, wherever it is cut")
    func long() throws {
        let text = bytes("0123456789\n0123456789\nabc\n01234567\n01234567\nabc\n0123456789")
        for size in 1...text.count {
            var stage = DedupeStage(unit: .line, separator: [0x0A], minimum: 1, longest: 8)
            #expect(
                try run(&stage, chunks(text, of: size)) == bytes("0123456789\n0123456789\nabc\n01234567\n0123456789"))
            #expect(stage.remarks.last == "3 lines of more than 8 bytes not compared")
        }
    }

    @Test("the hash is the beginning of SHA-256")
    func hash() {
        #expect(String(SHA256.prefix(of: bytes("abc").span), radix: 16) == "ba7816bf8f01cfea414140de5dae2223")
    }

    @Test("options that it does not have are refused")
    func refusals() {
        for options in [
            ["by": "word"], ["separator": "x"], ["by": "document", "separator": ""], ["minimum": "-1"],
            ["by": "document", "separator": #"\x"#],
        ] {
            #expect(throws: TextError.self) { try staged("dedupe", options, "") }
        }
    }

    @Test("symbols know their bytes")
    func tracing() throws {
        #expect(try traced("dedupe", [:], "a\na\nb\na\nc") == ["a<a", "\n<\n", "b<b", "\n<\n", "c<c"])
    }
}
