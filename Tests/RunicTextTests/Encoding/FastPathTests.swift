import CRunicICUReference
import RunicSymbols
import RunicTesting
import Testing

@testable import RunicText

@Suite("The fast path from text to ids")
struct FastPathTests {
    /// What rules of normalisation and of grapheme clusters are about, and what lies between.
    private static let parts = [
        "a", "B", "7", " ", "the quick brown fox jumps", "\n", "\r\n", "\r", "\t", "\u{0}", "\u{7F}", "\u{85}",
        "\u{200B}",
        "\u{FEFF}", "\u{2028}", "é", "e\u{301}", "\u{301}", "\u{323}", "\u{327}", "\u{345}", "ö", "ß", "ж", "Σ", "©",
        "\u{4E2D}",
        "\u{3042}", "\u{304B}\u{3099}", "\u{3099}", "\u{AC00}", "\u{AC01}", "\u{1100}", "\u{1161}", "\u{11A8}",
        "\u{0915}",
        "\u{0937}", "\u{094D}", "\u{093C}", "\u{093F}", "\u{0903}", "\u{0E01}", "\u{0E31}", "\u{0E48}", "\u{0E33}",
        "\u{0600}",
        "\u{1F468}", "\u{1F469}", "\u{2764}", "\u{200D}", "\u{200D}", "\u{FE0F}", "\u{1F3FD}", "\u{1F1E6}", "\u{1F1E7}",
        "\u{20E3}", "\u{E0067}", "\u{E007F}", "\u{212B}", "\u{FB01}", "\u{1D15E}", "\u{0344}", "\u{0F73}", "\u{1B44}",
    ]

    private static let pipelines: [[StageDescription]] =
        NormalizationForm.allCases.map { form in
            [StageDescription(name: "decode"), StageDescription(name: "normalize", options: ["form": form.rawValue])]
        } + [
            [
                StageDescription(name: "decode"),
                StageDescription(name: "newlines", options: ["to": "lf", "unicode": "true"]),
            ],
            [
                StageDescription(name: "decode"), StageDescription(name: "normalize"),
                StageDescription(name: "filter", options: ["drop": "[[:M:]a\u{4E2D}\\u0000]"]),
            ],
            [StageDescription(name: "decode"), StageDescription(name: "case", options: ["to": "lower"])],
        ]

    @Test(
        "gives the symbols that stages and segmentation give", arguments: pipelines.indices, ["grapheme", "codepoint"])
    func symbols(_ index: Int, _ unit: String) throws {
        let pipeline = try TextPipeline(
            PipelineDescription(
                stages: Self.pipelines[index] + [StageDescription(name: "segment", options: ["unit": unit])]))
        let folder = try TemporaryFolder()
        var generator = Generator(state: UInt64(91 + index))
        for round in 0..<40 {
            // Long ranges for the fast path, and short ones: the return to it is tested in both.
            let easy = String(repeating: ["x y ", "\u{4E2D}\u{6587}", "ку", "\u{0915}\u{093F}"][round % 4], count: 90)
            let text = bytes(
                (0..<6).map { _ in randomText(&generator, Self.parts, count: 30) }.joined(separator: easy))
            let expected = try pipeline.symbols(of: text).map(\.bytes)
            let source = try TextSource(paths: [try folder.write(text, to: "t")])
            let encoder = CorpusEncoder(pipeline: pipeline, threads: 1)
            let made = try encoder.encode(source)
            #expect(made.identifiers.map { made.vocabulary.bytes(of: Int($0)) } == expected, "\(text)")
            #expect(made.statistics.symbols == expected.count)
            let whole = try pipeline.transform(text)
            #expect(made.statistics.codePoints == codePointCount(of: whole.span))
            #expect(made.statistics.graphemeClusters == wholeClusters(whole).count)
            let again = try encoder.encode(source, with: made.vocabulary)
            #expect(again.identifiers == made.identifiers && again.counts == made.counts)
        }
    }

    /// Runs of code points that join, each of which is one symbol or few.
    private static let runs = [
        "\u{301}", "\u{301}\u{323}", "\u{94D}\u{915}", "\u{200D}\u{1F468}", "\u{903}", "\u{FE0F}", "\u{1F1E6}",
        "\u{1161}", "\u{17D2}\u{1780}",
    ]

