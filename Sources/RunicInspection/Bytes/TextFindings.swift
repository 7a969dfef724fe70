internal import RunicText

/// What ``TextExaminer`` finds in the original bytes of files.
package struct TextFindings: Sendable {
    /// The first hundred troubles, in the order of the text.
    package let trouble: [TextTrouble]
    /// How many there are of each kind.
    package let troubleCounts: TroubleCounts
    /// Of the NULs, those at even and at odd offsets.
    package let nulParity: [Int]
    package let byteOrderMarks: Int
    package let lineEnds: LineEnds
    /// The code points of all text and how often each occurs, by value.
    package let codePointCounts: [(value: UInt32, count: Int)]
    package let normalization: NormalizationReport
    package let mojibake: MojibakeReport
    /// The sequences of mojibake, what they stand for and how often they occur, the most frequent first; at most 256.
    package let mojibakeForms: [(found: String, meant: String, count: Int)]
    /// The invisible characters, the most frequent first; a byte order mark that begins a file is none.
    package let invisible: [InvisibleCharacter]
    /// Places of trouble, of mojibake and of text that is not NFC, along all text.
    package let places: PlaceCounts

    /// How many troubles there are.
    package var troubleCount: Int { troubleCounts.all }

    /// How often a code point occurs.
    package func count(of value: UInt32) -> Int { codePointCounts.first { $0.value == value }?.count ?? 0 }
}
