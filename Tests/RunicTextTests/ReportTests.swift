import Foundation
import Testing

@testable import RunicText

struct ReportTests {
    private func report(_ text: [UInt8], chunkSize: Int = 1 << 18) throws -> TextReport {
        let folder = try TemporaryFolder()
        let source = try TextSource(paths: [try folder.write("t.txt", text)])
        return try TextReport(source, chunkSize: chunkSize)
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

    @Test("the list of trouble ends at a hundred and the number does not")
    func manyTroubles() throws {
        let report = try report([UInt8](repeating: 0, count: 1234))
        #expect(report.trouble.count == 100 && report.troubleCount == 1234)
        #expect(report.rendered().contains("  and 1134 more\n"))
    }

    @Test("the JSON has the contract's keys and reads back")
    func json() throws {
        let report = try report(bytes("abc\n"))
        let data = try JSONEncoder().encode(report)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        for key in ["bytes", "code_points", "symbols", "vocabulary_size", "grapheme_clusters", "lossy"] {
            #expect(object[key] != nil)
        }
        #expect((object["trouble"] as? [Any])?.isEmpty == true)
        #expect(try JSONDecoder().decode(TextReport.self, from: data) == report)
        #expect(report.rendered().contains("U+0061"))
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

    @Test("what another Unicode made of the probe is told in examples, three at most")
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
        // The conjunct of ka and sha with its vowel, cut behind the virama.
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
