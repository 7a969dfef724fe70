/// The characters and markup that the stage `strip` drops.
struct StripTargets: OptionSet {
    let rawValue: Int

    /// Control characters except tab, line feed, carriage return and next line (U+0085).
    static let controls = StripTargets(rawValue: 1)
    /// Marks, embeddings, overrides and isolates that direct text from left to right or right to left.
    static let bidi = StripTargets(rawValue: 2)
    /// U+200B, U+2060 and U+FEFF.
    static let zeroWidth = StripTargets(rawValue: 4)
    /// U+200C and U+200D, which Indic scripts, Persian and emoji need.
    static let joiners = StripTargets(rawValue: 8)
    /// Variation selectors, including those of Mongolian.
    static let variationSelectors = StripTargets(rawValue: 16)
    /// Tags, comments, scripts and styles; character references are decoded.
    static let markup = StripTargets(rawValue: 32)

    static let names: [(name: String, target: StripTargets)] = [
        ("controls", .controls), ("bidi", .bidi), ("zero-width", .zeroWidth), ("joiners", .joiners),
        ("variation-selectors", .variationSelectors), ("markup", .markup),
    ]

    /// Whether a code point is dropped.
    func contain(_ codePoint: UInt32) -> Bool {
        switch codePoint {
        case 0x09, 0x0A, 0x0D, 0x85: false
        case 0..<0x20, 0x7F..<0xA0: contains(.controls)
        case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: contains(.bidi)
        case 0x200B, 0x2060, 0xFEFF: contains(.zeroWidth)
        case 0x200C, 0x200D: contains(.joiners)
        case 0x180B...0x180D, 0x180F, 0xFE00...0xFE0F, 0xE0100...0xE01EF: contains(.variationSelectors)
        default: false
        }
    }

    /// For every byte, whether a dropped code point may begin with it.
    var leads: [Bool] {
        var leads = [Bool](repeating: false, count: 256)
        let examples: [UInt32] =
            Array(0..<0x20) + [0x7F, 0x80, 0x61C, 0x180B, 0x200B, 0x200E, 0x200C, 0xFEFF, 0xFE00, 0xE0100]
        for codePoint in examples where contain(codePoint) { leads[Int(utf8Bytes(codePoint)[0])] = true }
        if contains(.markup) {
            leads[Int(UInt8(ascii: "<"))] = true
            leads[Int(UInt8(ascii: "&"))] = true
        }
        return leads
    }
}
