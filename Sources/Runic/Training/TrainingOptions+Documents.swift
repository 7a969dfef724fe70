internal import RunicSymbols
internal import RunicText
internal import RunicTraining

extension TrainingOptions {
    /// The ids of the document separator; empty if the text is one document.
    ///
    /// - Throws: `TrainingError.option` if the text lacks a symbol of the separator, or `TextError`.
    func separator(_ vocabulary: Vocabulary, registry: StageRegistry) throws -> [UInt16] {
        guard let separator = training.documentSeparator else { return [] }
        let encoded = try TextPipeline(pipeline, registry: registry).encode(separator, vocabulary: vocabulary)
        guard encoded.unknownSymbols == 0 && !encoded.identifiers.isEmpty else {
            throw TrainingError.option(
                name: "document-separator", value: String(reflecting: separator), allowed: "something that the text has"
            )
        }
        return encoded.identifiers
    }

    /// The text split into parts, with symbols of the training part spelled at random if the vocabulary can spell.
    ///
    /// - Throws: as ``separator(_:registry:)``.
    func split(_ corpus: EncodedCorpus, registry: StageRegistry) throws -> TextSplit {
        var split = TextSplit(
            corpus.identifiers, shares: training.split, streams: training.splitStreams ?? 1,
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