    @Test("gives the symbols that stages and segmentation give where symbols are long", arguments: pipelines.indices)
    func longSymbols(_ index: Int) throws {
        let pipeline = try TextPipeline(
            PipelineDescription(
                stages: Self.pipelines[index] + [StageDescription(name: "segment", options: ["unit": "grapheme"])]))
        let folder = try TemporaryFolder()
        for run in Self.runs {
            // Around the longest that the fast path takes, and beyond the places of its table.
            let lengths = [20, 40, 41, 42, 43, 61, 62, 63, 64, 65, 66, 130, 2_000]
            let text = bytes(
                lengths.map { "xy \u{915}" + String(repeating: run, count: $0) + "z\u{1F468}" }.joined(separator: "\n"))
            let expected = try pipeline.symbols(of: text + text).map(\.bytes)
            let source = try TextSource(paths: [try folder.write(text + text, to: "t")])
            let made = try CorpusEncoder(pipeline: pipeline, threads: 1).encode(source)
            #expect(made.identifiers.map { made.vocabulary.bytes(of: Int($0)) } == expected, "\(run.unicodeScalars)")
        }
    }

    @Test(
        "symbols of any length take no more steps than the text has bytes", arguments: runs,
        [NormalizationForm.none, .nfc, .nfd])
    func longRuns(_ run: String, _ form: NormalizationForm) throws {
        let pipeline = try TextPipeline(PipelineDescription(normalization: form))
        let folder = try TemporaryFolder()
        for count in [1_000, 2_000, 4_000, 8_000, 16_000] {
            let text = bytes("\u{915}" + String(repeating: run, count: count))
            let source = try TextSource(paths: [try folder.write(text, to: "t")])
            let worker = try ChunkWorker(source, pipeline: pipeline, vocabulary: nil, stepSize: 1 << 16)
            try worker.take(TextChunk(index: 0, file: 0, offset: 0, isContinuation: false, bytes: text))
            // Each code point on the fast path takes a new place of its table at most once for each id that is missing.
            #expect(worker.indexer.joinCount <= text.count, "\(count) times")
        }
    }

    @Test("a vocabulary that lacks some symbols gives the same in one chunk and in many")
    func absent() throws {
        let folder = try TemporaryFolder()
        let pipeline = try TextPipeline()
        var generator = Generator(state: 7)
        let text = bytes(
            (0..<40).map { _ in randomText(&generator, Self.parts, count: 12) }.joined(separator: "\nxyz "))
        let source = try TextSource(paths: [try folder.write(text, to: "t")])
        for options in [VocabularyOptions(minimumCount: 9), VocabularyOptions(minimumCount: 9, fallback: .bytes)] {
            let made = try CorpusEncoder(pipeline: pipeline, threads: 1).encode(source, options: options)
            for size in [16, 1 << 20] {
                let again = try CorpusEncoder(pipeline: pipeline, chunkSize: size, threads: 2)
                    .encode(source, with: made.vocabulary)
                #expect(again.identifiers == made.identifiers && again.counts == made.counts)
                #expect(again.statistics.unknownSymbols == made.statistics.unknownSymbols)
                #expect(again.statistics.spelledSymbols == made.statistics.spelledSymbols)
            }
        }
    }

    @Test("errors name the byte in the file, wherever the fast path ended")
    func errors() throws {
        let folder = try TemporaryFolder()
        for count in [0, 1, 15, 63, 64, 65, 1000, 200_000] {
            let text = bytes(String(repeating: "ж", count: count)) + [0xFF] + bytes("behind")
            let source = try TextSource(paths: [try folder.write(text, to: "t")])
            #expect {
                try CorpusEncoder(pipeline: try TextPipeline(), threads: 1).encode(source)
            } throws: { error in
                "\(error)".hasPrefix("\(source.files[0].path): byte \(2 * count) is not UTF-8 (0xFF);")
            }
        }
    }

    @Test(
        "code points that a stage calls unchanged are unchanged, alone and after others",
        arguments: NormalizationForm.allCases)
    func effects(_ form: NormalizationForm) throws {
        guard form != .none else { return }
        let stage = try NormalizeStage(form: form, path: "")
        var left: [[UInt8]] = []
        for value in UInt32(0)..<0x110000 {
            // Swift may know a later Unicode than ICU.
            guard let scalar = Unicode.Scalar(value), let age = scalar.properties.age, age <= (15, 0) else { continue }
            switch stage.effect(on: value) {
            case .contextual: continue
            case .unchangedMark(let combiningClass):
                #expect(Int(combiningClass) == Int(scalar.properties.canonicalCombiningClass.rawValue))
            case .unchanged:
                #expect(scalar.properties.canonicalCombiningClass == .notReordered)
                left.append(bytes(String(Character(scalar))))
            }
        }
        #expect(left.count > 100_000)
        for start in stride(from: 0, to: left.count, by: 4_000) {
            let text = Array(left[start..<min(start + 4_000, left.count)].joined())
            #expect(wholeNormal(form, text) == text)
        }
        // And after a code point that composes, each starts a new symbol.
        let marks = bytes("a\u{301}\u{11A8}\u{1161}\u{3099}\u{93C}")
        let normal = wholeNormal(form, marks)
        let wrong = left.prefix(12_000).filter { wholeNormal(form, marks + $0) != normal + $0 }
        #expect(wrong.isEmpty)
    }
}
