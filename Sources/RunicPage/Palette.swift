/// 255 colours for values from the lowest to the highest, and the ink that can be read on each.
package struct Palette: Sendable, Encodable {
    /// Six hexadecimal digits each, one string.
    package let colors: String
    /// For each colour `d` for dark ink or `l` for light.
    package let inks: String

    package static let count = 255
    package static let darkInk = PageColor(0x000000)
    package static let lightInk = PageColor(0xFFFFFF)

    private enum CodingKeys: String, CodingKey {
        case colors, inks
    }

    /// Colours between stops at equal distances, mixed in Oklab.
    package init(stops: [UInt32]) {
        let labs = stops.map { PageColor($0).oklab }
        let colors = (0..<Self.count).map { index in
            let place = Double(index) / Double(Self.count - 1) * Double(labs.count - 1)
            let lower = min(Int(place), labs.count - 2)
            let part = place - Double(lower)
            return PageColor(oklab: zip(labs[lower], labs[lower + 1]).map { $0 + ($1 - $0) * part })
        }
        self.colors = colors.map(\.digits).joined()
        inks = colors.map { $0.contrast(with: Self.darkInk) >= $0.contrast(with: Self.lightInk) ? "d" : "l" }.joined()
    }

    /// A page's palettes on a light or a dark ground. Low and middle values are close to the ground, so that the text
    /// stays readable; blue and orange differ to every kind of colour vision.
    package static let light: [String: Palette] = [
        "gate": Palette(stops: [0xFFFFFF, 0xCFE3F1, 0x7FB3D8, 0x2F79B5, 0x0B3C73]),
        "signed": Palette(stops: [0x0F4C8A, 0x4C93CB, 0xB4D4EA, 0xFFFFFF, 0xF7CFA0, 0xE08A2E, 0x8F4700]),
        "surprise": Palette(stops: [0xFFFFFF, 0xF6D9E4, 0xE08FB2, 0xB83A7B, 0x6A0F49]),
    ]
    package static let dark: [String: Palette] = [
        "gate": Palette(stops: [0x17191E, 0x1D3550, 0x27659B, 0x5AA5DD, 0xC9E8FF]),
        "signed": Palette(stops: [0x9AD2FF, 0x3F86C4, 0x1F3E5C, 0x17191E, 0x553817, 0xC2741C, 0xFFC680]),
        "surprise": Palette(stops: [0x17191E, 0x47203A, 0x8E2F6B, 0xD465A6, 0xFFC9E6]),
    ]
}
