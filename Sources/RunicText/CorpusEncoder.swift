/// Turns files into ids in one streaming pass.
///
/// Memory holds a chunk at each stage, the different symbols, and two bytes for each symbol of the text.
public struct CorpusEncoder: Sendable {
    /// The stages.
    public let pipeline: TextPipeline
    /// How many bytes are read at a time; the result does not depend on it.
    public let chunkSize: Int

    /// An encoder through `pipeline`.
    public init(pipeline: TextPipeline, chunkSize: Int = 1 << 18) {
        self.pipeline = pipeline
        self.chunkSize = chunkSize
    }

    /// The ids of all files, and the vocabulary made of their symbols.
    ///
    /// Files are read a second time if they have more than 65,535 different symbols.
    ///
    /// - Parameter base: a vocabulary that these symbols are added to, or nil for one of their own.
    /// - Throws: `TextError`, naming the file.
    public func encode(
        _ source: TextSource, options: VocabularyOptions = VocabularyOptions(), growing base: Vocabulary? = nil
    ) throws(TextError) -> EncodedCorpus {
        var recorder = SymbolRecorder(keepsIdentifiers: true, capacity: source.size)
        let files = try CorpusPass(pipeline: pipeline, chunkSize: chunkSize).run(source, into: &recorder)
        var seen: [Symbol: Int] = [:]
        for (index, count) in recorder.counts.enumerated() { seen[Symbol(recorder.table.bytes(at: index))] = count }
        let vocabulary =
            if let base {
                try Vocabulary(growing: base, counts: seen, options: options)
            } else {
                try Vocabulary(unit: pipeline.unit, counts: seen, options: options)
            }
        guard recorder.isComplete else {
            if source.files.contains(where: { $0.path == TextFile.standardInputPath }) {
                throw .tooManySymbols(found: seen.count, limit: Vocabulary.maximumCount)
            }
            return try encode(source, with: vocabulary)
        }
        return remap(&recorder, to: vocabulary, files)
    }

    /// The ids that `vocabulary` gives to the symbols of all files.
    ///
    /// - Throws: `TextError`, naming the file.
    public func encode(_ source: TextSource, with vocabulary: Vocabulary) throws(TextError) -> EncodedCorpus {
        var recorder = VocabularyRecorder(vocabulary: vocabulary, absent: .mark, capacity: source.size)
        let files = try CorpusPass(pipeline: pipeline, chunkSize: chunkSize).run(source, into: &recorder)
        var statistics = TextStatistics(files, isLossless: pipeline.isLossless)
        statistics.unknownSymbols = recorder.unknownSymbols
        statistics.spelledSymbols = recorder.spelledSymbols
        statistics.unknownCodePoints = recorder.unknownCodePoints
        statistics.firstSymbolUnknownCodePoints = recorder.firstSymbolUnknownCodePoints
        return EncodedCorpus(
            identifiers: recorder.takeIdentifiers(), vocabulary: vocabulary, counts: recorder.counts,
            statistics: statistics, files: files)
    }

    private func remap(
        _ recorder: inout SymbolRecorder, to vocabulary: Vocabulary, _ files: [FileStatistics]
    ) -> EncodedCorpus {
        var statistics = TextStatistics(files, isLossless: pipeline.isLossless)
        var counts = [Int](repeating: 0, count: vocabulary.count)
        var map: [[UInt16]] = []
        for (index, count) in recorder.counts.enumerated() {
            let symbol = Symbol(recorder.table.bytes(at: index))
            if vocabulary.identifier(of: symbol) == nil {
                if vocabulary.byteBase == nil {
                    statistics.unknownSymbols += count
                    let codePoints = codePointCount(of: symbol.bytes.span)
                    statistics.unknownCodePoints += count * codePoints
                    // The recorder numbers symbols as they are first seen.
                    if index == 0 { statistics.firstSymbolUnknownCodePoints = codePoints }
                } else {
                    statistics.spelledSymbols += count
                }
            }
            let ids = vocabulary.spelling(of: symbol)
            for id in ids ?? [] { counts[Int(id)] += count }
            map.append(ids ?? [Vocabulary.absent])
        }
        var identifiers = recorder.takeIdentifiers()
        if statistics.spelledSymbols == 0 {
            let single = map.map { $0[0] }
            for index in identifiers.indices { identifiers[index] = single[Int(identifiers[index])] }
        } else {
            identifiers = identifiers.flatMap { map[Int($0)] }
        }
        return EncodedCorpus(
            identifiers: identifiers, vocabulary: vocabulary, counts: counts, statistics: statistics, files: files)
    }
}
