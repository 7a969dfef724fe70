import RunicTesting
import Foundation
import Testing

@testable import RunicText

struct DecodeTests {
    private func stage(_ options: [String: String], path: String = "x.txt") throws -> any TextStage {
        try DecodeStage.make(options, StageContext(path: path))
    }

    private func decode(
        _ text: [UInt8], _ options: [String: String], chunk: Int? = nil
    ) throws -> (text: [UInt8], repaired: Int, remarks: [String]) {
        var stage = try stage(options)
        var output = StageOutput()
        for input in chunks(text, of: chunk ?? max(1, text.count)) { try stage.process(input.span, into: &output) }
        try stage.finish(into: &output)
        #expect(output.accounted == text.count)
        return (output.bytes, stage.repairedBytes, stage.remarks)
    }

    @Test(
        "every encoding gives what Python gives, whatever the chunk size, and again for a second text",
        arguments: encodedSamples)
    func samples(sample: EncodedSample) throws {
        for size in 1...sample.encoded.count {
            let found = try decode(sample.encoded, ["encoding": sample.encoding], chunk: size)
            #expect(found.text == bytes(sample.text), "in chunks of \(size)")
            #expect(found.repaired == 0)
        }
        var stage = try stage(["encoding": sample.encoding])
        var output = StageOutput()
        for _ in 0..<2 {
            try stage.process(sample.encoded.span, into: &output)
            try stage.finish(into: &output)
        }
        #expect(output.bytes == bytes(sample.text + sample.text))
    }

    @Test(
        "the place of the first replaced byte is told once, whatever the encoding and the cuts",
        arguments: [
            ("utf-8", bytes("aé") + [0xFF, 0x62, 0xFE], 3), ("utf-8", [0xEF, 0xBB, 0xBF, 0x61, 0xC3], 4),
            ("auto", bytes("éééé") + [0xFF, 0x62], 8), ("utf-16le", [0x61, 0, 0, 0xD8, 0x62, 0, 0x63], 2),
            ("shift_jis", [0x61, 0x82, 0xA0, 0x81, 0x20, 0x62], 3), ("utf-8", bytes("abc"), nil),
        ] as [(String, [UInt8], Int?)])
    func firstRepair(encoding: String, text: [UInt8], place: Int?) throws {
        for errors in ["replace", "skip"] {
            for size in 1...text.count {
                var stage = try stage(["encoding": encoding, "errors": errors])
                for _ in 0..<2 {
                    _ = try run(&stage, chunks(text, of: size))
                    #expect(stage.takeFirstRepair() == place)
                    #expect(stage.takeFirstRepair() == nil)
                }
            }
        }
    }

    @Test("every code point is traced to its own bytes, which decode to it", arguments: encodedSamples)
    func tracing(sample: EncodedSample) throws {
        // Where a code point has bytes of its own that say all of it.
        guard !["iso-2022-jp", "utf-7", "utf-16", "utf-32"].contains(sample.encoding) else { return }
        let folder = try TemporaryFolder()
        let path = try folder.write(sample.encoded, to: "x.txt")
        let pipeline = try TextPipeline(
            PipelineDescription(stages: [
                StageDescription(name: "decode", options: ["encoding": sample.encoding]),
                StageDescription(name: "segment", options: ["unit": "codepoint"]),
            ]))
        var reached = 0
        for traced in try pipeline.trace(TextFile(path: path), symbols: 0..<1000) {
            #expect(traced.range.lowerBound == reached)
            reached = traced.range.upperBound
            let alone = try decode(Array(sample.encoded[traced.range]), ["encoding": sample.encoding])
            #expect(alone.text == traced.symbol.bytes)
        }
        #expect(reached == sample.encoded.count)
    }

