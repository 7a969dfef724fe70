import Foundation
import Testing

@testable import RunicPage

@Suite("Text and data of a page")
struct PageTextTests {
    @Test(
        "Every symbol can be seen",
        arguments: [
            ("a", "a", DisplaySymbol.Kind.plain, "U+0061"), (" ", " ", .space, "U+0020"),
            ("\n", "↵", .lineEnd, "U+000A"),
            ("\r\n", "↵", .lineEnd, "U+000D U+000A"), ("\u{2028}", "↵", .lineEnd, "U+2028"),
            ("\t", "⇥", .tab, "U+0009"),
            ("\0", "␀", .code, "U+0000"), ("\u{7F}", "␡", .code, "U+007F"), ("\u{200F}", "200F", .code, "U+200F"),
            ("\u{202E}", "202E", .code, "U+202E"), ("\u{A0}", "00A0", .code, "U+00A0"),
            ("\u{301}", "◌\u{301}", .plain, "U+0301"),
            ("e\u{301}", "e\u{301}", .plain, "U+0065 U+0301"), ("א\u{200F}", "א200F", .code, "U+05D0 U+200F"),
            ("👩‍👧", "👩‍👧", .plain, "U+1F469 U+200D U+1F467"), ("猫", "猫", .plain, "U+732B"),
        ])
    func shown(symbol: String, text: String, kind: DisplaySymbol.Kind, name: String) {
        let shown = DisplaySymbol(Array(symbol.utf8))
        #expect(Array(shown.text.utf8) == Array(text.utf8) && shown.kind == kind && shown.name == name)
    }

    @Test("Bytes that are no text are shown as numbers, and the unknown symbol as itself")
    func bytes() {
        #expect(DisplaySymbol([0xE7]).text == "E7" && DisplaySymbol([0xE7]).kind == .code)
        #expect(DisplaySymbol([0x0A]).kind == .lineEnd)
        #expect(DisplaySymbol([]).kind == .unknown)
    }

    @Test("Nothing in JSON ends a script or a line, and it reads back to what it was")
    func json() throws {
        let hostile = [
            "</script><script>alert(1)</script>", "&amp;'\"\\", "a\u{2028}b\u{2029}", "\0\u{7F}\u{FEFF}", "<!--", "猫👩‍👧",
        ]
        let text = try PageJSON.text(hostile)
        for banned in ["<", ">", "&", "'", "\u{2028}", "\u{2029}", "\u{7F}"] {
            #expect(!text.unicodeScalars.contains(banned.unicodeScalars.first ?? " "), "\(banned.debugDescription)")
        }
        let read = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String])
        #expect(read.map { Array($0.utf8) } == hostile.map { Array($0.utf8) })
        #expect(throws: EncodingError.self) { try PageJSON.text([Double.infinity]) }
    }

    @Test("Markup has no element that was not meant")
    func markup() {
        #expect(MarkupText.escaped("<b a=\"'\">&\0x") == "&lt;b a=&quot;&#39;&quot;&gt;&amp;x")
    }
}
