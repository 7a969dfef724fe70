import RunicTesting
import Testing

@testable import RunicText

@Suite("The stages spaces and newlines")
struct SpacesStageTests {
    @Test(
        "white space becomes regular",
        arguments: [
            (["runs": "one"], " a  b\t\tc\td \n  e", " a b c d \n e"), ([:], " a \t\r\n\n\n", " a \t\r\n\n\n"),
            (["ends": "trim"], "a \t\nb  c \r\n \n\r  \t", "a\nb  c\r\n\n\r"),
            (["ends": "trim", "runs": "one"], " \ta  b\u{3000} \n x ", " a b\u{3000}\n x"),
            (
                ["unicode": "ascii"], "a\u{A0}b\u{3000}\u{2003}c\u{202F}\u{205F}\u{1680}\u{2007}\u{200B}\u{E9}",
                "a b  c    \u{200B}\u{E9}"
            ),
            (
                ["unicode": "ascii", "runs": "one", "ends": "trim"], "a\u{A0} \u{3000}b\u{2003}\u{3042}\u{2003}\n",
                "a b \u{3042}\n"
            ),
            (["lines": "1"], "\n\n\na\n\n\n\nb\n\n", "\na\n\nb\n\n"),
            (["lines": "0"], "\r\n\r\na\r\n\r\nb\n\rc", "a\r\nb\nc"),
            (["lines": "1"], "a\n \n\n\nb", "a\n \n\nb"), (["lines": "1", "ends": "trim"], "a\n \n\t\n\nb", "a\n\nb"),
            (["tabs": "4"], "\ta\tbc\té\u{65E5}\t\n\t|\r\tx", "    a   bc  é\u{65E5}  \n    |\r    x"),
            (["tabs": "8", "unicode": "ascii"], "\u{A0}\t\u{2003}\tx", "                x"),
        ])
    func known(options: [String: String], text: String, expected: String) throws {
        #expect(bytes(try staged("spaces", options, text)) == bytes(expected))
    }

    @Test("options that it does not have are refused")
    func refusals() {
        for options in [["tabs": "0"], ["tabs": "x"], ["lines": "-1"], ["runs": "two"], ["colour": "red"]] {
            #expect(throws: TextError.self) { try staged("spaces", options, "") }
        }
    }

    @Test("random texts come out as regular expressions say, however they are cut")
    func random() throws {
        var generator = Generator(state: 23)
        let parts = [
            " ", " ", "\t", "\n", "\n", "\r\n", "\r", "a", "bc", "é", "\u{3000}", "\u{A0}", "\u{3042}", "\u{2003}",
        ]
        for _ in 0..<300 {
            let text = randomText(&generator, parts, count: 16)
            #expect(
                bytes(try staged("spaces", ["runs": "one"], text))
                    == bytes(text.replacing(#/[ \t]+/#.matchingSemantics(.unicodeScalar), with: " ")))
            let trimmed = try staged("spaces", ["ends": "trim"], text)
            let expected = text.replacing(#/[ \t]+(?=[\r\n]|$)/#.matchingSemantics(.unicodeScalar), with: "")
            #expect(bytes(trimmed) == bytes(expected))
            let options = ["ends": "trim", "runs": "one", "unicode": "ascii", "lines": "1", "tabs": "3"]
            let once = try staged("spaces", options, text)
            #expect(bytes(try staged("spaces", options, once, isCutEverywhere: false)) == bytes(once))
            _ = try staged("spaces", ["tabs": "3", "lines": "2", "unicode": "ascii", "ends": "trim"], text)
        }
    }

    @Test("tabs are expanded as Python's expandtabs does")
    func tabs() throws {
        var generator = Generator(state: 29)
        let texts = (0..<300).map { _ in
            randomText(&generator, ["\t", "\t", "a", "é", "\u{65E5}", " ", "\n", "\r", "\u{1F600}"], count: 20)
        }
        let program = """
            import sys
            text = open(sys.argv[1], encoding='utf-8', newline='').read()
            sys.stdout.buffer.write(text.expandtabs(5).encode())
            """
        let text = texts.joined(separator: "\n\u{241E}")
        let expected = try python(program, bytes(text))
        #expect(bytes(try staged("spaces", ["tabs": "5"], text, isCutEverywhere: false)) == expected)
    }

    @Test("too much white space to hold is an error that says what to do")
    func limit() throws {
        var rules = SpacesStage.Rules(ends: .trim)
        let spaces = [[UInt8]](repeating: [0x20, 0x20], count: 50)
        var stage = SpacesStage(rules: rules, context: StageContext(path: "x.txt"), longestRun: 99)
        let error = #expect(throws: TextError.self) { try run(&stage, spaces) }
        #expect(
            error?.description == "x.txt: stage 'spaces' failed: more than 99 bytes of white space in a row; "
                + "use runs=one, or ends=keep")
        rules.runs = .one
        var bounded = SpacesStage(rules: rules, context: StageContext(path: "x.txt"), longestRun: 99)
        #expect(try run(&bounded, spaces + [[0x61]]) == bytes(" a"))
    }

    @Test("a prompt keeps the white space at its end")
    func prompts() throws {
        let description = PipelineDescription(stages: [
            StageDescription(name: "spaces", options: ["ends": "trim", "runs": "one"]),
            StageDescription(name: "segment"),
        ])
        #expect(try TextPipeline(description).transform(bytes("a \nb  ")) == bytes("a\nb "))
    }

    @Test("symbols know their bytes")
    func tracing() throws {
        #expect(
            try traced("spaces", ["runs": "one", "unicode": "ascii", "ends": "trim"], "a \t\u{3000}b \nc")
                == ["a<a", " < \t\u{3000}", "b<b", "\n<\n", "c<c"])
    }

    @Test(
        "Unicode's line ends become line feeds on demand",
        arguments: [
            ("a\u{2028}b\u{2029}\u{85}\r\u{85}\r\n\u{2028}\n", "a\nb\n\n\n\n\n\n\n"),
            ("\u{E9}\u{2020}\u{C2}\u{1F600}", "\u{E9}\u{2020}\u{C2}\u{1F600}"),
        ])
    func unicodeNewlines(text: String, expected: String) throws {
        #expect(bytes(try staged("newlines", ["to": "lf", "unicode": "true"], text)) == bytes(expected))
        #expect(
            bytes(try staged("newlines", ["to": "lf"], text))
                == bytes(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")))
        #expect(
            try staged("newlines", ["to": "lf", "unicode": "true"], bytes("a") + [0xE2, 0x80]) == bytes("a") + [
                0xE2, 0x80,
            ])
    }

    @Test("Unicode's line ends without a rule to map them to are refused")
    func contradiction() {
        #expect(throws: TextError.self) { try staged("newlines", ["unicode": "true"], "") }
        #expect(throws: TextError.self) { try staged("newlines", ["unicode": "yes", "to": "lf"], "") }
    }
}
