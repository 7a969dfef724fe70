import RunicTesting
import Testing

@testable import RunicText

struct StageTests {
    private func decode(_ chunks: [[UInt8]], repair: Bool = false) throws(TextError) -> [UInt8] {
        var stage = DecodeStage(errors: repair ? .replace : .stop, mark: .drop, path: "x.txt")
        return try run(&stage, chunks)
    }

    @Test(
        "invalid bytes are found at their offset whatever the chunk size",
        arguments: [
            ([0x61, 0xC3, 0x28], 1, [0xC3, 0x28]), ([0xED, 0xA0, 0x80], 0, [0xED, 0xA0]),
            ([0x61, 0xC0, 0xAF], 1, [0xC0]),
            ([0xE0, 0x80, 0x80], 0, [0xE0, 0x80]), ([0x61, 0x62, 0xE2, 0x82], 2, [0xE2, 0x82]),
            ([0xF4, 0x90, 0x80, 0x80], 0, [0xF4, 0x90]), ([0x80], 0, [0x80]), ([0xEF, 0xBB, 0xBF, 0xFF], 3, [0xFF]),
            ([0xEF, 0xBB], 0, [0xEF, 0xBB]), ([0xF0, 0x9F, 0x98, 0x41], 0, [0xF0, 0x9F, 0x98, 0x41]),
        ] as [([UInt8], Int, [UInt8])])
    func invalid(text: [UInt8], offset: Int, shown: [UInt8]) {
        for size in 1...text.count {
            #expect(throws: TextError.invalidByte(path: "x.txt", offset: offset, bytes: shown)) {
                try decode(chunks(text, of: size))
            }
        }
    }

    @Test("the message for an invalid byte names file, offset, bytes and the way out")
    func message() {
        let error = TextError.invalidByte(path: "corpora/x.txt", offset: 1042, bytes: [0xC3, 0x28])
        #expect(
            "\(error)" == "corpora/x.txt: byte 1042 is not UTF-8 (0xC3 0x28); "
                + "try --repair or --stage decode:encoding=auto")
    }

    @Test("repair replaces maximal ill-formed subparts as Swift's own decoder does")
    func repair() throws {
        var generator = Generator(state: 3)
        let interesting: [UInt8] = [
            0x41, 0x80, 0xBF, 0xC2, 0xC3, 0xE0, 0xE2, 0xED, 0xA0, 0x9F, 0xF0, 0x90, 0xF4, 0x8F, 0xFF,
        ]
        for _ in 0..<3000 {
            let text = [0x2E] + (0..<12).map { _ in interesting[generator.next(below: interesting.count)] }
            let expected = Array(String(decoding: text, as: UTF8.self).utf8)
            let found = try decode(chunks(text, of: 1 + generator.next(below: 13)), repair: true)
            if found != expected { Issue.record("\(text)") }
        }
    }

    @Test("a byte order mark at the start is dropped, elsewhere and on request kept")
    func byteOrderMark() throws {
        let text = bytes("\u{FEFF}a\u{FEFF}")
        for size in 1...text.count {
            #expect(try decode(chunks(text, of: size)) == bytes("a\u{FEFF}"))
            var stage = DecodeStage(errors: .stop, mark: .keep, path: "")
            #expect(try run(&stage, chunks(text, of: size)) == text)
        }
        #expect(try decode([]) == [])
    }

    @Test("line ends become LF, also cut between CR and LF, or stay")
    func newlines() throws {
        let text = bytes("a\r\nb\rc\n\r\r\n\n\r")
        for size in 1...text.count {
            var stage = NewlinesStage(rule: .lf)
            #expect(try run(&stage, chunks(text, of: size)) == bytes("a\nb\nc\n\n\n\n\n"))
            var kept = NewlinesStage(rule: .keep)
            #expect(try run(&kept, chunks(text, of: size)) == text)
        }
    }

    @Test("tricky texts come out the same whatever the chunk size", arguments: trickyTexts)
    func everyCut(text: String) throws {
        let text = bytes(text)
        let segmenter = try Segmenter(unit: .grapheme)
        let sizes = text.isEmpty ? [1] : Array(1...min(text.count, 70)) + [text.count]
        for size in sizes {
            let isCutAsExpected = cut(segmenter, chunks(text, of: size)) == wholeClusters(text)
            #expect(isCutAsExpected, "in chunks of \(size)")
            for form in normalForms + [.none] {
                var stage = try NormalizeStage(form: form, path: "")
                let isExpected = try run(&stage, chunks(text, of: size)) == wholeNormal(form, text)
                #expect(isExpected, "\(form) in chunks of \(size)")
            }
        }
    }

    @Test("code points and bytes are symbols of their own, also when cut and also when invalid")
    func otherUnits() throws {
        let text = bytes("a\r\n\u{E9}\u{1F600}") + [0xE2, 0x82]
        for size in 1...text.count {
            let points = cut(try Segmenter(unit: .codepoint), chunks(text, of: size))
            #expect(points.map(\.count) == [1, 1, 1, 2, 4, 2])
            #expect(cut(try Segmenter(unit: .byte), chunks(text, of: size)) == text.map { [$0] })
        }
    }
}
