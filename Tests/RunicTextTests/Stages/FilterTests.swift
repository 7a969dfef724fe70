import CRunicICUReference
import RunicTesting
import Testing

@testable import RunicText

struct FilterTests {
    @Test(
        "random texts keep or lose the code points of a set, whatever the chunk size",
        arguments: [
            "[:L:]", "[[:L:][:N:][:White_Space:]]", "[^a-z]", "[\\u0300-\\u036F]", "[:Script=Greek:]", "[]",
            "[\\U00010000-\\U0010FFFF]",
        ])
    func random(pattern: String) throws {
        var texts = RandomTexts(generator: Generator(state: 7))
        for round in 0..<60 {
            let text = texts.next(upTo: 40)
            let expected = { (keeps: Bool) in
                var scalars = String.UnicodeScalarView()
                for scalar in text.unicodeScalars where unsafe (reference_set_has(pattern, scalar.value) != 0) == keeps
                {
                    scalars.append(scalar)
                }
                return bytes(String(scalars))
            }
            let size = [1, 2, 3, 5, 1000][round % 5]
            #expect(try stagedInChunks("filter", ["keep": pattern], bytes(text), chunk: size) == expected(true))
            #expect(try stagedInChunks("filter", ["drop": pattern], bytes(text), chunk: size) == expected(false))
        }
    }

    @Test("invalid UTF-8 counts as U+FFFD, also when the end of the text cuts it")
    func invalid() throws {
        let text: [UInt8] = [0x61, 0xFF, 0x62, 0xE2, 0x82]
        for size in 1...5 {
            #expect(try stagedInChunks("filter", ["drop": "[\\uFFFD]"], text, chunk: size) == bytes("ab"))
            #expect(
                try stagedInChunks("filter", ["keep": "[\\uFFFDb]"], text, chunk: size) == [0xFF, 0x62, 0xE2, 0x82])
        }
    }

    @Test("kept text is traced to itself")
    func tracing() throws {
        let pipeline = try TextPipeline(
            PipelineDescription(stages: [
                StageDescription(name: "filter", options: ["drop": "[:M:]"]), StageDescription(name: "segment"),
            ]))
        let text = bytes("e\u{301}a\u{302}\u{303}é")
        let found = try pipeline.trace(text)
        #expect(found.map(\.range) == [0..<1, 3..<4, 8..<10])
        for traced in found { #expect(traced.symbol.bytes == Array(text[traced.range])) }
    }

    @Test("one set is needed, and it must be one")
    func refusals() {
        for options in [[:], ["keep": "[a]", "drop": "[b]"], ["keep": "[a"], ["drop": "[{ab}]"], ["keep": "a"]] {
            #expect(throws: TextError.self) { try stagedInChunks("filter", options, []) }
        }
        do {
            _ = try stagedInChunks("filter", ["drop": "[:Klingon:]"], [])
        } catch {
            #expect(
                "\(error)".hasPrefix(
                    "stage 'filter': option drop=[:Klingon:] is not known; use a set in ICU's notation"))
        }
    }
}
