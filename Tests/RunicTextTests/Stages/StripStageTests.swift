import RunicTesting
import Testing

@testable import RunicText

@Suite("The stage strip")
struct StripStageTests {
    private static let every = "controls+bidi+zero-width+joiners+variation-selectors"

    @Test(
        "leaves out only the requested things",
        arguments: [
            ("controls", "a\u{0}b\u{1B}[0m\t\r\n\u{85}\u{9F}\u{7F}\u{C}c\u{202E}", "ab[0m\t\r\n\u{85}c\u{202E}"),
            ("bidi", "\u{61C}a\u{200E}\u{200F}\u{202A}\u{202E}\u{2066}b\u{2069}\u{2065}\u{0}", "ab\u{2065}\u{0}"),
            ("zero-width", "\u{FEFF}a\u{200B}b\u{2060}c\u{200D}\u{200C}\u{2061}", "abc\u{200D}\u{200C}\u{2061}"),
            (
                "zero-width", "\u{1F468}\u{200D}\u{1F469} \u{0645}\u{200C}\u{06CC}",
                "\u{1F468}\u{200D}\u{1F469} \u{0645}\u{200C}\u{06CC}"
            ),
            ("joiners", "\u{1F468}\u{200D}\u{1F469}\u{200C}\u{200B}", "\u{1F468}\u{1F469}\u{200B}"),
            ("variation-selectors", "\u{2764}\u{FE0F}\u{845B}\u{E0100}\u{180B}\u{E0020}", "\u{2764}\u{845B}\u{E0020}"),
            (
                every, "\u{10FFFF}\u{E000}\u{FB01}\u{E9}\u{3042}\u{D7FF}",
                "\u{10FFFF}\u{E000}\u{FB01}\u{E9}\u{3042}\u{D7FF}"
            ),
        ])
    func codePoints(what: String, text: String, expected: String) throws {
        #expect(Array(try staged("strip", ["what": what], text).utf8) == bytes(expected))
    }

    @Test("without options it leaves out controls and bidirectional controls")
    func standard() throws {
        #expect(try Array(staged("strip", [:], "a\u{7}\u{202E}\u{200B}<b>").utf8) == bytes("a\u{200B}<b>"))
        #expect(throws: TextError.self) { try staged("strip", ["what": "controls+colour"], "") }
    }

