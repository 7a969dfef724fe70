import CRunicICUReference
import RunicDisplay
import Testing

@Suite("Columns of a terminal")
struct TextColumnsTests {
    @Test(
        "A text takes the columns that a terminal gives it",
        arguments: [
            ("abc", 3), ("", 0), ("猫", 2), ("ねこ", 4), ("고양이", 6), ("ｶﾅ", 2), ("Ａ", 2), ("e\u{301}", 1),
            ("\u{1112}\u{1161}\u{11AB}", 2), ("नमस्ते", 4), ("👩‍👧", 2), ("🇯🇵", 2), ("👍🏽", 2), ("❤\u{FE0F}", 2), ("❤", 1),
            ("a\u{200B}b", 2), ("± × – … −", 9), ("é", 1), ("█▏", 2),
        ])
    func columns(text: String, columns: Int) {
        #expect(text.columns == columns)
    }

    private func has(_ pattern: String, _ value: UInt32) -> Bool { unsafe reference_set_has(pattern, value) != 0 }

    @Test(
        "Wide code points are those that ICU calls wide, where blocks begin and end and among emoji",
        arguments: [
            0x1100...0x115F, 0x2300...0x2BFF, 0x2E80...0x3400, 0x4DB0...0x4E10, 0xA480...0xA4D0, 0xA950...0xA980,
            0xABF0...0xAC10, 0xD790...0xD7A8, 0xF8F0...0xFB10, 0xFE00...0xFFEF, 0x16FD0...0x17010, 0x1AFE0...0x1B010,
            0x1B2F0...0x1B300, 0x1F000...0x1F1E5, 0x1F200...0x1FAFF, 0x1FFF0...0x20010, 0x2FFF0...0x30010,
        ] as [ClosedRange<UInt32>])
    func wide(range: ClosedRange<UInt32>) {
        let wrong = range.filter { value in
            guard let scalar = Unicode.Scalar(value), !has("[[:Cn:][:Mn:][:Me:][:Cf:]]", value) else { return false }
            return (scalar.columns == 2) != has("[[:East_Asian_Width=Wide:][:East_Asian_Width=Fullwidth:]]", value)
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(20).map { String($0, radix: 16) })")
    }

    @Test("A text is shortened to columns and not to characters, and says so by …")
    func shortened() {
        #expect("abcdef".shortened(columns: 6) == "abcdef")
        #expect("abcdef".shortened(columns: 4) == "abc…")
        #expect("猫猫猫".shortened(columns: 4) == "猫…")
        #expect("猫猫猫".shortened(columns: 5) == "猫猫…")
        #expect("ab cdef".shortened(columns: 4) == "ab…")
        #expect("e\u{301}xyz".shortened(columns: 2) == "e\u{301}…")
        #expect("abc".shortened(columns: 1) == "…" && "abc".shortened(columns: 0) == "")
    }
}

@Suite("Lines that fit a terminal")
struct TextLayoutTests {
    @Test("A line is broken between words, its rest indented, and lines that fit are unchanged")
    func fitted() {
        let text = "one  two\n  three four five\n\nsix\n"
        #expect(TextLayout.fitted(text, columns: nil) == text)
        #expect(TextLayout.fitted(text, columns: 17) == text)
        #expect(TextLayout.fitted(text, columns: 12) == "one  two\n  three four\n    five\n\nsix\n")
    }

    @Test("A word that is wider than the terminal stays whole, in a line of its own")
    func longWord() {
        #expect(
            TextLayout.fitted("see /a/path/that/is/long now", columns: 12) == "see\n  /a/path/that/is/long\n  now")
    }

    @Test("Ideographs break anywhere, but not before what closes a phrase or after what opens one")
    func ideographs() {
        #expect(TextLayout.lines("漢字漢字", columns: 4, first: "", indent: "") == ["漢字", "漢字"])
        #expect(TextLayout.lines("漢字。漢", columns: 4, first: "", indent: "") == ["漢", "字。", "漢"])
        #expect(TextLayout.lines("漢「字漢", columns: 4, first: "", indent: "") == ["漢", "「字", "漢"])
    }

    @Test("No line is wider than the terminal where words are shorter, at any width", arguments: [20, 37, 80])
    func widths(columns: Int) {
        let text = "  a result of some words, with a number such as 1,234.5 and 猫という動物 in it; and then more of it"
        let lines = TextLayout.fitted(text, columns: columns).split(separator: "\n")
        #expect(lines.allSatisfy { $0.columns <= columns })
        let words = { (text: String) in text.filter { $0 != " " && $0 != "\n" } }
        #expect(words(lines.joined(separator: "\n")) == words(text))
    }
}
