import Testing

@testable import RunicDisplay

struct TextEscapesTests {
    @Test(
        "Escapes are resolved, and any other backslash stays",
        arguments: [
            (#"a\nb\tc\\d"#, "a\nb\tc\\d"), (#"\u{41}\u{00e9}\u{1F98A}\u{0000000A}"#, "Aé🦊\n"), (#"\\n"#, "\\n"),
            (#"\d\n"#, "\\d\n"), (#"\u{}\u{110000}\u{D800}\u{12\n"#, "\\u{}\\u{110000}\\u{D800}\\u{12\n"),
            (#"\u{+1}\u{000000041}\u41"#, #"\u{+1}\u{000000041}\u41"#), (#"\"#, "\\"), ("", ""),
        ])
    func resolve(typed: String, text: String) {
        #expect(TextEscapes.resolve(typed) == text)
    }

    @Test(
        "The strict form refuses the first backslash that begins no escape",
        arguments: [(#"\d"#, 0), (#"é\n\u{zz}"#, 3), (#"a\"#, 1), (#"\u{}"#, 0)])
    func strict(typed: String, offset: Int) throws {
        #expect(throws: TextEscapes.UnknownEscape(offset: offset)) { try TextEscapes.resolveStrictly(typed) }
        #expect(try TextEscapes.resolveStrictly(#"\n\t\\\u{41}é"#) == "\n\t\\Aé")
    }

    @Test("A long text of escapes that never end is read to its end")
    func unfinished() {
        let text = String(repeating: #"\u{"#, count: 200_000)
        #expect(TextEscapes.resolve(text) == text)
    }

    @Test("What escape writes is one line, which resolve gives back")
    func roundTrip() {
        for text in ["\\n\n\t\\\\é", #"\u{41}"#, "", "\n"] {
            #expect(!TextEscapes.escape(text).contains("\n"))
            #expect(TextEscapes.resolve(TextEscapes.escape(text)) == text)
        }
    }

    @Test("Code points have at least four digits")
    func notation() {
        #expect("Ae\u{301}\u{1F98A}".codePointNotation == "U+0041 U+0065 U+0301 U+1F98A")
        #expect("".codePointNotation == "")
    }
}
