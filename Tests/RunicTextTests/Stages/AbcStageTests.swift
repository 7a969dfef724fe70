import RunicTesting
import Testing

@testable import RunicText

@Suite("The stage abc")
struct AbcStageTests {
    private static let file =
        "%abc-2.1\r\nM:4/4\r\n\r\n\r\nX: 1\r\nT:A and A's \r\n% Music\r\nK:G\r\ne:|\"G\"d2B % end\r\nw:la\r\n+:lo\r\n \r\nfree text\r\nX:2\nT:B\\% C\nK:D\nABc|\nX:3\nK:A"

    @Test(
        "tunes are documents in a normal form",
        arguments: [
            (
                [:],
                "%abc-2.1\nM:4/4\n\nX: 1\nT:A and A's\n% Music\nK:G\ne:|\"G\"d2B % end\nw:la\n+:lo\n\nfree text\n\nX:2\nT:B\\% C\nK:D\nABc|\n\nX:3\nK:A\n"
            ),
            (
                ["outside": "drop", "comments": "drop"],
                "X: 1\nT:A and A's\nK:G\ne:|\"G\"d2B\nw:la\n+:lo\n\nX:2\nT:B\\% C\nK:D\nABc|\n\nX:3\nK:A\n"
            ),
            (
                ["outside": "drop", "comments": "drop", "number": "drop", "fields": "K"],
                "K:G\ne:|\"G\"d2B\n\nK:D\nABc|\n\nK:A\n"
            ),
            (
                ["outside": "drop", "comments": "drop", "number": "keep", "fields": ""],
                "X: 1\ne:|\"G\"d2B\n\nX:2\nABc|\n\nX:3\n"
            ),
        ])
    func known(options: [String: String], expected: String) throws {
        #expect(bytes(try staged("abc", options, Self.file)) == bytes(expected))
    }

    @Test("normal files stay as they are, empty ones empty, and a second pass changes nothing")
    func stays() throws {
        let normal = "X:1\nT:a\nK:G\nABc|\n\nX:2\nK:D\nd|\n"
        #expect(try staged("abc", [:], normal) == normal)
        #expect(try staged("abc", [:], "") == "")
        #expect(try staged("abc", [:], "\r\n \n") == "")
        var generator = Generator(state: 43)
        let parts = ["X:1\n", "\n", "\r\n", "T:a", "K:G\n", "%", "\\%", " ", "abc", "A:|\n", "+:x\n", "é", "w:"]
        for _ in 0..<400 {
            let text = randomText(&generator, parts, count: 14)
            for options in [
                [:], ["comments": "drop", "outside": "drop", "fields": "KT", "number": "drop"], ["comments": "drop"],
            ] {
                let once = try staged("abc", options, text)
                if options["number"] == nil { #expect(bytes(try staged("abc", options, once)) == bytes(once)) }
                let hasTwoEmptyLines = once.contains("\n\n\n") || once.hasSuffix("\n\n") || once.hasPrefix("\n")
                #expect(!hasTwoEmptyLines)
            }
        }
    }

    @Test("it reports the number of tunes, and refuses a text that is not ABC")
    func remarks() throws {
        var stage = AbcStage(rules: AbcStage.Rules(), path: "x.abc")
        _ = try run(&stage, [bytes(Self.file)])
        #expect(stage.remarks == ["3 tunes"])
        let long = [UInt8](repeating: 0x61, count: 1 << 19)
        #expect(throws: TextError.self) { try run(&stage, [long, long, [0x61]]) }
        #expect(throws: TextError.self) { try staged("abc", ["fields": "T+K"], "") }
    }

    @Test("symbols know their bytes")
    func tracing() throws {
        #expect(
            try traced("abc", ["comments": "drop"], "\nX:1 %c\r\n\r\nX:2")
                == ["X<X", ":<:", "1<1", "\n< %c\r\n", "\n<\r\n", "X<X", ":<:", "2<2", "\n<"])
    }
}
