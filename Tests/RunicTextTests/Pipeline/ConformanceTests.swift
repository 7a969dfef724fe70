import Foundation
import RunicTesting
import Testing

@testable import RunicText

struct ConformanceTests {
    @Test("every row of Unicode's NormalizationTest holds in all forms, also cut in two at every byte")
    func normalization() throws {
        var stages: [NormalizationForm: NormalizeStage] = [:]
        for form in normalForms { stages[form] = try NormalizeStage(form: form, path: "") }
        var rows = 0
        for line in try unicodeDataLines("NormalizationTest.txt") where line.first?.isHexDigit == true {
            let columns = line.split(separator: ";", maxSplits: 5).prefix(5).map(utf8)
            try #require(columns.count == 5)
            rows += 1
            for (form, expected) in [(NormalizationForm.nfc, [1, 1, 1, 3, 3]), (.nfd, [2, 2, 2, 4, 4])] {
                for (source, target) in zip(columns, expected) {
                    try check(&stages, form, source, columns[target], line)
                }
            }
            for source in columns {
                try check(&stages, .nfkc, source, columns[3], line)
                try check(&stages, .nfkd, source, columns[4], line)
            }
            for index in 1..<max(2, columns[0].count) {
                let halves = [Array(columns[0].prefix(index)), Array(columns[0].dropFirst(index))]
                for (form, target) in [(NormalizationForm.nfc, 1), (.nfd, 2), (.nfkc, 3), (.nfkd, 4)] {
                    var stage = try #require(stages[form])
                    let result = try run(&stage, halves)
                    if result != columns[target] { Issue.record("\(form) cut at \(index): \(line)") }
                }
            }
        }
        #expect(rows >= 19_074)
    }

    private func check(
        _ stages: inout [NormalizationForm: NormalizeStage], _ form: NormalizationForm, _ source: [UInt8],
        _ expected: [UInt8], _ line: Substring
    ) throws {
        var stage = try #require(stages[form])
        let result = try run(&stage, [source])
        if result != expected { Issue.record("\(form): \(line)") }
    }

    @Test("every row of Unicode's GraphemeBreakTest holds, also cut in two at every byte")
    func graphemes() throws {
        let segmenter = try Segmenter(unit: .grapheme)
        var rows = 0
        for line in try unicodeDataLines("auxiliary/GraphemeBreakTest.txt") where line.first == "÷" {
            rows += 1
            let row = line.prefix { $0 != "#" && $0 != "\t" }
            let expected = row.split(separator: "÷").map { utf8($0.replacing("×", with: " ")) }.filter { !$0.isEmpty }
            let text = Array(expected.joined())
            if cut(segmenter, [text]) != expected { Issue.record("\(line)") }
            for index in 1..<max(2, text.count) {
                let found = cut(segmenter, [Array(text.prefix(index)), Array(text.dropFirst(index))])
                if found != expected { Issue.record("cut at \(index): \(line)") }
            }
        }
        #expect(rows >= 602)
    }

    @Test("random texts of all scripts are normalised and cut as ICU does it over the whole text")
    func randomTexts() throws {
        let segmenter = try Segmenter(unit: .grapheme)
        var generator = Generator(state: 7)
        let pools: [[Range<Int>]] = [
            [0x20..<0x7F, 0xA0..<0x250, 0x300..<0x370, 0x1E00..<0x1F00], [0x1100..<0x1200, 0xAC00..<0xACFF],
            [0x900..<0x980, 0x200C..<0x200E, 0x980..<0xA00], [0xD00..<0xD80, 0xB80..<0xC80, 0x1B00..<0x1B80],
            [0x1F1E6..<0x1F200, 0x1F3FB..<0x1F400, 0x200D..<0x200E, 0xFE0F..<0xFE10, 0x1F466..<0x1F46A],
            [0x0..<0x20, 0x80..<0xB0, 0x600..<0x700, 0xE00..<0xE80], [0x300..<0x370, 0x591..<0x5C8, 0x1D165..<0x1D170],
            [0x0..<0x3000, 0xA000..<0xD800, 0xE000..<0x11000, 0x1F000..<0x20000, 0xE0000..<0xE0200],
        ]
        for round in 0..<4000 {
            let pool = pools[round % pools.count]
            var scalars = String.UnicodeScalarView()
            for _ in 0..<(1 + generator.next(below: round % 50 == 0 ? 300 : 12)) {
                let range = pool[generator.next(below: pool.count)]
                let value = range.lowerBound + generator.next(below: range.count)
                if let scalar = Unicode.Scalar(UInt32(value)) { scalars.append(scalar) }
            }
            let text = bytes(String(scalars))
            let size = 1 + generator.next(below: 7)
            if cut(segmenter, chunks(text, of: size)) != wholeClusters(text) {
                Issue.record("clusters: \(scalars.map(\.value))")
            }
            for form in normalForms {
                var stage = try NormalizeStage(form: form, path: "")
                let found = try run(&stage, chunks(text, of: size))
                if found != wholeNormal(form, text) { Issue.record("\(form): \(scalars.map(\.value))") }
            }
        }
    }

    @Test("Indic conjuncts stay together under rule GB9c and only then")
    func conjuncts() throws {
        let text = bytes("\u{915}\u{94D}\u{937}a\u{915}\u{94D}\u{200D}\u{937}\u{915}\u{94D}b")
        let joined = cut(try Segmenter(unit: .grapheme, conjuncts: true), [text]).map(\.count)
        let apart = cut(try Segmenter(unit: .grapheme, conjuncts: false), [text]).map(\.count)
        #expect(joined == [9, 1, 12, 6, 1])
        #expect(apart == [6, 3, 1, 9, 3, 6, 1])
    }

    @Test("a million combining marks in the worst order are normalised and are one cluster")
    func manyMarks() throws {
        let text = bytes("a") + Array((0..<500_000).map { _ in bytes("\u{301}\u{323}") }.joined())
        var stage = try NormalizeStage(form: .nfc, path: "")
        let result = try run(&stage, chunks(text, of: 65_536))
        let below = Array(repeatElement(bytes("\u{323}"), count: 499_999).joined())
        let above = Array(repeatElement(bytes("\u{301}"), count: 500_000).joined())
        let isExpected = result == bytes("\u{1EA1}") + below + above
        #expect(isExpected)
        #expect(cut(try Segmenter(unit: .grapheme), chunks(result, of: 65_536)).count == 1)
    }
}
