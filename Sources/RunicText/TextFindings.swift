/// What a look at the original bytes of files found.
package struct TextFindings: Sendable {
    /// The first hundred troubles, in the order of the text.
    let trouble: [TextTrouble]
    /// How many there are.
    let troubleCount: Int
    let byteOrderMarks: Int
    let lineEnds: LineEnds
    /// The code points of all text and how often each occurs, by value.
    let codePointCounts: [(value: UInt32, count: Int)]
    let normalization: NormalizationReport
    let mojibake: MojibakeReport
    /// Where trouble, mojibake and what is not NFC stand, along all text.
    package let places: PlaceCounts

    /// How often a code point occurs.
    func count(of value: UInt32) -> Int { codePointCounts.first { $0.value == value }?.count ?? 0 }
}
