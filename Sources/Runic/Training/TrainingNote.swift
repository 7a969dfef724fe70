internal import RunicFiles
public import RunicText
internal import RunicTraining

/// The note on training in an archive, under `training`.
///
/// It has nothing in it that differs between two runs that compute the same: no times, no folders, and fixed values of
/// settings that change no result.
public struct TrainingNote: Sendable, Hashable, Codable {
    /// Updates that led to the parameters.
    public var step: Int
    /// Seconds of training, validation included; nil in notes that later versions than 0.1.0 wrote: the log has the times.
    public var seconds: Double?
    /// The loss on the validation part, nats per symbol, as in the log: without the 21 bits that the code points of unknown
    /// symbols cost in ``EvaluationReport``.
    public var validationNats: Double?
    /// The options of the run.
    public var options: TrainingOptions
    /// The files of the text: name, size, SHA-256 and counts. Of many files it is one entry, see ``foldSources()``; of a text
    /// that is to stay unnamed there is none.
    public var texts: [FileStatistics]
    /// The number of files for which the one entry of ``texts`` stands; nil if every file has its own.
    public var fileCount: Int?

    /// A note for an archive: paths are reduced to their last component, so that they reveal nothing about the machine.
    init(step: Int, validationNats: Double?, options: TrainingOptions, texts: [FileStatistics]) {
        self.step = step
        self.validationNats = validationNats
        self.options = options
        self.options.texts = options.texts.map(FilePath.fileName)
        self.options.plugins = options.plugins?.map {
            PluginFile(path: FilePath.fileName(of: $0.path), sha256: $0.sha256)
        }
        // The archive itself has the grown vocabulary.
        self.options.finetuning?.vocabulary = nil
        // Neither changes the result, and both depend on the machine.
        self.options.training.threads = TrainingSettings().threads
        self.options.checkpointSeconds = nil
        self.texts = texts.map { file in
            var file = file
            file.path = FilePath.fileName(of: file.path)
            return file
        }
        if options.leavesOutSources { leaveOutSources() } else { foldSources() }
    }

    enum CodingKeys: String, CodingKey {
        case step, seconds, options, texts
        case validationNats = "validation_nats"
        case fileCount = "file_count"
    }
}

extension TrainingNote {
    /// The most files that a note lists one by one.
    public static let mostFiles = SourceList.mostFiles

    /// Leaves out the names, sizes and hashes of the texts.
    public mutating func leaveOutSources() {
        (texts, fileCount) = ([], nil)
        options.texts = []
        options.leavesOutSources = true
    }

    /// Makes one entry of more than ``mostFiles`` files, so that a model of thousands of files stays small: their number as its
    /// name, the sums of their counts, and one hash.
    ///
    /// The hash is the SHA-256 of the files' hashes in order of their digits, one a line:
    ///
    ///     sha256sum FILES... | cut -c 1-64 | LC_ALL=C sort | sha256sum
    ///
    /// - Complexity: O(n log n) in the number of files.
    public mutating func foldSources() {
        if options.texts.count > Self.mostFiles { options.texts = [SourceList.name(count: options.texts.count)] }
        guard texts.count > Self.mostFiles else { return }
        var folded = FileStatistics(path: SourceList.name(count: texts.count))
        folded.sha256 = SourceList.hash(texts.map(\.sha256))
        for file in texts {
            folded.bytes += file.bytes
            folded.codePoints += file.codePoints
            folded.graphemeClusters += file.graphemeClusters
            folded.symbols += file.symbols
            folded.repairedBytes += file.repairedBytes
        }
        fileCount = texts.count
        texts = [folded]
    }
}

extension TrainingNote {
    /// The one hash of many files, see ``foldSources()``.
    package static func foldedHash(of hashes: [String]) -> String { SourceList.hash(hashes) }
}

/// Many files as one in what is shipped.
enum SourceList {
    /// The most files that are listed one by one.
    static let mostFiles = 32

    /// The name of an entry for all files.
    static func name(count: Int) -> String { "\(count) files" }

    /// The SHA-256 of hashes in order of their digits, one a line.
    static func hash(_ hashes: [String]) -> String {
        var hash = SHA256()
        for line in hashes.sorted() { hash.update(Array((line + "\n").utf8).span) }
        return hash.hexadecimalDigest
    }
}
