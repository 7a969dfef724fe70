import RunicTesting
import Foundation
import Testing

@testable import RunicText
@testable import RunicInspection

struct ReportTests {
    private func report(_ text: [UInt8], chunkSize: Int = 1 << 18) throws -> TextContents {
        let folder = try TemporaryFolder()
        let source = try TextSource(paths: [try folder.write(text, to: "t.txt")])
        return try TextContents(source, description: PipelineDescription(newlines: .keep), chunkSize: chunkSize)
    }

    @Test("a report calls a file by the name it is given for it, also where something is wrong in it")
    func names() throws {
        let folder = try TemporaryFolder()
        let source = try TextSource(paths: [try folder.write(bytes("Ã© a\u{0} e\u{301}"), to: "t.txt")])
        let report = try TextContents(source, name: { _ in "standard input" })
        #expect(report.files.map(\.path) == ["standard input"])
        #expect(report.trouble.map(\.path) == ["standard input"])
        #expect(report.mojibake.first.map(\.path) == ["standard input"])
    }

    @Test("trouble is listed by offset, whatever the chunk size")
    func trouble() throws {
        let text =
            bytes("\u{FEFF}a\u{0}b") + [0xFF, 0xE2, 0x82] + bytes("\u{7}\u{85}\u{202E}x\u{202C}\u{2069}\u{2067}") + [
                0xE2
            ]
        for size in 1...text.count {
            let report = try report(text, chunkSize: size)
            #expect(report.trouble.map(\.offset) == [4, 6, 7, 9, 10, 19, 25, 22])
            #expect(
                report.trouble.map(\.what) == [
                    "NUL", "not UTF-8 (0xFF)", "not UTF-8 (0xE2 0x82 0x07)", "control character U+0007",
                    "control character U+0085", "bidirectional control that closes nothing", "not UTF-8 (0xE2)",
                    "bidirectional control that is never closed",
                ])
            #expect(report.trouble.filter(\.isInvalid).map(\.offset) == [6, 7, 25])
            #expect(report.byteOrderMarks == 1)
            #expect(report.repairedBytes == 4 && report.isLossy)
        }
    }

    @Test("line ends, scripts, rare symbols and normalisation are counted, whatever the chunk size")
    func counts() throws {
        let text = bytes("ab\r\nб\ré\n\n\u{915}e\u{301}aa\r")
        for size in 1...text.count {
            let report = try report(text, chunkSize: size)
            #expect(report.lineEnds == LineEnds(lf: 2, crlf: 1, cr: 2))
            #expect(!report.isNFC)
            #expect(report.symbols == 13 && report.vocabularySize == 8)
            #expect(report.scripts.map(\.script) == ["Common", "Latin", "Cyrillic", "Devanagari", "Inherited"])
            #expect(report.scripts.map(\.codePoints) == [6, 6, 1, 1, 1])
            #expect(report.rare.first?.symbols == 4 && report.rare.first?.occurrences == 4)
            #expect(report.mostFrequent.first?.names == ["LATIN SMALL LETTER A"])
            #expect(report.mostFrequent.first?.count == 3)
            #expect(report.troubleCount == 0)
        }
        #expect(try report(bytes("caf\u{E9}")).isNFC)
    }

    @Test("trouble is written with its file, offset and kind, and nothing else")
    func troubleJSON() throws {
        let trouble = TextTrouble(path: "t.txt", offset: 3, kind: .invalidBytes("0xC3 0x28", encoding: "UTF-8"))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(
            String(decoding: try encoder.encode(trouble), as: UTF8.self)
                == #"{"offset":3,"path":"t.txt","what":"not UTF-8 (0xC3 0x28)"}"#)
    }

    @Test("the list of trouble ends at a hundred and the number does not")
    func manyTroubles() throws {
        let report = try report([UInt8](repeating: 1, count: 1234))
        #expect(report.trouble.count == 100 && report.troubleCount == 1234)
    }

    @Test("the JSON has the contract's keys")
    func json() throws {
        let report = try report(bytes("abc\n"))
        let data = try JSONEncoder().encode(report)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        for key in ["bytes", "code_points", "symbols", "vocabulary_size", "grapheme_clusters", "lossy"] {
            #expect(object[key] != nil)
        }
        #expect((object["trouble"] as? [Any])?.isEmpty == true)
    }

    @Test("stretches that are not NFC are listed by offset, and letters in two forms counted, whatever the chunk size")
    func normalisation() throws {
        let text =
            bytes("\u{E9}t\u{E9} e\u{301}") + [0xFF] + bytes("\u{301}e\u{301}\n\u{212B}\u{C5}x\u{323}\u{307}\u{AC00}")
            + bytes("q\u{307}\u{323}")
        for size in 1...text.count {
            let found = try report(text, chunkSize: size).normalization
            #expect(found.notNFC == 5)
            #expect(found.first.map(\.offset) == [6, 12, 16, 21, 29])
            #expect(found.first.first?.found == ["U+0065", "U+0301"] && found.first.first?.composed == ["U+00E9"])
            #expect(found.first.last?.composed == ["U+0071", "U+0323", "U+0307"])
            #expect(found.notNFD == 2 + 1 + 1 + 1 + 1, "é, é, Å, Å, 가, and the marks of q in the wrong order")
            #expect(found.twoForms.map(\.letter) == ["\u{E9}", "\u{C5}"])
            #expect(found.twoForms.map(\.composed) == [2, 1] && found.twoForms.map(\.decomposed) == [2, 1])
            #expect(found.twoForms.first?.name == "LATIN SMALL LETTER E WITH ACUTE")
        }
    }

    @Test("UTF-8 that was read as windows-1252 is found, whatever the chunk size")
    func mojibake() throws {
        let text = bytes(
            "caf\u{C3}\u{A9} it\u{E2}\u{20AC}\u{2122}s \u{F0}\u{178}\u{2DC}\u{20AC} fine: caf\u{E9}, \u{C3}x, \u{C9}\u{BB}"
        )
        for size in 1...text.count {
            let found = try report(text, chunkSize: size).mojibake
            #expect(found.count == 3)
            #expect(found.first.map(\.offset) == [3, 10, 20])
            #expect(found.first.map(\.meant) == ["\u{E9}", "\u{2019}", "\u{1F600}"])
            #expect(found.first.first?.found == "\u{C3}\u{A9}")
        }
    }

    @Test("a replacement character in the text is counted, and one that replaces an invalid byte is not")
    func replacementCharacters() throws {
        #expect(try report(bytes("a\u{FFFD}") + [0xFF]).replacementCharacters == 1)
    }

    @Test("places keep their number when stretches are joined")
    func places() {
        var places = PlaceCounts()
        for position in stride(from: 0, to: 10_000, by: 7) { places.add(at: position) }
        places.add(at: 3)
        #expect(places.counts.reduce(0, +) == 10_000 / 7 + 2 && places.counts.count <= 128)
        #expect(places.width == 128 && places.counts.first == 128 / 7 + 2)
    }

    @Test("an examination of the bytes uses the given name of the file")
    func examination() throws {
        let folder = try TemporaryFolder()
        let source = try TextSource(paths: [try folder.write(bytes("a\u{0}b"), to: "t.txt")])
        let found = try TextExamination.examine(source) { _ in "named" }
        #expect(found.trouble.map(\.path) == ["named"] && found.trouble.map(\.offset) == [1])
    }

    @Test("Unicode's versions are those of ICU and the fingerprint is stable")
    func unicode() throws {
        let information = try UnicodeInformation()
        #expect(information.icu.first?.isNumber == true && information.unicode.first?.isNumber == true)
        #expect(information.fingerprint.count == 64)
        #expect(try UnicodeInformation() == information)
        let clusters = wholeClusters(bytes(UnicodeInformation.probe)).map { String($0.count) }.joined(separator: " ")
        #expect(information.fingerprint == SHA256.hexadecimalDigest(of: bytes(clusters)))
    }

    @Test("differences of another Unicode version are shown by at most three examples")
    func unicodeChanges() throws {
        let here = try UnicodeInformation()
        let segments = try #require(here.segments)
        #expect(segments.reduce(0, +) == UnicodeInformation.probe.utf8.count)
        func changes(_ segments: [Int]?) throws -> [String] {
            var object: [String: Any] = ["icu": "1", "unicode": "1", "fingerprint": "0"]
            object["segments"] = segments
            let data = try JSONSerialization.data(withJSONObject: object)
            return here.changes(from: try JSONDecoder().decode(UnicodeInformation.self, from: data))
        }
        #expect(
            try changes(segments) == [] && changes(nil) == [] && changes([5]) == [] && changes([-1, 1 << 60]) == [])
        let points = UnicodeInformation.probe.unicodeScalars.map { String($0).utf8.count }
        let all = try changes(points)
        #expect(all.count == 3 && all.first == "«U+000D U+000A» is 1 symbol here and was 2")
        // The conjunct of ka and sha with its vowel, cut after the virama.
        let conjunct = bytes("\u{915}\u{94D}\u{937}\u{93F}")
        let probe = bytes(UnicodeInformation.probe)
        let start = try #require(probe.indices.first { probe[$0...].starts(with: conjunct) })
        var (reached, index) = (0, 0)
        while reached < start {
            reached += segments[index]
            index += 1
        }
        #expect(segments[index] == 12)
        var cut = segments
        cut.replaceSubrange(index...index, with: [6, 6])
        #expect(try changes(cut) == ["«\u{915}\u{94D}\u{937}\u{93F}» is 1 symbol here and was 2"])
    }
}
