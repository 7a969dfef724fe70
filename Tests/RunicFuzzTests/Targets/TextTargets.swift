import CRunicICUReference
import RunicSymbols
import RunicTesting

@testable import RunicText

/// The text code in C against ICU over the whole text at once.
enum TextTargets {
    /// The first byte chooses the normal form; the others are the text, whose invalid bytes are replaced.
    @Sendable static func checkText(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        try check(Array(String(decoding: input.dropFirst(), as: UTF8.self).utf8), form: first)
    }

    /// The first byte chooses the normal form, every other one adds a piece of text: what joins others, and long symbols.
    @Sendable static func checkSymbols(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        let pieces = input.dropFirst().map { parts[Int($0) % parts.count] }
        try check(Array(pieces.joined().utf8), form: first)
    }

    /// Most bytes that the reference takes.
    private static let longest = 4096

    private static func check(_ text: [UInt8], form first: UInt8) throws {
        guard text.count <= longest else { return }
        let forms = NormalizationForm.allCases
        let form = forms[Int(first) % forms.count]
        for unit in [TextUnit.grapheme, .codepoint, .word] {
            let pipeline = try TextPipeline(
                PipelineDescription(stages: [
                    StageDescription(name: "decode"),
                    StageDescription(name: "normalize", options: ["form": form.rawValue]),
                    StageDescription(name: "segment", options: ["unit": unit.rawValue]),
                ]))
            let staged = try pipeline.transform(text)
            let unmarked = text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text
            try claim(staged == normalized(unmarked, form), "\(form): \(text.quoted) gives \(staged.quoted)")
            let symbols = try pipeline.symbols(of: text).map(\.bytes)
            if unit != .codepoint, staged.count <= longest {
                let expected = wholeSymbols(unit == .word ? 1 : 0, "en", staged)
                try claim(symbols == expected, "\(unit): \(staged.quoted) is cut as \(symbols.map(\.quoted))")
            }
            try checkFastPath(pipeline, text, symbols)
        }
    }

    /// The ids of a file stand for the same symbols, however it is cut.
    private static func checkFastPath(_ pipeline: TextPipeline, _ text: [UInt8], _ symbols: [[UInt8]]) throws {
        let folder = try TemporaryFolder()
        let isMarked = text.starts(with: [0xEF, 0xBB, 0xBF])
        // In a file that begins with a byte order mark it is no text; one symbol before it makes it text everywhere.
        guard !isMarked, !symbols.isEmpty else { return }
        let source = try TextSource(paths: [try folder.write(text, to: "text")])
        for chunk in [16, 1 << 20] {
            let made = try CorpusEncoder(pipeline: pipeline, chunkSize: chunk, threads: 1).encode(source)
            let found = made.identifiers.map { made.vocabulary.bytes(of: Int($0)) }
            try claim(found == symbols, "fast path, chunks of \(chunk): \(text.quoted) gives \(found.map(\.quoted))")
            let again = try CorpusEncoder(pipeline: pipeline, chunkSize: chunk, threads: 1)
                .encode(source, with: made.vocabulary)
            try claim(again.identifiers == made.identifiers, "other ids with the vocabulary: \(text.quoted)")
        }
    }

    private static func normalized(_ text: [UInt8], _ form: NormalizationForm) -> [UInt8] {
        let codes: [NormalizationForm] = [.nfc, .nfd, .nfkc, .nfkd, .nfkcCasefold]
        guard let code = codes.firstIndex(of: form) else { return text }
        var out = [UInt8](repeating: 0, count: 65536 + 16 * text.count)
        let count = unsafe reference_normalize(Int32(code), text, text.count, &out)
        return Array(out.prefix(max(0, Int(count))))
    }

    /// What rules of normalisation, clusters and words are about; runs of marks make symbols of more than 64 bytes.
    private static let parts: [String] = [
        "a", "B", "7", " ", "the quick brown fox", "\n", "\r\n", "\r", "\t", "\u{0}", "\u{7F}", "\u{85}", "\u{200B}",
        "\u{2028}", "\u{E9}", "\u{301}", "\u{323}", "\u{327}", "\u{345}", "\u{DF}", "\u{436}", "\u{3A3}", "\u{A9}",
        "\u{4E2D}", "\u{3042}", "\u{304B}", "\u{3099}", "\u{AC00}", "\u{AC01}", "\u{1100}", "\u{1161}", "\u{11A8}",
        "\u{915}", "\u{937}", "\u{94D}", "\u{93C}", "\u{93F}", "\u{903}", "\u{200C}", "\u{200D}", "\u{E01}",
        "\u{E31}", "\u{E48}", "\u{E33}", "\u{600}", "\u{1F468}", "\u{1F469}", "\u{2764}", "\u{FE0F}", "\u{1F3FD}",
        "\u{1F1E6}", "\u{1F1E7}", "\u{20E3}", "\u{E0067}", "\u{E007F}", "\u{212B}", "\u{FB01}", "\u{1D15E}",
        "\u{344}", "\u{F73}", "\u{1B44}", "\u{FEFF}", ".", ",", "'", "_", "\u{5D0}", "\u{628}", "\u{64B}", "\u{1780}",
        "\u{17D2}", "\u{E81}", "\u{1000}", "\u{1039}", "\u{30AB}", "\u{FF76}", "\u{FF9E}", "\u{10FFFF}", "\u{FDFA}",
        String(repeating: "\u{301}", count: 31), String(repeating: "\u{301}\u{323}", count: 20),
        String(repeating: "\u{915}\u{94D}", count: 12), String(repeating: "\u{200D}\u{1F469}", count: 10),
    ]
}
