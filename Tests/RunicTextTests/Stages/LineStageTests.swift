import RunicTesting
import Testing

@testable import RunicText

@Suite("The stages between and subtitles")
struct LineStageTests {
    private static let book = "head\n*** START OF x ***\none\ntwo\n*** END OF x ***\nlicence\n"

    @Test(
        "lines between two markers",
        arguments: [
            (["from": "*** START", "to": "*** END"], book, "one\ntwo\n"), (["to": "*** END"], "a\n*** END\nb", "a\n"),
            (["from": "*** START"], book, "one\ntwo\n*** END OF x ***\nlicence\n"),
            (["from": "*** START", "to": "*** END", "keep": "outside"], book, "head\nlicence\n"),
            (["from": "<", "to": ">"], "a\n<\nb\n>\nc\n<\nd", "b\nd"), (["from": "none"], "a\nb\n", ""),
        ])
    func between(options: [String: String], text: String, expected: String) throws {
        #expect(try staged("between", options, text) == expected)
    }

    @Test("a marker that no line has is a warning")
    func noMarker() throws {
        var stage = try StageDefinition.between.make(["from": "START"], StageContext(path: "x"))
        #expect(try run(&stage, [bytes("a\n")]) == [])
        #expect(stage.warnings == ["no line has 'START': nothing of the file is kept"])
        for options in [[:], ["from": ""], ["from": #"a\nb"#], ["from": "a", "keep": "x"]] {
            #expect(throws: TextError.self) { try staged("between", options, "") }
        }
    }

    @Test(
        "texts of subtitles",
        arguments: [
            (
                "1\n00:00:01,000 --> 00:00:02,000\nHi,\n<i>you</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nBye",
                "Hi,\n<i>you</i>\nBye"
            ),
            (
                "WEBVTT\nX-MAP\n\nNOTE a comment\nand more\n\nSTYLE\n::cue { color: red }\n\n00:01.760 --> 00:04.640 align:middle\n<v Bob>Hi</v>\n<00:02.000>la<00:03.000> <3\r\n\r\n",
                "<v Bob>Hi</v>\nla <3\r\n"
            ),
            ("no subtitles\n", ""),
        ])
    func subtitles(text: String, expected: String) throws {
        #expect(bytes(try staged("subtitles", [:], text)) == bytes(expected))
    }
}
