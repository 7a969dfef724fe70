import RunicTesting
import Testing

@testable import RunicText

@Suite("The ends of lines, to all stages that work line by line")
struct LineEndTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let stage: String
        let options: [String: String]
        let text: String
        let expected: String
        /// Whether the stage writes line feeds, whatever it read.
        var makesLineFeeds = false

        var testDescription: String { stage }
    }

    private static let cases = [
        Case(
            stage: "replace", options: ["pattern": "^a|b$", "with": "<$0>"], text: "a b\nab\n\nb a\na",
            expected: "<a> <b>\n<a><b>\n\nb a\n<a>"),
        Case(stage: "replace", options: ["pattern": "a[^x]*b", "with": "_"], text: "a\nb ab\n", expected: "a\nb _\n"),
        Case(stage: "replace", options: ["pattern": "$", "with": "|"], text: "a\n\nb\n", expected: "a|\n|\nb|\n"),
        Case(stage: "transliterate", options: ["rules": "^a > x;"], text: "a a\na\nba", expected: "x a\nx\nba"),
        Case(stage: "between", options: ["from": "<", "to": ">"], text: "a\n<\nb\n\nc\n>\nd\n", expected: "b\n\nc\n"),
        Case(
            stage: "subtitles", options: [:], text: "1\n00:01 --> 00:02\nHi\nyou\n\n2\n00:03 --> 00:04\nBye\n",
            expected: "Hi\nyou\nBye\n"),
        Case(
            stage: "spaces", options: ["ends": "trim", "lines": "1", "runs": "one"], text: "a  b \n\n\n\n é \nc\n\n\n",
            expected: "a b\n\n é\nc\n\n"),
        Case(stage: "spaces", options: ["tabs": "4"], text: "a\tb\n\tc\n", expected: "a   b\n    c\n"),
        Case(stage: "dedupe", options: [:], text: "a\nb\na\n\nb\n", expected: "a\nb\n\n"),
        Case(
            stage: "abc", options: ["outside": "drop"], text: "head\n\nX:1\nK:G\nabc\n\n\nX:2\nK:D\nd|",
            expected: "X:1\nK:G\nabc\n\nX:2\nK:D\nd|\n", makesLineFeeds: true),
    ]

    @Test("are LF, CR LF, CR, next line, line separator and paragraph separator alike", arguments: cases)
    func kinds(sample: Case) throws {
        let options = sample.options.merging(["line-ends": "any"]) { $1 }
        for end in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"] {
            let text = sample.text.replacing("\n", with: end)
            let expected = sample.makesLineFeeds ? sample.expected : sample.expected.replacing("\n", with: end)
            #expect(
                bytes(try staged(sample.stage, options, text)) == bytes(expected), "\(end.unicodeScalars.map(\.value))")
        }
    }

    @Test("are all of these in new pipelines, and line feeds in those of version 0.1.0", arguments: cases)
    func versions(sample: Case) throws {
        let definition = try StageRegistry.builtIn.definition(for: StageDescription(name: sample.stage))
        #expect(definition.current(sample.options)["line-ends"] == "any")
        let text = sample.text.replacing("\n", with: "\u{2028}")
        let (old, lf) = (
            try staged(sample.stage, sample.options, text),
            try staged(sample.stage, sample.options.merging(["line-ends": "lf"]) { $1 }, text)
        )
        #expect(bytes(old) == bytes(lf))
        let new = try staged(sample.stage, sample.options.merging(["line-ends": "any"]) { $1 }, text)
        #expect(bytes(old) != bytes(new))
        #expect(try staged(sample.stage, sample.options, sample.text) == sample.expected)
    }

    @Test("do not make no-break spaces white space, nor a single space before a quotation mark a change")
    func neighbours() throws {
        let text = "a\u{A0}\u{A0}b “c” é"
        let options = ["runs": "one", "line-ends": "any"]
        #expect(bytes(try staged("spaces", options, text)) == bytes(text))
        var stage = try StageDefinition.spaces.make(options, StageContext(path: "x"))
        var output = StageOutput()
        try stage.process(bytes(text).span, into: &output)
        try stage.finish(into: &output)
        #expect(!output.hasChanged)
    }

    @Test("are found wherever chunks are cut, in random texts")
    func random() throws {
        var generator = Generator(state: 77)
        let parts = [
            "a", "b ", "\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}", "é", "\u{A0}", "“", "\u{2030}", "\t",
        ]
        for _ in 0..<60 {
            let text = randomText(&generator, parts, count: 12)
            for (name, options) in [
                ("replace", ["pattern": "^.|.$", "with": "<$0>"]), ("spaces", ["ends": "trim", "lines": "0"]),
                ("transliterate", ["rules": "^a > x;"]), ("between", ["from": "é", "to": "b"]),
            ] {
                _ = try staged(name, options.merging(["line-ends": "any"]) { $1 }, text)
            }
        }
    }
}
