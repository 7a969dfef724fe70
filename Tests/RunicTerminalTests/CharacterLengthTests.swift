import Testing

@testable import RunicTerminal

struct CharacterLengthTests {
    @Test(
        "Backspace takes what a reader sees as one character",
        arguments: [
            ("x👨‍👩‍👧", 5), ("कक्त", 3), ("xe\u{301}", 2), ("xé", 1), ("🇩🇪🇫🇷", 2), ("👍🏽", 2), ("\u{301}", 1), ("ab", 1), ("", 0),
        ])
    func last(text: String, count: Int) {
        #expect(CharacterLength.codePoints(of: text.unicodeScalars.map(\.value), atEnd: true) == count)
    }

    @Test("Delete takes the next one", arguments: [("👨‍👩‍👧x", 5), ("क्तक", 3), ("e\u{301}x", 2), ("🇩🇪🇫🇷", 2), ("a", 1)])
    func first(text: String, count: Int) {
        #expect(CharacterLength.codePoints(of: text.unicodeScalars.map(\.value), atEnd: false) == count)
    }

    @Test("What is no code point counts as one")
    func invalid() {
        #expect(CharacterLength.codePoints(of: [0x61, 0xD800], atEnd: true) == 1)
    }
}
