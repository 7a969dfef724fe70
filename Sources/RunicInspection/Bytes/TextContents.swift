internal import CRunicText
package import RunicText

/// The bytes, symbols and trouble of a text: the section of an ``InspectionReport`` that needs no ids.
package struct TextContents: Encodable, Sendable, Hashable {
    /// Each file on its own.
    package let files: [FileStatistics]
    /// Bytes of the original files.
    package let bytes: Int
    /// Code points after all stages.
    package let codePoints: Int
    /// Grapheme clusters after all stages.
    package let graphemeClusters: Int
    /// The unit that is one symbol.
    package let unit: TextUnit
    /// Symbols.
    package let symbols: Int
    /// Different symbols, without an unknown one.
    package let vocabularySize: Int
    /// The most frequent symbols, the first the most frequent.
    package let mostFrequent: [SymbolReport]
    /// What minimum counts of 2, 3, 5, 10, 20, 50 and 100 would make unknown.
    package let rare: [RareSymbols]
    /// Line ends of the original text.
    package let lineEnds: LineEnds
    /// Files that begin with a byte order mark.
    package let byteOrderMarks: Int
    /// Scripts of the original text, the most used first.
    package let scripts: [ScriptFraction]
    /// Whether the original text, invalid bytes replaced, is in NFC.
    package let isNFC: Bool
    /// Original bytes that were replaced because they were invalid.
    package let repairedBytes: Int
    /// Whether the pipeline lost information.
    package let isLossy: Bool
    /// The first hundred troubles, in the order of the text.
    package let trouble: [TextTrouble]
    /// How many troubles there are.
    package let troubleCount: Int

    /// Text in no normal form, and letters in two.
    package let normalization: NormalizationReport
    /// What was probably UTF-8 read as windows-1252.
    package let mojibake: MojibakeReport
    /// How often U+FFFD occurs in the original text: each replaces something that an earlier program could not read.
    package let replacementCharacters: Int

    /// Reads `source` through `description`; invalid bytes are replaced and listed.
    ///
    /// - Parameter name: what a file is called, by its path.
    /// - Throws: `TextError`, but not for invalid bytes.
    package init(
        _ source: TextSource, description: PipelineDescription = PipelineDescription(),
        registry: StageRegistry = .builtIn, chunkSize: Int = 1 << 18, mostFrequentCount: Int = 20,
        name: @escaping (String) -> String = { $0 }
    ) throws(TextError) {
        let pipeline = try TextPipeline(description.repairing, registry: registry)
        var consumer = ReportConsumer()
        let files = try ReportPass(pipeline: pipeline, chunkSize: chunkSize, name: name).run(source, into: &consumer)
        let recorder = consumer.recorder
        let counts = recorder.counts.enumerated().map { (Symbol(recorder.table.bytes(at: $0.offset)), $0.element) }
        self.init(
            files: files, pipeline: pipeline, counts: counts, findings: try consumer.examiner.findings(),
            mostFrequentCount: mostFrequentCount)
    }

    /// Makes the section of what both passes found.
    ///
    /// - Parameters:
    ///   - files: the statistics of each.
    ///   - counts: the symbols of all files, and how often each occurs.
    ///   - findings: what ``TextExaminer`` found in their bytes.
    package init(
        files: [FileStatistics], pipeline: TextPipeline, counts: [(symbol: Symbol, count: Int)],
        findings: TextFindings, mostFrequentCount: Int = 20
    ) {
        self.files = files
        let statistics = TextStatistics(files, isLossless: pipeline.isLosslessButForLineEnds)
        bytes = statistics.bytes
        codePoints = statistics.codePoints
        graphemeClusters = statistics.graphemeClusters
        symbols = statistics.symbols
        repairedBytes = statistics.repairedBytes
        isLossy = statistics.isLossy
        unit = pipeline.unit

        let counts = counts.filter { $0.count > 0 }
        vocabularySize = counts.count
        mostFrequent = counts.sorted { $0.count != $1.count ? $0.count > $1.count : $0.symbol < $1.symbol }
            .prefix(mostFrequentCount).map { [unit] in SymbolReport($0.symbol, unit: unit, count: $0.count) }
        rare = [2, 3, 5, 10, 20, 50, 100].map { minimum in
            let below = counts.filter { $0.count < minimum }
            return RareSymbols(
                minimumCount: minimum, symbols: below.count, occurrences: below.reduce(0) { $0 + $1.count })
        }

        lineEnds = findings.lineEnds
        byteOrderMarks = findings.byteOrderMarks
        normalization = findings.normalization
        isNFC = findings.normalization.notNFC == 0
        mojibake = findings.mojibake
        replacementCharacters = findings.count(of: 0xFFFD)
        trouble = findings.trouble
        troubleCount = findings.troubleCount
        scripts = Self.scriptFractions(findings.codePointCounts)
    }

    private static func scriptFractions(_ tally: [(value: UInt32, count: Int)]) -> [ScriptFraction] {
        var counts = [Int](repeating: 0, count: Int(runic_script_limit()))
        var total = 0
        for (value, count) in tally {
            let script = Int(runic_script(value))
            if counts.indices.contains(script) { counts[script] += count }
            total += count
        }
        return counts.enumerated().filter { $0.element > 0 }.map { script, count in
            let name = unsafe String(cString: runic_script_name(Int32(script)))
            return ScriptFraction(script: name, codePoints: count, fraction: Double(count) / Double(total))
        }.sorted { ($1.codePoints, $0.script) < ($0.codePoints, $1.script) }
    }

    private enum CodingKeys: String, CodingKey {
        case files, bytes, unit, symbols, rare, scripts, trouble, normalization, mojibake
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
        case replacementCharacters = "replacement_characters"
    }
}
