import RunicSampling
import Testing
@testable import RunicDisplay

struct TerminalTextTests {
    @Test("Any bytes in chunks give the same text as all at once", arguments: 1...5)
    func assembler(seed: Int) {
        var random = Xoshiro256(seed: UInt64(seed))
        let interesting: [UInt8] = [
            0x41, 0x80, 0xBF, 0xC2, 0xC0, 0xE0, 0xA0, 0x9F, 0xED, 0xE2, 0x82, 0xAC, 0xF0, 0x90, 0x8F, 0xF4, 0xF5, 0xFF,
        ]
        for _ in 0..<3000 {
            let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                interesting.randomElement(using: &random) ?? 0
            }
            var assembler = UTF8Assembler()
            var text = ""
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = min(rest.count, Int.random(in: 1...3, using: &random))
                text += assembler.add(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            text += assembler.finish()
            #expect(Array(text.unicodeScalars) == Array(String(decoding: bytes, as: UTF8.self).unicodeScalars))
        }
    }

    @Test("A character is shown as soon as it is complete, and not before")
    func assemblerWaits() {
        var assembler = UTF8Assembler()
        #expect(assembler.add([0xE7]).isEmpty)
        #expect(assembler.add([0x8C]).isEmpty)
        #expect(assembler.add([0xAB, 0x41]) == "猫A")
        #expect(assembler.add([0xE7]).isEmpty)
        #expect(assembler.finish() == "\u{FFFD}")
        #expect(assembler.finish().isEmpty)
    }

    @Test("No control character reaches the terminal but a new line and a tab")
    func filter() {
        var filter = TerminalFilter()
        let all = String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init)))
        let shown = filter.filter(all) + filter.finish()
        for scalar in shown.unicodeScalars where scalar != "\n" && scalar != "\t" {
            #expect(scalar.properties.generalCategory != .control)
        }
        #expect(TerminalFilter.filtered("a\u{1B}[2J\u{7}\u{9B}é猫\u{7F}") == "a␛[2J␇~^[é猫␡")
    }

    @Test("What would reorder a line or begin another is shown; marks that scripts need pass")
    func directions() {
        for value in Array(0x2028...0x202E) + Array(0x2066...0x2069) {
            let scalar = String(Character(Unicode.Scalar(UInt32(value)) ?? "x"))
            #expect(TerminalFilter.filtered("a\(scalar)b") == "a\\u{\(String(value, radix: 16))}b")
        }
        let needed = "\u{200E}א\u{200F}\u{200D}\u{200C}\u{61C}"
        #expect(TerminalFilter.filtered(needed).unicodeScalars.elementsEqual(needed.unicodeScalars))
    }

    @Test("A text is cut to some code points, and says so")
    func shortened() {
        #expect("abc".shortened(to: 3) == "abc" && "abcd".shortened(to: 3) == "ab…" && "".shortened(to: 3) == "")
        #expect("e\u{301}e\u{301}".shortened(to: 3).unicodeScalars.count == 3)
    }

    @Test("CR LF is a new line and a lone CR is shown, also in parts")
    func returns() {
        var filter = TerminalFilter()
        #expect(filter.filter("a\r").unicodeScalars.elementsEqual("a".unicodeScalars))
        #expect(filter.filter("\nb\r\r").unicodeScalars.elementsEqual("\nb␍".unicodeScalars))
        #expect(filter.filter("c") == "␍c")
        #expect(filter.filter("\r") == "")
        #expect(filter.finish() == "␍")
    }
}
