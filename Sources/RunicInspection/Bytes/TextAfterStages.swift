internal import RunicText

/// What is left, after all stages of a pipeline, of things that a person should know about.
package struct TextAfterStages: Encodable, Sendable, Hashable {
    /// The line ends.
    package let lineEnds: LineEnds
    /// How many troubles of each kind there are; replaced bytes are none.
    package let troubleCounts: TroubleCounts
    /// Places that look like UTF-8 read as windows-1252.
    package let mojibake: Int
    /// How often U+FFFD occurs, from replaced bytes too.
    package let replacementCharacters: Int
    /// The invisible characters, the most frequent first.
    package let invisible: [InvisibleCharacter]

    init(_ findings: TextFindings) {
        lineEnds = findings.lineEnds
        troubleCounts = findings.troubleCounts
        mojibake = findings.mojibake.count
        replacementCharacters = findings.count(of: 0xFFFD)
        invisible = findings.invisible
    }

    private enum CodingKeys: String, CodingKey {
        case mojibake, invisible
        case lineEnds = "line_ends"
        case troubleCounts = "trouble_kinds"
        case replacementCharacters = "replacement_characters"
    }
}

/// What the advice about a text rests on, in addition to what the report shows.
struct TextEvidence: Sendable, Hashable {
    /// A sequence of mojibake.
    struct Form: Sendable, Hashable {
        let found: String
        let meant: String
        let count: Int
    }

    /// Code points of the files beyond ASCII.
    let codePointsBeyondASCII: Int
    /// Different code points after all stages.
    let differentCodePoints: Int
    /// Of the NULs of the files, those at even and at odd offsets.
    let nulParity: [Int]
    /// The sequences of mojibake that are left after all stages, the most frequent first.
    let mojibakeForms: [Form]
    /// Whether the files are UTF-8 that was wholly read as windows-1252, so that turning them back loses nothing.
    let isWhollyMojibake: Bool

    init(_ files: TextFindings, _ output: TextFindings) {
        let beyond = files.codePointCounts.filter { $0.value >= 0x80 }
        codePointsBeyondASCII = beyond.reduce(0) { $0 + $1.count }
        differentCodePoints = output.codePointCounts.count
        nulParity = files.nulParity
        mojibakeForms = output.mojibakeForms.map { Form(found: $0.found, meant: $0.meant, count: $0.count) }
        // Bytes that windows-1252 lacks come as C1 controls, which programs such as iconv do not turn back.
        let sequences = files.mojibakeForms.reduce(0) { $0 + $1.count * $1.found.unicodeScalars.count }
        isWhollyMojibake =
            sequences > 0 && sequences == codePointsBeyondASCII && !beyond.contains { $0.value < 0xA0 }
            && files.troubleCounts.invalid == 0
    }
}
