import CRunicICUReference
import RunicTesting
import Testing

@testable import RunicText

struct ReplaceTests {
    private func whole(_ pattern: String, _ replacement: String, _ flags: UInt32, _ text: String) -> [UInt8] {
        let text = bytes(text)
        var result: [UInt8] = []
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            result += wholeLine(pattern, replacement, flags, Array(line) + [0x0A])
        }
        let last = Array(text[(text.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)...])
        return last.isEmpty ? result : result + wholeLine(pattern, replacement, flags, last)
    }

    private func wholeLine(_ pattern: String, _ replacement: String, _ flags: UInt32, _ line: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 65536)
        let count = unsafe reference_replace(pattern, replacement, flags, line, line.count, &out)
        return Array(out.prefix(Int(count)))
    }

    @Test(
        "random texts come out as ICU's own replacement, line by line, whatever the chunk size",
        arguments: [
            ("[aeiou]", "<$0>", ""), (#"(?<first>\w)(\w)"#, "$2${first}", ""), (#"\s+"#, " ", ""),
            (#"\p{L}+"#, #"\$\\"#, ""),
            (#"(?<=(\w))\W"#, "[$1]", ""), ("^.", "$0$0", "m"), (#"(a)|(b)"#, "$1-$2", "i"), (".", #"\u00e9"#, "s"),
            (" [ a-m ] # comment", "", "ix"), (#"(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)"#, "$11$1$10", ""),
        ])
    func random(pattern: String, replacement: String, flags: String) throws {
        var texts = RandomTexts(generator: Generator(state: 5))
        let codes: [Character: UInt32] = ["i": 2, "x": 4, "m": 8, "s": 32]
        let code = flags.reduce(0) { $0 | (codes[$1] ?? 0) }
        let options = ["pattern": pattern, "with": replacement, "flags": flags]
        for _ in 0..<40 {
            let text = texts.next(upTo: 60)
            let expected = whole(pattern, replacement, code, text)
            for size in [1, 2, 3, 7, 1000] {
                let isExpected = try stagedInChunks("replace", options, bytes(text), chunk: size) == expected
                #expect(isExpected, "\(text.unicodeScalars.map(\.value)) in chunks of \(size)")
            }
        }
    }

    @Test("ends of lines are found once, and what follows a last line feed is no line")
    func lineEnds() throws {
        func replaced(_ pattern: String, _ text: String) throws -> String {
            String(
                decoding: try stagedInChunks("replace", ["pattern": pattern, "with": "|"], bytes(text)), as: UTF8.self)
        }
        #expect(try replaced("$", "a\nb\n") == "a|\nb|\n")
        #expect(try replaced("$", "a\nb") == "a|\nb|")
        #expect(try replaced("^", "a\n\nb\n") == "|a\n|\n|b\n")
        #expect(try replaced("x*", "ab\n") == "|a|b|\n")
        #expect(try replaced(#"\n"#, "a\nb\n") == "a|b|")
        #expect(try replaced(#"a\nb"#, "a\nb") == "a\nb")
        #expect(try replaced("$", "") == "")
    }

    @Test("matches are accounted for one by one, and what is replaced by itself is kept")
    func tracing() throws {
        let found = try tracedParts("replace", ["pattern": #"(\d)(\d)"#, "with": "$2$1"], bytes("é 12 33 4\n56"))
        #expect(found.map(\.0) == ["é ", "12", " 33 4\n", "56"])
        #expect(found.map(\.1) == ["é ", "21", " 33 4\n", "65"])
        let pipeline = try TextPipeline(
            PipelineDescription(stages: [
                StageDescription(name: "replace", options: ["pattern": "colou?r", "with": "hue"]),
                StageDescription(name: "segment"),
            ]))
        let text = bytes("a colour, color")
        for traced in try pipeline.trace(text) {
            let alone = try pipeline.symbols(of: Array(text[traced.range]))
            #expect(alone.contains(traced.symbol))
        }
    }

    @Test("an invalid pattern or replacement is refused with its place")
    func refusals() {
        func message(_ options: [String: String]) -> String {
            do throws(any Error) { _ = try stagedInChunks("replace", options, []) } catch { return "\(error)" }
            return ""
        }
        #expect(
            message(["pattern": "a(b"]) == "stage 'replace': option pattern=a(b is not known; "
                + "use a regular expression of ICU (U_REGEX_MISMATCHED_PAREN at character 3)")
        #expect(message(["pattern": "a", "with": "x$1"]).contains("the one at character 1"))
        #expect(message(["pattern": "(?<a>.)", "with": "é${b}"]).contains("the one at character 1"))
        for bad in ["$", "$x", "${a", #"\"#, #"\u12"#, #"\uD800"#] {
            #expect(message(["pattern": "a", "with": bad]).contains("option with="), "\(bad)")
        }
        #expect(message([:]) == "stage 'replace': option pattern is missing or empty; use a regular expression of ICU")
        #expect(message(["pattern": "a", "flags": "g"]).contains("some of i, m, s and x"))
    }

    @Test("a pattern that tries for ever and a line without end are errors that name the stage")
    func hostile() throws {
        let text = bytes(String(repeating: "a", count: 60))
        do {
            _ = try stagedInChunks("replace", ["pattern": "(a+)+b"], text)
            Issue.record("it ended")
        } catch let error as TextError {
            #expect(
                "\(error)" == "x.txt: stage 'replace' failed: U_REGEX_TIME_OUT in a line; use a pattern that tries less"
            )
        }
        let long = [UInt8](repeating: 0x61, count: ReplaceStage.lineLimit)
        #expect(try stagedInChunks("replace", ["pattern": "b"], long + [0x0A].prefix(0), chunk: 65_536) == long)
        for size in [65_536, 2 << 20] {
            #expect(throws: TextError.self) {
                try stagedInChunks("replace", ["pattern": "b"], long + [0x0A], chunk: size)
            }
        }
    }
}
