import Foundation
import Runic
import RunicTesting
import RunicText
import Testing

@testable import RunicInspection

@Suite("Findings in files of any encoding, and after the stages")
struct FileFindingsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func findings(_ text: [UInt8], _ encoding: String, chunkSize: Int) throws -> TextFindings {
        let source = try TextSource(paths: [try folder.write(text, to: "t.txt")])
        var description = PipelineDescription()
        description.stages[0].options["encoding"] = encoding
        return try TextExamination.examine(source, description: description, chunkSize: chunkSize)
    }

    @Test("Offsets are those of the file, in UTF-16 with and without a mark", arguments: [1, 2, 3, 7, 1 << 18])
    func utf16(chunkSize: Int) throws {
        let text = "ab\u{7}c\u{E9}e\u{301} \u{C3}\u{A9}\u{202C}\u{1F600}\0\n"
        let bytes = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        for (mark, encoding) in [([], "utf-16le"), ([0xFF, 0xFE], "auto")] as [([UInt8], String)] {
            let found = try findings(mark + bytes, encoding, chunkSize: chunkSize)
            let shift = mark.count
            #expect(found.trouble.map { $0.offset - shift } == [4, 20, 26], "\(found.trouble)")
            #expect(found.mojibake.first.map { $0.offset - shift } == [16])
            #expect(found.normalization.first.map { $0.offset - shift } == [10])
            #expect(found.byteOrderMarks == (mark.isEmpty ? 0 : 1))
        }
    }

    @Test("Offsets are those of the file in windows-1250", arguments: [1, 5, 1 << 18])
    func singleByte(chunkSize: Int) throws {
        // "žluťoučký" in windows-1250, and a bell on each side.
        let word: [UInt8] = [0x9E, 0x6C, 0x75, 0x9D, 0x6F, 0x75, 0xE8, 0x6B, 0xFD]
        let found = try findings([7] + word + [7] + word + [7], "windows-1250", chunkSize: chunkSize)
        #expect(found.trouble.map(\.offset) == [0, 10, 20])
    }

    @Test(
        "Bytes that an encoding does not have are trouble at their offset, and no lost characters",
        arguments: [1, 3, 1 << 18])
    func undecodable(chunkSize: Int) throws {
        let odd = try findings([0x61, 0, 0x62, 0, 0x63], "utf-16le", chunkSize: chunkSize)
        #expect(odd.trouble.map(\.offset) == [4] && odd.trouble.map(\.what) == ["not UTF-16LE (0x63)"])
        #expect(odd.count(of: 0xFFFD) == 0 && odd.troubleCounts.invalid == 1)
        let lone = try findings([0x61, 0, 0x00, 0xD8, 0x62, 0], "utf-16le", chunkSize: chunkSize)
        #expect(lone.trouble.map(\.offset) == [2] && lone.count(of: 0xFFFD) == 0, "\(lone.trouble)")
        let real = try findings([0x61, 0, 0xFD, 0xFF, 0x62, 0], "utf-16le", chunkSize: chunkSize)
        #expect(real.trouble.isEmpty && real.count(of: 0xFFFD) == 1)
    }

    @Test("Scripts are those of the text that training reads")
    func scripts() throws {
        let source = try TextSource(paths: [try folder.write("<b class=\"greek\">καλημέρα</b>\n", to: "t.html")])
        var description = PipelineDescription()
        #expect(try TextContents(source, description: description).scripts.first?.script == "Latin")
        description.stages.insert(StageDescription(name: "strip", options: ["what": "markup"]), at: 1)
        let after = try TextContents(source, description: description)
        #expect(after.scripts.map(\.script) == ["Greek", "Common"] && after.scripts.map(\.codePoints) == [8, 1])
    }

    @Test("A file that fails or is no text is listed, and the report is about the others")
    func badFiles() throws {
        var options = InspectionOptions()
        options.estimates = false
        options.pipeline.stages.insert(
            StageDescription(name: "fields", options: ["format": "jsonl", "key": "text"]), at: 1)
        let good = try folder.write("{\"text\":\"abc\"}\n", to: "a.jsonl")
        let bad = try folder.write("no value\n", to: "b.jsonl")
        let packed = try folder.write([0x1F, 0x8B, 8, 0], to: "c.gz")
        let report = try TextInspector(options).examine(paths: [good, bad, packed, "/no/such/file"])
        #expect(report.text.files.map(\.path) == [good] && report.text.symbols > 0)
        #expect(report.skipped.map(\.path) == [packed, "/no/such/file", bad])
        let rendered = report.rendered()
        for path in [bad, packed, "/no/such/file"] { #expect(rendered.contains(path), "\(rendered)") }
        #expect(throws: RunicError.self) { try TextInspector(options).examine(paths: [bad]) }
        #expect(throws: RunicError.self) { try TextInspector(options).examine(paths: [packed]) }
    }

    @Test("A list that is cut says how much is missing")
    func cutLists() throws {
        let text = (0..<95).map { _ in "e\u{301} " }.joined() + (0..<12).map { _ in "\u{C3}\u{A9} " }.joined()
        var options = InspectionOptions()
        options.estimates = false
        let report = try TextInspector(options).examine(paths: [try folder.write(text, to: "t.txt")])
        let rendered = report.rendered()
        #expect(rendered.contains("    and 90 more\n") && rendered.contains("    and 7 more\n"), "\(rendered)")
    }

    @Test("A letter's other form may be one code point, and is named then")
    func singletons() throws {
        let text = String(repeating: "\u{B7}", count: 9) + String(repeating: "\u{387}", count: 3) + "\u{E9}e\u{301}"
        let report = try TextContents(try TextSource(paths: [try folder.write(text, to: "t.txt")]))
        #expect(report.normalization.twoForms.map(\.otherWords) == ["as U+0387", "as several"])
    }

    @Test("The median of line lengths is exact, however long the lines are", arguments: [4_094, 4_095, 4_096, 9_000])
    func medians(length: Int) throws {
        for count in 1...6 {
            let lines = (0..<count).map { String(repeating: "x", count: length + 10 * $0) }
            let (symbols, vocabulary) = try Samples.encoded(lines.joined(separator: "\n"))
            let found = LineLengths(of: symbols.span, splitter: PassageSplitter(.lines, vocabulary))
            #expect(found.median == length + 10 * ((count + 1) / 2 - 1), "\(count) lines")
        }
    }
}
