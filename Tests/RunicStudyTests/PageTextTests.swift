import Foundation
import RunicDisplay
import Testing

@testable import RunicPage
@testable import RunicStudy

@Suite("Text, data and colours of a page")
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

    @Test("Numbers are little-endian, and counts have commas")
    func numbers() {
        #expect(PackedNumbers.words([1, 0xABCD]) == Data([1, 0, 0xCD, 0xAB]).base64EncodedString())
        #expect(PackedNumbers.longWords([0x01020304]) == Data([4, 3, 2, 1]).base64EncodedString())
        #expect([0, 999, 1000, -1_234_567].map(\.grouped) == ["0", "999", "1,000", "−1,234,567"])
    }

    private static let names = ["light", "dark"].flatMap { theme in
        ["gate", "signed", "surprise"].map { "\(theme) \($0)" }
    }

    private func palette(_ name: String) throws -> Palette {
        let parts = name.split(separator: " ").map(String.init)
        return try #require((parts[0] == "light" ? Palette.light : Palette.dark)[parts[1]])
    }

    private func colors(_ palette: Palette) throws -> [PageColor] {
        let digits = Array(palette.colors)
        return try stride(from: 0, to: digits.count, by: 6).map {
            PageColor(try #require(UInt32(String(digits[$0..<($0 + 6)]), radix: 16)))
        }
    }

    @Test("The ink of every colour can be read: a contrast of 4.5 and more", arguments: names)
    func contrast(name: String) throws {
        let palette = try palette(name)
        let colors = try colors(palette)
        #expect(colors.count == Palette.count && palette.inks.count == Palette.count)
        for (color, ink) in zip(colors, palette.inks) {
            let contrast = color.contrast(with: ink == "d" ? Palette.darkInk : Palette.lightInk)
            #expect(contrast >= 4.5, "\(name) \(color.digits) \(contrast)")
        }
    }

    @Test("Lightness goes one way with the value, or one way from the middle", arguments: names)
    func lightness(name: String) throws {
        let lightness = try colors(palette(name)).map { $0.oklab[0] }
        let rises = name.hasPrefix("dark")
        func goesOneWay(_ values: [Double]) -> Bool {
            zip(values, values.dropFirst()).allSatisfy { rises ? $1 > $0 - 0.004 : $1 < $0 + 0.004 }
        }
        if name.hasSuffix("signed") {
            #expect(goesOneWay(Array(lightness[127...])) && goesOneWay(lightness[...127].reversed()))
        } else {
            #expect(goesOneWay(lightness))
        }
    }

    // The matrix of Machado, Oliveira and Fernandes (2009) for each kind of dichromacy, on linear light.
    @Test(
        "Signs differ to every kind of colour vision",
        arguments: [
            [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
            [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
            [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
        ])
    func vision(matrix: [Double]) throws {
        func seen(_ color: PageColor) -> [Double] {
            let light = color.linear
            let mixed = (0..<3).map { row in (0..<3).reduce(0) { $0 + matrix[3 * row + $1] * light[$1] } }
            let encoded = mixed.map { pow(min(max($0, 0), 1), 1 / 2.2) }
            return PageColor(red: encoded[0], green: encoded[1], blue: encoded[2]).oklab
        }
        for palettes in [Palette.light, Palette.dark] {
            let colors = try colors(try #require(palettes["signed"]))
            for distance in [64, 100, 127] {
                let (low, high) = (seen(colors[127 - distance]), seen(colors[127 + distance]))
                let difference = zip(low, high).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
                #expect(difference > 0.08, "\(distance): \(difference)")
            }
        }
    }
}
