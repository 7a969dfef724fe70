internal import CRunicText

/// The Unicode version that cuts text into symbols here; the `unicode` entry of an archive.
public struct UnicodeInformation: Codable, Sendable, Hashable {
    /// ICU's version, such as `72.1`.
    public let icu: String
    /// The version of Unicode that ICU has, such as `15.0`.
    public let unicode: String
    /// SHA-256 of the symbol lengths of a fixed probe text: equal if texts are cut in the same way.
    public let fingerprint: String
    /// The lengths of these symbols in bytes; nil in old archives.
    public let segments: [Int]?

    /// Describes the ICU of this machine.
    ///
    /// - Throws: `TextError.stageFailed` if memory is short.
    public init() throws(TextError) {
        icu = unsafe Self.text(capacity: 32) { unsafe runic_icu_version($0) }
        unicode = unsafe Self.text(capacity: 32) { unsafe runic_unicode_version($0) }
        var collector = SymbolCollector()
        let probe = Array(Self.probe.utf8)
        try Segmenter(unit: .grapheme).feed(probe.span, isFinal: true, into: &collector)
        let segments = collector.symbols.map(\.count)
        self.segments = segments
        fingerprint = SHA256.hexadecimalDigest(of: Array(segments.map(String.init).joined(separator: " ").utf8))
    }

    /// Line ends, Latin with marks, Hangul syllables and jamo, Devanagari, Bengali, Tamil and Malayalam conjuncts, Thai,
    /// Arabic with a prepended sign, Khmer, Balinese, emoji with joiners, skin tones, flags, keycaps and tags.
    static let probe =
        "a\r\nb\n\rc e\u{301}\u{323}\u{327} \u{AC01}\u{1100}\u{1161}\u{11A8}\u{1112}\u{1175}"
        + " \u{915}\u{94D}\u{937}\u{93F} \u{915}\u{94D}\u{200D}\u{937} \u{995}\u{9CD}\u{9B7}\u{9BE}"
        + " \u{BA8}\u{BBF} \u{D28}\u{D4D}\u{200D}\u{D31} \u{E01}\u{E33}\u{E38}\u{E48} \u{644}\u{651}\u{650}"
        + " \u{600}\u{661} \u{1780}\u{17D2}\u{1781}\u{17B6} \u{1B13}\u{1B44}\u{1B13}"
        + " \u{1F468}\u{200D}\u{1F469}\u{1F3FD}\u{200D}\u{1F467} \u{1F1E9}\u{1F1EA}\u{1F1EB}\u{1F1F7}\u{1F1EC}"
        + " #\u{FE0F}\u{20E3} \u{2764}\u{FE0F}\u{200D}\u{1F525} \u{1F3F4}\u{E0067}\u{E0062}\u{E007F}"
        + " \u{1160C}\u{200B}\u{AD}\u{2060}x\u{0}\u{85}\u{1F9D1}\u{1F3FB}\u{1F3FC} \u{200D}\u{1F680}"

    /// The name of a code point, such as `LATIN SMALL LETTER A`, or `<control-0007>` if it has none.
    public static func name(of codePoint: UInt32) -> String {
        unsafe text(capacity: 160) { unsafe runic_code_point_name(codePoint, $0, 160) }
    }

    private static func text(capacity: Int, _ write: (UnsafeMutablePointer<CChar>) -> Void) -> String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            unsafe base.pointee = 0
            unsafe write(base)
            return unsafe String(cString: base)
        }
    }
}
