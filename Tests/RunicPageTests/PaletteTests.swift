import Foundation
import Testing

@testable import RunicPage

@Suite("The colours of a page")
struct PaletteTests {
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
