internal import CRunicICU

/// What a pipeline makes of a text, and what is wrong with it: the result of `runic text`.
public struct TextReport: Codable, Sendable, Hashable {
    /// Each file on its own.
    public let files: [FileStatistics]
    /// Bytes of the original files.
    public let bytes: Int
    /// Code points after all stages.
    public let codePoints: Int
    /// Grapheme clusters after all stages.
    public let graphemeClusters: Int
    /// What one symbol is.
    public let unit: TextUnit
    /// Symbols.
    public let symbols: Int
    /// Different symbols, without an unknown one.
    public let vocabularySize: Int
    /// The most frequent symbols, the first the most frequent.
    public let mostFrequent: [SymbolReport]
    /// What minimum counts of 2, 5, 10 and 100 would make unknown.
    public let rare: [RareSymbols]
    /// Line ends of the original text.
    public let lineEnds: LineEnds
    /// Files that begin with a byte order mark.
    public let byteOrderMarks: Int
    /// Scripts of the original text, the most used first.
    public let scripts: [ScriptShare]
    /// Whether the original text, invalid bytes replaced, is in NFC.
    public let isNFC: Bool
    /// Original bytes that were replaced because they were invalid.
    public let repairedBytes: Int
    /// Whether the pipeline lost information.
    public let isLossy: Bool
    /// The first hundred troubles, in the order of the text.
    public let trouble: [TextTrouble]
    /// How many troubles there are.
    public let troubleCount: Int

    /// Reads `source` through `description`; invalid bytes are replaced and listed.
    ///
    /// - Throws: `TextError`, but not for invalid bytes.
    public init(
        _ source: TextSource, description: PipelineDescription = PipelineDescription(),
        registry: StageRegistry = .builtIn, chunkSize: Int = 1 << 18, mostFrequentCount: Int = 20
    ) throws(TextError) {
        let pipeline = try TextPipeline(description.repairing, registry: registry)
        var consumer = ReportConsumer()
        files = try ReportPass(pipeline: pipeline, chunkSize: chunkSize).run(source, into: &consumer)
        let statistics = TextStatistics(files, isLossless: pipeline.isLossless)
        bytes = statistics.bytes
        codePoints = statistics.codePoints
        graphemeClusters = statistics.graphemeClusters
        symbols = statistics.symbols
        repairedBytes = statistics.repairedBytes
        isLossy = statistics.isLossy
        unit = pipeline.unit

        let recorder = consumer.recorder
        vocabularySize = recorder.counts.count
        let ranked = recorder.counts.enumerated().map { (Symbol(recorder.table.bytes(at: $0.offset)), $0.element) }
            .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
        mostFrequent = ranked.prefix(mostFrequentCount).map { [unit] in SymbolReport($0.0, unit: unit, count: $0.1) }
        rare = [2, 5, 10, 100].map { minimum in
            let below = recorder.counts.filter { $0 < minimum }
            return RareSymbols(minimumCount: minimum, symbols: below.count, occurrences: below.reduce(0, +))
        }

        let examiner = consumer.examiner
        lineEnds = examiner.lineEnds
        byteOrderMarks = examiner.byteOrderMarks
        isNFC = examiner.isNFC
        trouble = examiner.trouble
        troubleCount = examiner.troubleCount
        scripts = Self.shares(examiner.tally)
    }

    private static func shares(_ tally: [UInt64]) -> [ScriptShare] {
        var counts = [Int](repeating: 0, count: Int(runic_script_limit()))
        var total = 0
        for (value, count) in tally.enumerated() where count > 0 {
            let script = Int(runic_script(UInt32(value)))
            if counts.indices.contains(script) { counts[script] += Int(count) }
            total += Int(count)
        }
        return counts.enumerated().filter { $0.element > 0 }.map { script, count in
            let name = unsafe String(cString: runic_script_name(Int32(script)))
            return ScriptShare(script: name, codePoints: count, share: Double(count) / Double(total))
        }.sorted { ($1.codePoints, $0.script) < ($0.codePoints, $1.script) }
    }

    private enum CodingKeys: String, CodingKey {
        case files, bytes, unit, symbols, rare, scripts, trouble
        case codePoints = "code_points"
        case graphemeClusters = "grapheme_clusters"
        case vocabularySize = "vocabulary_size"
        case mostFrequent = "most_frequent"
        case lineEnds = "line_ends"
        case byteOrderMarks = "byte_order_marks"
        case isNFC = "nfc"
        case repairedBytes = "repaired_bytes"
        case isLossy = "lossy"
        case troubleCount = "trouble_count"
    }
}