    @Test("every code point is dropped or kept as requested")
    func allCodePoints() throws {
        var text: [UInt8] = []
        var expected: [UInt8] = []
        let ranges: [ClosedRange<UInt32>] = [
            0...8, 0xB...0xC, 0xE...0x1F, 0x7F...0x84, 0x86...0x9F, 0x61C...0x61C, 0x180B...0x180D, 0x180F...0x180F,
            0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2060, 0x2066...0x2069, 0xFE00...0xFE0F, 0xFEFF...0xFEFF,
            0xE0100...0xE01EF,
        ]
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let code = Array(String(scalar).utf8)
            text += code
            if !ranges.contains(where: { $0.contains(value) }) { expected += code }
        }
        let stage = try StageRegistry.builtIn.definition(for: StageDescription(name: "strip"))
        var made = try stage.make(["what": Self.every], StageContext())
        let isAsExpected = try run(&made, chunks(text, of: 4093)) == expected
        #expect(isAsExpected)
    }

    @Test(
        "tags, comments, scripts and references",
        arguments: [
            ("<p class=\"a > b\">x</p><br/>y", "xy"), ("a <b and c", "a <b and c"), ("1 < 2 <3> <", "1 < 2 <3> <"),
            ("x<y <i>z</i>", "x<y z"), ("<!-- a > -- b -->c<!-->d", "cd"),
            ("<!DOCTYPE html>\n<?xml version='1.0'?>t", "\nt"),
            ("<script>if (a < b) { '</p>' }</script>x<STYLE type=a>p > a {}</Style >y", "xy"),
            ("<script src=\"x\"/>kept<scripty>also", "keptalso"),
            ("<![CDATA[a <b> &amp; ]] ]]>&lt;", "a <b> &amp; ]] <"),
            ("&amp;lt; &#65;&#x42;&#X63; &nbsp;&quot;&apos;&gt;", "&lt; ABc \u{A0}\"'>"),
            ("&#xD800;&#0;&#x110000;&#128;&#x1F600;", "\u{FFFD}\u{FFFD}\u{FFFD}\u{20AC}\u{1F600}"),
            (
                "& &amp &unknown; &#; &#x; &#12a; &#00000000000000065;",
                "& &amp &unknown; &#; &#x; &#12a; &#00000000000000065;"
            ),
            ("mail <john@example.org> or <http://example.org/>", "mail <john@example.org> or <http://example.org/>"),
            ("<a b='<a c=\"'>x", "x"), ("<a b=\"open <i>", "<a b=\"open <i>"), ("<", "<"), ("</", "</"), ("&#6", "&#6"),
            ("<a<b>c", "<ac"), ("<a &amp; <b>c", "<a & c"), ("<script>never", ""), ("x<!-- never", "x"), ("</p", "</p"),
            ("<! no> <![if IE]>a<![endif]> <-", "<! no> a <-"), ("<svg:path d='1'/>e<x.y/>f<é>", "ef<é>"),
        ])
    func markup(text: String, expected: String) throws {
        #expect(try staged("strip", ["what": "markup"], text) == expected)
    }

    @Test("a reference to a dropped code point is dropped")
    func references() throws {
        #expect(try staged("strip", ["what": "markup+controls+bidi"], "a&#1;&#x202E;&#10;b\u{1}") == "a\nb")
    }

    @Test("texts without an end are remarked upon")
    func remarks() throws {
        let stage = try StageRegistry.builtIn.definition(for: StageDescription(name: "strip"))
        var made = try stage.make(["what": "markup"], StageContext())
        _ = try run(&made, chunks(bytes("ab<i><!-- c --> <!-- x"), of: 3))
        #expect(made.remarks == ["a comment that begins at byte 16 is not closed: the rest is left out"])
        _ = try run(&made, [bytes("<style>")])
        #expect(made.remarks.last == "an element <style> that begins at byte 0 is not closed: the rest is left out")
    }

    @Test("a tag of more than 64 KiB is text, and hostile texts take no more time than others")
    func long() throws {
        let long = "<a b=\"" + String(repeating: "x", count: 1 << 16) + "\">y<i>&amp;"
        let expected = long.replacing("<i>&amp;", with: "&")
        let stage = try StageRegistry.builtIn.definition(for: StageDescription(name: "strip"))
        var made = try stage.make(["what": "markup"], StageContext())
        for size in [1 << 20, 70_000, 60_000, 4096] {
            let isAsExpected = try run(&made, chunks(bytes(long), of: size)) == bytes(expected)
            #expect(isAsExpected)
        }
        for part in ["<a b='\" c=\"", "<a b=\"", "<a ", "<!--", "&#1", "<![CDATA[", "<script>"] {
            let hostile = bytes(String(repeating: part, count: 10_000))
            _ = try run(&made, chunks(hostile, of: 1 << 16))
        }
    }

    @Test("random mixtures come out the same however they are cut")
    func everyCut() throws {
        var generator = Generator(state: 5)
        let parts = [
            "<", ">", "a", " ", "\"", "'", "=", "/", "<b>", "</script>", "<script>", "<!--", "-->", "&amp;", "&#x41;",
            "<![CDATA[", "]]>", "\u{0}", "\u{200B}", "\u{202E}", "\u{FE0F}", "\u{E0101}", "é", "&", "<!D", "<?x", "-",
            "]",
        ]
        for _ in 0..<400 {
            let text = randomText(&generator, parts, count: 14)
            _ = try staged("strip", ["what": Self.every + "+markup"], text)
            // Bytes that are no text may come before `decode`.
            _ = try staged("strip", [:], bytes(text).map { $0 ^ 0x80 }, isCutEverywhere: false)
        }
    }

    /// Python's html.parser, with what is in script and style left out.
    private static let program = """
        import sys
        from html.parser import HTMLParser
        class Text(HTMLParser):
            def __init__(self):
                super().__init__(convert_charrefs=True)
                self.out = []; self.raw = False
            def handle_starttag(self, tag, attrs): self.raw = tag in ('script', 'style')
            def handle_endtag(self, tag): self.raw = False
            def handle_data(self, data):
                if not self.raw: self.out.append(data)
        for document in open(sys.argv[1], encoding='utf-8', newline='').read().split('\\u241E'):
            parser = Text(); parser.feed(document); parser.close()
            sys.stdout.buffer.write((''.join(parser.out) + '\\u241E').encode())
        """

    @Test("well-formed pages give the text that Python's html.parser gives")
    func peer() throws {
        var generator = Generator(state: 17)
        let parts = [
            "text ", "1 < 2 ", "<p>", "</p>", "<a href=\"x>y\" title='a \"b\" <c>'>", "</a>", "<br/>", "<!-- a <b> -->",
            "<script>a < b; \"</p>\"</script>", "<style>p > a {}</style>", "<script src=x></SCRIPT>", "&amp;",
            "&lt;b&gt;",
            "&#233;", "&#x1F600;", "&#150;", "&nbsp;", "&quot;&apos;", "é日本", "\n", "<!DOCTYPE html>",
            "<custom-tag a=1 b>",
            "<Ab\n c = 'd'\n>", "> ", "' ", "\" ",
        ]
        let pages = (0..<400).map { _ in randomText(&generator, parts, count: 20) }
        let expected = try python(Self.program, bytes(pages.joined(separator: "\u{241E}")))
            .split(separator: bytes("\u{241E}"), omittingEmptySubsequences: false)
        for (page, expected) in zip(pages, expected) {
            let found = bytes(try staged("strip", ["what": "markup"], page, isCutEverywhere: false))
            if found != Array(expected) {
                Issue.record(
                    "\(page.debugDescription) gives \(String(decoding: found, as: UTF8.self).debugDescription)")
            }
        }
        #expect(expected.count == pages.count + 1)
    }

    @Test("symbols know their bytes")
    func tracing() throws {
        #expect(
            try traced("strip", ["what": "markup+controls"], "<b>a</b>&amp;&#233;\u{0}x")
                == ["a<a", "&<&amp;", "é<&#233;", "x<x"])
    }

    @Test(
        "tags of blocks become line feeds, where asked for",
        arguments: [
            ("<p>Hello</p><p>World</p><ul><li>one</li><li>two</li></ul>", "Hello\nWorld\none\ntwo\n"),
            ("<table><tr><td>a</td><td>b</td></tr></table>x<br>y<br/><br>z", "a\tb\t\nx\ny\n\nz"),
            ("a <b>b</b>c<hr><H1>T</H1>\n<div>d</div>", "a bc\nT\n\nd\n"),
        ])
    func breaks(text: String, expected: String) throws {
        let options = ["what": "markup", "breaks": "true"]
        #expect(bytes(try staged("strip", options, text)) == bytes(expected))
        let plain = try staged("strip", ["what": "markup"], text)
        #expect(!plain.contains("Hello\nWorld"))
    }

    @Test("all names of HTML are decoded, where asked for")
    func entities() throws {
        let text =
            "&eacute;&hellip;&CounterClockwiseContourIntegral;&NotEqualTilde;&notanentity;&ampx AT&T &amp;amp; &#233; &"
        let expected = "é…∳≂̸&notanentity;&ampx AT&T &amp; é &"
        #expect(bytes(try staged("strip", ["what": "markup", "entities": "html"], text)) == bytes(expected))
        #expect(try staged("strip", ["what": "markup"], "&eacute;") == "&eacute;")
        #expect(HTMLEntities.texts.count == 2125)
        #expect(throws: TextError.self) { try staged("strip", ["entities": "html"], "") }
    }
}
