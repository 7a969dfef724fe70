/// How many troubles of each kind there are, whether they are listed or not.
package struct TroubleCounts: Encodable, Sendable, Hashable {
    /// Sequences of bytes that the encoding does not have.
    package var invalid = 0
    /// NULs.
    package var nul = 0
    /// Control characters, without NUL and U+0085.
    package var controls = 0
    /// U+0085, next line.
    package var nextLine = 0
    /// Bidirectional controls without a partner.
    package var bidi = 0

    package init() {}

    /// How many there are together.
    package var all: Int { invalid + nul + controls + nextLine + bidi }

    private enum CodingKeys: String, CodingKey {
        case invalid, nul, controls, bidi
        case nextLine = "next_line"
    }
}
