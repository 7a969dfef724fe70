import Testing

@testable import RunicDisplay

struct TextEscapesTests {
    @Test(
        "Escapes are resolved",
        arguments: [
            (#"a\nb\tc\\d\re"#, "a\nb\tc\\d\re"), (#"\u{41}\u{00e9}\u{1F98A}\u{0000000A}"#, "Aé🦊\n"),
            (#"\\n"#, "\\n"), (#"\r\n"#, "\r\n"), ("", ""),
        ])
    func resolve(typed: String, text: String) throws {
        #expect(Array(try TextEscapes.resolve(typed).utf8) == Array(text.utf8))
    }

    @Test(
        "The first backslash that begins no escape is refused and named",
        arguments: [
            (#"\d\n"#, 0, #"\d"#), (#"é\n\u{zz}"#, 3, #"\u{zz}"#), (#"a\"#, 1, #"\"#), (#"\u{}"#, 0, #"\u{}"#),
            (#"\u{110000}"#, 0, #"\u{110000}"#), (#"\u{D800}x"#, 0, #"\u{D800}"#), (#"\u{12\n"#, 0, #"\u{12\n"#),
            (#"\u{+1}"#, 0, #"\u{+1}"#), (#"\u{000000041}"#, 0, #"\u{000000041"#), (#"\u41"#, 0, #"\u"#),
            (#"C:\dir"#, 2, #"\d"#),
        ])
    func strict(typed: String, offset: Int, escape: String) throws {
        let error = #expect(throws: TextEscapes.UnknownEscape.self) { try TextEscapes.resolve(typed) }
        #expect(error?.offset == offset && error?.escape == escape)
        #expect(error?.description.contains(#"write \\ for a backslash"#) == true)
    }

    @Test(
        "A byte escape gives a byte, which is text only together with others",
        arguments: [
            (#"\x41\x00"#, [0x41, 0]), (#"\xC3\xa9"#, [0xC3, 0xA9]), (#"\xFFé\n"#, [0xFF, 0xC3, 0xA9, 0x0A]),
            (#"a\xE2\x80"#, [0x61, 0xE2, 0x80]), (#"\\x41"#, [0x5C, 0x78, 0x34, 0x31]),
        ] as [(String, [UInt8])])
    func bytes(typed: String, bytes: [UInt8]) throws {
        #expect(try TextEscapes.resolveBytes(typed) == bytes)
        guard String(validating: bytes, as: UTF8.self) == nil else {
            #expect(Array(try TextEscapes.resolve(typed).utf8) == bytes)
            return
        }
        let error = #expect(throws: TextEscapes.UnknownEscape.self) { try TextEscapes.resolve(typed) }
        #expect(try #require(error).description.contains("is not UTF-8 here, and text is needed"))
    }

    @Test("An x without two hexadecimal digits is no escape", arguments: [#"\x"#, #"\x4"#, #"\x4g"#, #"\x+1"#])
    func noByte(typed: String) {
        let error = #expect(throws: TextEscapes.UnknownEscape.self) { try TextEscapes.resolveBytes(typed) }
        #expect(error?.escape == #"\x"# && error?.isByte == false)
    }

    @Test("Bytes are written on one line, and read back")
    func byteRoundTrip() throws {
        for bytes in [
            [0xFF], [0xE2, 0x80], [0xE2, 0x80, 0x99, 0x0A, 0xC3], [0xC3, 0x41, 0x5C], [], [0xC3, 0xC3, 0xA9],
        ] as [[UInt8]] {
            #expect(try TextEscapes.resolveBytes(TextEscapes.escape(bytes: bytes)) == bytes)
        }
        #expect(TextEscapes.escape(bytes: [0x61, 0xFF, 0xC3, 0xA9, 0xC3]) == #"a\xFFé\xC3"#)
    }

    @Test("A long text of escapes is read to its end, where it is refused")
    func unfinished() {
        let text = String(repeating: #"\\"#, count: 200_000) + #"\u{"#
        #expect(throws: TextEscapes.UnknownEscape(offset: 400_000, escape: #"\u{"#)) { try TextEscapes.resolve(text) }
    }

    @Test("What escape writes is one line, which resolve gives back")
    func roundTrip() throws {
        for text in ["\\n\n\t\\\\é", #"\u{41}"#, "", "\n", "\r\n\r"] {
            #expect(!TextEscapes.escape(text).unicodeScalars.contains { $0 == "\n" || $0 == "\r" })
            #expect(Array(try TextEscapes.resolve(TextEscapes.escape(text)).utf8) == Array(text.utf8))
        }
    }

    @Test("Code points have at least four digits")
    func notation() {
        #expect("Ae\u{301}\u{1F98A}".codePointNotation == "U+0041 U+0065 U+0301 U+1F98A")
        #expect("".codePointNotation == "")
    }
}
