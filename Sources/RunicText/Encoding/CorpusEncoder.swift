internal import RunicSymbols

/// Turns files into ids, a piece at a time, with several threads.
///
/// Memory holds, for each thread, a piece of text, what the stages make of it and its ids, and the different symbols; the ids of
/// large texts lie in a nameless file that is mapped. The result does not depend on the number of threads.
public struct CorpusEncoder: Sendable {
    /// The stages.
    public let pipeline: TextPipeline
    /// How many bytes are read at a time; the result does not depend on it.
    public let chunkSize: Int
    /// How many threads work.
    public let threads: Int
    /// Where ids of large texts lie; nil: `TMPDIR`, or `/var/tmp`.
    public let folder: String?

    /// An encoder through `pipeline`.
    public init(pipeline: TextPipeline, chunkSize: Int = 1 << 20, threads: Int = 2, folder: String? = nil) {
        self.pipeline = pipeline
        self.chunkSize = chunkSize
        self.threads = threads
        self.folder = folder
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
        let pass = try pass(source, vocabulary: nil)
        let seen = Self.counts(pass.workers)
        let vocabulary =
            if let base {
                try Vocabulary(growing: base, counts: seen, options: options)
            } else {
                try Vocabulary(unit: pipeline.unit, counts: seen, options: options)
            }
        guard !pass.workers.contains(where: \.numberer.isOverfull) else {
            if source.files.contains(where: { $0.path == TextFile.standardInputPath }) {
                throw .tooManySymbols(found: seen.count, limit: Vocabulary.maximumCount)
            }
            return try encode(source, with: vocabulary)
        }
        do throws(SymbolFileError) {
            return try IDResolution(pass, vocabulary: vocabulary, seen: seen, encoder: self).corpus()
        } catch {
            throw .unwritable(reason: error.description)
        }
    }

    /// The ids that `vocabulary` gives to the symbols of all files.
    ///
    /// - Throws: `TextError`, naming the file.
    public func encode(_ source: TextSource, with vocabulary: Vocabulary) throws(TextError) -> EncodedCorpus {
        let pass = try pass(source, vocabulary: vocabulary)
        var statistics = TextStatistics(pass.files, isLossless: pipeline.isLossless)
        var counts = [Int](repeating: 0, count: vocabulary.count)
        for worker in pass.workers {
            statistics.unknownSymbols += worker.numberer.absent.unknown
            statistics.spelledSymbols += worker.numberer.absent.spelled
            statistics.unknownCodePoints += worker.numberer.absent.unknownCodePoints
            for (id, count) in worker.numberer.counts.enumerated() { counts[id] += count }
        }
        let first = pass.places.first { $0.count > 0 }
        statistics.firstSymbolUnknownCodePoints = first?.absentCodePoints ?? 0
        let total = pass.places.reduce(0) { $0 + $1.count }
        do throws(SymbolFileError) {
            return EncodedCorpus(
                identifiers: try pass.spool.sequence(count: total), vocabulary: vocabulary, counts: counts,
                statistics: statistics, files: pass.files)
        } catch {
            throw .unwritable(reason: error.description)
        }
    }

    private func pass(_ source: TextSource, vocabulary: Vocabulary?) throws(TextError) -> CorpusPass.Result {
        try CorpusPass(pipeline: pipeline, pieceSize: chunkSize, threads: threads, folder: folder)
            .run(source, vocabulary: vocabulary)
    }

    private static func counts(_ workers: [ChunkWorker]) -> [Symbol: Int] {
        var seen: [Symbol: Int] = [:]
        for worker in workers {
            for (number, count) in worker.numberer.counts.enumerated() where count > 0 {
                seen[worker.numberer.symbol(of: number), default: 0] += count
            }
        }
        return seen
    }
}
