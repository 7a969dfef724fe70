public import RunicSymbols

/// Turns files into ids, chunk by chunk, with several threads.
///
/// Memory holds one chunk for each thread, with its staged text and its ids, and the different symbols. The ids of large texts are in
/// an unnamed mapped file. The result does not depend on the number of threads.
public struct CorpusEncoder: Sendable {
    /// The stages.
    public let pipeline: TextPipeline
    /// Bytes read at a time; the result does not depend on it.
    public let chunkSize: Int
    /// The number of worker threads.
    public let threads: Int
    /// The folder for the ids of large texts; nil: `TMPDIR`, or `/var/tmp`.
    public let folder: String?
    /// Whether files are documents.
    public let files: FileRule
    /// The text between documents, which is supplied between separate files; nil: a line end is enough.
    public let documentSeparator: String?

    /// Creates an encoder for `pipeline`.
    public init(
        pipeline: TextPipeline, chunkSize: Int = 1 << 20, threads: Int = 2, folder: String? = nil,
        files: FileRule = .separate, documentSeparator: String? = nil
    ) {
        self.files = files
        self.documentSeparator = documentSeparator
        self.pipeline = pipeline
        self.chunkSize = chunkSize
        self.threads = threads
        self.folder = folder
    }

    /// Encodes all files with the vocabulary made of their symbols.
    ///
    /// Files with more than 65,535 different symbols are read a second time.
    ///
    /// - Parameter base: a vocabulary to which the symbols are added; nil for a new one.
    /// - Throws: `TextError`, naming the file.
    public func encode(
        _ source: TextSource, options: VocabularyOptions = VocabularyOptions(), growing base: Vocabulary? = nil
    ) throws(TextError) -> EncodedCorpus {
        let pass = try pass(source, vocabulary: nil)
        let seen = Self.counts(pass.workers)
        var vocabulary =
            if let base {
                try Vocabulary(growing: base, counts: seen, options: options)
            } else {
                try Vocabulary(unit: pipeline.unit, counts: seen, options: options)
            }
        vocabulary.isOfUTF8 =
            pipeline.unit == .byte && base?.isOfUTF8 != false
            && (pipeline.makesText || (pipeline.readsBytes && pass.files.allSatisfy { $0.strayBytes.first == nil }))
        guard !pass.workers.contains(where: \.indexer.isOverfull) else {
            if source.files.contains(where: { $0.path == TextFile.standardInputPath }) {
                throw .tooManySymbols(found: seen.count, limit: Vocabulary.maximumCount)
            }
            return try encode(source, with: vocabulary)
        }
        do throws(SymbolFileError) {
            return try IDResolution(pass, vocabulary: vocabulary, seen: seen, encoder: self)
                .corpus(remarks: source.remarks)
        } catch {
            throw .unwritable(reason: error.description)
        }
    }

    /// Encodes all files with an existing vocabulary.
    ///
    /// - Throws: `TextError`, naming the file.
    public func encode(_ source: TextSource, with vocabulary: Vocabulary) throws(TextError) -> EncodedCorpus {
        let pass = try pass(source, vocabulary: vocabulary)
        var statistics = TextStatistics(pass.files)
        var counts = [Int](repeating: 0, count: vocabulary.count)
        var unseen: [Symbol: Int] = [:]
        for worker in pass.workers {
            statistics.unknownSymbols += worker.indexer.absent.unknown
            statistics.spelledSymbols += worker.indexer.absent.spelled
            statistics.unknownCodePoints += worker.indexer.absent.unknownCodePoints
            unseen.merge(worker.indexer.absent.tally, uniquingKeysWith: +)
            for (id, count) in worker.indexer.counts.enumerated() { counts[id] += count }
        }
        let first = pass.places.first { $0.count > 0 }
        statistics.firstSymbolUnknownCodePoints = first?.absent.firstCodePoints ?? 0
        var lengths = UnknownLengths()
        for place in pass.places { lengths.append(place.absent.lengths) }
        let total = pass.places.reduce(0) { $0 + $1.count }
        do throws(SymbolFileError) {
            return EncodedCorpus(
                identifiers: try pass.store.sequence(count: total), vocabulary: vocabulary, counts: counts,
                statistics: statistics, files: pass.files, remarks: source.remarks, unseen: UnseenSymbols(unseen),
                unknownLengths: lengths)
        } catch {
            throw .unwritable(reason: error.description)
        }
    }

    private func pass(_ source: TextSource, vocabulary: Vocabulary?) throws(TextError) -> CorpusPass.Result {
        let boundary = files == .join ? nil : FileBoundary(separator: documentSeparator, for: pipeline)
        return try CorpusPass(
            pipeline: pipeline, chunkSize: chunkSize, threads: threads, folder: folder, boundary: boundary
        ).run(source, vocabulary: vocabulary)
    }

    private static func counts(_ workers: [ChunkWorker]) -> [Symbol: Int] {
        var seen: [Symbol: Int] = [:]
        for worker in workers {
            for (id, count) in worker.indexer.counts.enumerated() where count > 0 {
                seen[worker.indexer.symbol(of: id), default: 0] += count
            }
        }
        return seen
    }
}

/// A corpus as ids, two bytes a symbol.
public struct EncodedCorpus: Sendable {
    /// The ids in the order of the text.
    ///
    /// An unseen symbol is spelled, or it is the unknown id, or `Vocabulary.absent` if the vocabulary has neither. `absent` cannot
    /// occur if the vocabulary was made from this corpus.
    public let identifiers: SymbolSequence
    /// The vocabulary that the ids belong to.
    public let vocabulary: Vocabulary
    /// How often each id occurs.
    public let counts: [Int]
    /// The totals of all files.
    public let statistics: TextStatistics
    /// The counts of each file.
    public let files: [FileStatistics]
    /// What was left out of the files and folders that were given, and what was given twice, one line each.
    public let remarks: [String]
    /// The symbols that the vocabulary lacks, spelled or unknown.
    public let unseen: UnseenSymbols
    /// The code points of each unknown symbol, in the order of the text.
    package let unknownLengths: UnknownLengths
}

extension EncodedCorpus {
    /// The unknown symbols of a part of a text.
    package struct Unknown: Sendable, Hashable {
        /// How many there are.
        package var symbols = 0
        /// Their code points.
        package var codePoints = 0
        /// Code points of the part's first symbol if it is unknown, else 0.
        package var firstCodePoints = 0
    }

    /// The unknown symbols in ranges of the ids, read as one part.
    ///
    /// - Parameter ranges: in the order of the text, none overlapping another.
    /// - Complexity: O(ids up to the end of the last range).
    package func unknown(in ranges: [Range<Int>]) -> Unknown {
        var found = Unknown()
        guard unknownLengths.count > 0 else { return found }
        let id = vocabulary.unknown.map { UInt16($0) } ?? Vocabulary.absent
        identifiers.withSpan { ids in
            var (position, ordinal) = (0, 0)
            func skip(to end: Int) {
                while position < end {
                    if ids[position] == id { ordinal += 1 }
                    position += 1
                }
            }
            for (index, range) in ranges.filter({ !$0.isEmpty }).enumerated() {
                skip(to: range.lowerBound)
                let first = ordinal
                if index == 0 && ids[position] == id { found.firstCodePoints = unknownLengths[ordinal] }
                skip(to: range.upperBound)
                found.symbols += ordinal - first
                found.codePoints += unknownLengths.sum(first..<ordinal)
            }
        }
        return found
    }
}
