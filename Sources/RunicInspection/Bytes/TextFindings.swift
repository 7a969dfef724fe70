internal import RunicText

/// What ``TextExaminer`` finds in the original bytes of files.
package struct TextFindings: Sendable {
    /// The first hundred troubles, in the order of the text.
    package let trouble: [TextTrouble]
    /// How many there are.
    package let troubleCount: Int
    package let byteOrderMarks: Int
    package let lineEnds: LineEnds
    /// The code points of all text and how often each occurs, by value.
    package let codePointCounts: [(value: UInt32, count: Int)]
    package let normalization: NormalizationReport
    package let mojibake: MojibakeReport
    /// Places of trouble, of mojibake and of text that is not NFC, along all text.
    package let places: PlaceCounts

    /// How often a code point occurs.
    package func count(of value: UInt32) -> Int { codePointCounts.first { $0.value == value }?.count ?? 0 }
}
