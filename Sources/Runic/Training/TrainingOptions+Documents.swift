internal import RunicDisplay
internal import RunicSymbols
package import RunicText
internal import RunicTraining

extension TextPipeline {
    /// The ids of the separator between documents; none where there is no separator.
    ///
    /// - Throws: `TrainingError.option` for a separator that is too long, or has symbols that the text does not have; or
    ///   `TextError`.
    package func separator(_ separator: String?, vocabulary: Vocabulary) throws -> [UInt16] {
        guard let separator else { return [] }
        guard separator.utf8.count <= Self.longestSeparator else {
            throw TrainingError.option(
                name: "document-separator", value: String(reflecting: separator.shortened(to: 40)),
                allowed: "at most \(Self.longestSeparator) bytes long")
        }
        let encoded = try encode(separator, vocabulary: vocabulary)
        guard encoded.unknownSymbols == 0 && !encoded.identifiers.isEmpty else {
            throw TrainingError.option(
                name: "document-separator", value: String(reflecting: separator), allowed: "something that the text has"
            )
        }
        return encoded.identifiers
    }

    /// Most bytes of a separator.
    private static var longestSeparator: Int { 4_096 }
}

extension TrainingOptions {
    /// The same options with the separator of the documents that a stage makes, unless another one is given.
    ///
    /// Only a new run takes it: an older one goes on as it began.
    func separatingDocuments(_ registry: StageRegistry) -> TrainingOptions {
        guard training.documentSeparator == nil,
            let separator = (try? TextPipeline(pipeline, registry: registry))?.documentSeparator
        else { return self }
        var options = self
        options.training.documentSeparator = separator
        return options
    }

    /// The texts as ids.
    ///
    /// - Parameter moved: where the texts are now; nil: where they were.
    /// - Throws: `TextError`, naming the file.
    func encoded(_ registry: StageRegistry, from moved: [String]? = nil) throws(TextError) -> EncodedCorpus {
        let paths = moved ?? texts
        return try encoded(
            registry,
            files == nil
                ? try TextSource(ofAnyFormat: paths)
                : try TextSource(
                    paths: paths, filter: fileFilter ?? FileFilter(),
                    readsBytes: try TextPipeline(pipeline, registry: registry).readsBytes))
    }

    /// A text as ids, instead of ``texts``.
    ///
    /// - Throws: `TextError`, naming the file.
    func encoded(_ registry: StageRegistry, _ source: TextSource) throws(TextError) -> EncodedCorpus {
        let pipeline = try TextPipeline(pipeline, registry: registry)
        let corpus = try CorpusEncoder(
            pipeline: finetuning?.adaptsToFiles == true ? pipeline.adaptingToFiles : pipeline,
            threads: training.threads, files: files ?? .join, documentSeparator: training.documentSeparator
        ).encode(source, options: vocabulary, growing: finetuning?.vocabulary)
        guard corpus.vocabulary.count > 1 else { throw .nothingToPredict(minimumCount: vocabulary.minimumCount) }
        return corpus
    }

    /// The symbols between two documents; none where the text is one.
    ///
    /// - Throws: as ``TextPipeline/separator(_:vocabulary:)``.
    func separator(_ vocabulary: Vocabulary, registry: StageRegistry) throws -> [UInt16] {
        guard training.documentSeparator != nil else { return [] }
        return try TextPipeline(pipeline, registry: registry)
            .separator(training.documentSeparator, vocabulary: vocabulary)
    }

    /// The text split into parts, with symbols of the training part spelled at random if the vocabulary can spell.
    ///
    /// - Throws: as ``separator(_:registry:)``.
    func split(_ corpus: EncodedCorpus, registry: StageRegistry) throws -> TextSplit {
        var split = TextSplit(
            corpus.identifiers, fractions: training.split, streams: training.splitStreams ?? 1,
            separator: try separator(corpus.vocabulary, registry: registry))
        if var spelling = RandomSpelling(
            vocabulary: corpus.vocabulary, text: split.training, occurrences: spelling, seed: training.seed,
            kept: split.separator)
        {
            split.training = try Self.spelled(split.training, by: &spelling)
        }
        return split
    }

    /// The text with some symbols spelled; a large one stays in a file.
    private static func spelled(
        _ text: SymbolSequence, by spelling: inout RandomSpelling
    ) throws(SymbolFileError) -> SymbolSequence {
        let store = try IDStore(expectedBytes: text.count * 2)
        var count = 0
        for start in stride(from: text.startIndex, to: text.endIndex, by: 1 << 20) {
            let ids = spelling.spelled(text[start..<min(start + (1 << 20), text.endIndex)])
            try unsafe ids.withUnsafeBufferPointer { ids throws(SymbolFileError) in
                try unsafe store.write(UnsafeRawBufferPointer(ids), at: count * 2)
            }
            count += ids.count
            text.releasePages()
        }
        return try store.sequence(count: count)
    }
}