    @Test(
        "what is not in the encoding stops, is replaced or is skipped, at its offset and whatever the chunk size",
        arguments: [
            ("shift_jis", [0x61, 0x82, 0xA0, 0x81, 0x20, 0x62], 3, [0x81], "a\u{3042}", " b"),
            ("euc-kr", [0xB0, 0xA1, 0xFF, 0x62], 2, [0xFF], "\u{AC00}", "b"),
            ("gb18030", [0x61, 0x81, 0x30, 0x81, 0x62], 1, [0x81], "a", nil),
            ("utf-16le", [0x61, 0x00, 0x00, 0xDC, 0x62, 0x00], 2, [0x00, 0xDC], "a", "b"),
            ("utf-16be", [0x00, 0x61, 0xD8, 0x00, 0x00, 0x62], 2, [0xD8, 0x00], "a", "b"),
            ("utf-16be", [0x00, 0x61, 0xD8], 2, [0xD8], "a", ""),
            ("windows-1255", [0x61, 0xFF, 0x62], 1, [0xFF], "a", "b"),
            ("us-ascii", [0x61, 0x80, 0x62], 1, [0x80], "a", "b"),
        ] as [(String, [UInt8], Int, [UInt8], String, String?)])
    func invalid(encoding: String, text: [UInt8], offset: Int, shown: [UInt8], before: String, after: String?) throws {
        for size in 1...text.count {
            #expect(throws: TextError.invalidByte(path: "x.txt", offset: offset, bytes: shown, encoding: encoding)) {
                try decode(text, ["encoding": encoding], chunk: size)
            }
            let replaced = try decode(text, ["encoding": encoding, "errors": "replace"], chunk: size)
            let skipped = try decode(text, ["encoding": encoding, "errors": "skip"], chunk: size)
            #expect(replaced.repaired == skipped.repaired)
            #expect(skipped.text == replaced.text.filter { ![0xEF, 0xBF, 0xBD].contains($0) })
            guard let after else { continue }
            #expect(replaced.text == bytes(before + "\u{FFFD}" + after))
            #expect(replaced.repaired == shown.count)
        }
    }

    @Test(
        "random bytes come out the same whatever the chunk size, and every byte is accounted for",
        arguments: encodedSamples)
    func randomBytes(sample: EncodedSample) throws {
        var generator = Generator(state: 17)
        let options = ["encoding": sample.encoding, "errors": "replace"]
        for _ in 0..<150 {
            var text = sample.encoded
            for _ in 0..<6 {
                text.insert(UInt8(generator.next(below: 256)), at: generator.next(below: text.count))
                text.remove(at: generator.next(below: text.count))
            }
            let whole = try decode(text, options)
            let cut = try decode(text, options, chunk: 1 + generator.next(below: 9))
            #expect(whole.text == cut.text && whole.repaired == cut.repaired, "\(text)")
            #expect(String(validating: whole.text, as: UTF8.self) != nil)
        }
    }

    @Test("invalid UTF-8 is skipped on request, and counted")
    func skip() throws {
        let found = try decode([0x61, 0xFF, 0xE2, 0x82, 0x62], ["errors": "skip"], chunk: 1)
        #expect(found.text == bytes("ab") && found.repaired == 3)
    }

    @Test(
        "a byte order mark is dropped, or kept on request",
        arguments: ["utf-16", "utf-16le", "utf-32", "gb18030", "UTF8"])
    func byteOrderMark(encoding: String) throws {
        let marks: [String: [UInt8]] = [
            "utf-16": [0xFE, 0xFF, 0, 0x61], "utf-16le": [0xFF, 0xFE, 0x61, 0],
            "gb18030": [0x84, 0x31, 0x95, 0x33, 0x61],
            "utf-32": [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61], "UTF8": [0xEF, 0xBB, 0xBF, 0x61],
        ]
        let text = try #require(marks[encoding])
        for size in 1...text.count {
            #expect(try decode(text, ["encoding": encoding], chunk: size).text == [0x61])
            let kept = try decode(text, ["encoding": encoding, "bom": "keep"], chunk: size).text
            #expect(kept == bytes("\u{FEFF}a"))
        }
    }

    @Test("an encoding is found by its mark, as UTF-8, or by a guess, whatever the chunk size")
    func automatic() throws {
        for name in ["utf-16", "utf-32"] {
            let sample = try #require(encodedSamples.first { $0.encoding == name })
            for size in [1, 3, 1000] {
                let found = try decode(sample.encoded, ["encoding": "auto"], chunk: size)
                #expect(found.text == bytes(sample.text))
                #expect(found.remarks == ["encoding \(name.uppercased())LE, by its byte order mark"])
            }
        }
        let plain = bytes("\u{FEFF}é" + String(repeating: "x", count: 65_531) + "😀 and on")
        for size in [1000, 65_536, 100_000] {
            let found = try decode(plain, ["encoding": "auto"], chunk: size)
            #expect(found.text == Array(plain.dropFirst(3)))
            #expect(found.remarks.isEmpty)
        }
        let line = "Это русский текст, по которому можно узнать, на каком он языке и в какой кодировке.\n"
        let russian = String(repeating: line, count: 1000)
        let found = try decode(Array(try #require(russian.data(using: .windowsCP1251))), ["encoding": "auto"])
        #expect(found.text == bytes(russian))
        for name in ["shift_jis", "gb18030", "euc-kr"] {
            let sample = try #require(encodedSamples.first { $0.encoding == name })
            let once = sample.encoded + [0x0A]
            let text = Array(repeatElement(once, count: 3000).joined())
            for size in [999, 1_000_000] {
                let found = try decode(text, ["encoding": "auto"], chunk: size)
                #expect(found.text == bytes(String(repeating: sample.text + "\n", count: 3000)))
                let remark = try #require(found.remarks.first)
                #expect(remark.lowercased().hasPrefix("encoding \(name), guessed, confidence "))
                #expect(remark.contains(" of 100"))
            }
        }
    }

    @Test("the encoding is decided at the first byte that is not ASCII, however late it comes")
    func late() throws {
        for count in [65_535, 65_536, 70_000] {
            let plain = [UInt8](repeating: 0x61, count: count) + [0x20]
            for size in [1000, 100_000] {
                let utf8 = try decode(plain + bytes("café"), ["encoding": "auto"], chunk: size)
                #expect(utf8.text == plain + bytes("café") && utf8.remarks.isEmpty)
                let legacy = bytes("un caf") + [0xE9] + bytes(" tr") + [0xE8] + bytes("s grand\n")
                let found = try decode(plain + legacy, ["encoding": "auto"], chunk: size)
                #expect(found.text == plain + bytes("un café très grand\n"))
                #expect(found.remarks.first?.hasPrefix("encoding ISO-8859-1, guessed") == true)
            }
        }
    }

    @Test("a byte that is not UTF-8 leaves a UTF-8 text what it is, and is named with its place")
    func badBytes() throws {
        let text = bytes("— a — b\nIt") + [0x92] + bytes("s\n")
        for before in [0, 70_000] {
            let plain = [UInt8](repeating: 0x61, count: before)
            for size in [1, 5, 100_000] where before == 0 || size > 5 {
                #expect {
                    try decode(plain + text, ["encoding": "auto"], chunk: size)
                } throws: { error in
                    let words =
                        "x.txt: byte \(before + 14) is not UTF-8 (0x92); 2 sequences of several bytes are; keep it "
                        + "UTF-8 with --repair, or read it as windows-1252 "
                    return "\(error)".hasPrefix(words)
                }
                let found = try decode(plain + text, ["encoding": "auto", "errors": "replace"], chunk: size)
                #expect(found.text == plain + bytes("— a — b\nIt\u{FFFD}s\n") && found.repaired == 1)
            }
        }
    }

    @Test("a text that nothing fits is refused with the best three guesses")
    func noGuess() {
        let noise: [UInt8] = (0..<400).map { UInt8(truncatingIfNeeded: ($0 * 73 + $0 * $0 * 31) & 0x7F | 0x80) }
        #expect(throws: TextError.self) { try decode(noise, ["encoding": "auto"]) }
        let error = TextError.unknownEncoding(path: "x.txt", guesses: ["ISO-8859-1 (8 of 100)", "Big5 (5 of 100)"])
        #expect(
            "\(error)" == "x.txt: the encoding cannot be guessed (it might be ISO-8859-1 (8 of 100), Big5 (5 of 100)); "
                + "name it, as in --stage decode:encoding=ISO-8859-1")
    }

    @Test("text in memory is UTF-8, whatever the encoding of files; unknown encodings are refused all the same")
    func inMemory() throws {
        for encoding in ["shift_jis", "auto", "utf-16"] {
            var stage = try stage(["encoding": encoding], path: "")
            var output = StageOutput()
            try stage.process(bytes("é").span, into: &output)
            try stage.finish(into: &output)
            #expect(output.bytes == bytes("é"))
        }
        for path in ["", "x.txt"] {
            for name in ["klingon", "", "/etc/x"] {
                #expect(throws: TextError.self) { try stage(["encoding": name], path: path) }
            }
        }
    }

    @Test("UTF-8 alone can be cut for several threads, and only encodings without doubles are lossless")
    func honesty() {
        let definition = StageDefinition.decode
        #expect(definition.isSplittable([:]) && !definition.isSplittable(["encoding": "koi8-r"]))
        for name in ["utf-8", "koi8-r", "windows-1252", "utf-16"] { #expect(definition.isLossless(["encoding": name])) }
        for name in ["auto", "shift_jis", "iso-2022-jp"] { #expect(!definition.isLossless(["encoding": name])) }
    }

    @Test("repairing leaves a pipeline that skips as it is")
    func repairing() {
        for (errors, expected) in [("stop", "replace"), ("replace", "replace"), ("skip", "skip")] {
            let description = PipelineDescription(stages: [
                StageDescription(name: "decode", options: ["errors": errors]), StageDescription(name: "segment"),
            ])
            #expect(description.repairing.stages[0].options["errors"] == expected)
        }
    }
}
