/// A pipeline whose stages have been found and whose options have been checked.
public struct TextPipeline: Sendable {
    /// The stages as they are written in an archive: with their versions, and the libraries that they come from.
    public let description: PipelineDescription
    /// What one symbol is.
    public let unit: TextUnit
    /// Whether the text can be told from the symbols, up to canonical equivalence, a byte order mark and repairs.
    public let isLossless: Bool

    private let definitions: [StageDefinition]

    /// Finds the stages of `description` in `registry`.
    ///
    /// - Throws: `TextError.unknownStage`, `.stageVersion`, `.stageOption` or `.pipelineShape`.
    public init(
        _ description: PipelineDescription = PipelineDescription(), registry: StageRegistry = .builtIn
    ) throws(TextError) {
        unit = try SegmentOptions.unit(of: description.stages)
        var definitions: [StageDefinition] = []
        var found = description
        for (index, stage) in description.stages.enumerated().dropLast() {
            let definition = try registry.definition(for: stage)
            found.stages[index].version = definition.version
            found.stages[index].library = definition.library
            definitions.append(definition)
        }
        found.stages[found.stages.count - 1].version = SegmentOptions.version
        self.definitions = definitions
        self.description = found
        isLossless = registry.areLossless(description.stages)
        _ = try makeRun(StageContext())
    }

    /// The text after every stage but the segmentation.
    ///
    /// - Throws: what the stages throw; the built-in ones do not on valid UTF-8.
    public func transform(_ text: [UInt8]) throws(TextError) -> [UInt8] {
        var run = try makeRun(StageContext())
        var result: [UInt8] = []
        try run.process(text.span)
        result += run.output
        try run.finish()
        result += run.output
        return result
    }

    /// The symbols of the text after all stages.
    ///
    /// - Throws: what the stages throw; the built-in ones do not on valid UTF-8.
    public func symbols(of text: [UInt8]) throws(TextError) -> [Symbol] {
        var collector = SymbolCollector()
        let transformed = try transform(text)
        try Segmenter(unit: unit).feed(transformed.span, isFinal: true, into: &collector)
        return collector.symbols
    }

    /// The ids of the text's symbols; see `EncodedText` for symbols that the vocabulary does not have.
    ///
    /// - Throws: what the stages throw; the built-in ones do not on valid UTF-8.
    public func encode(_ text: [UInt8], vocabulary: Vocabulary) throws(TextError) -> EncodedText {
        var recorder = VocabularyRecorder(vocabulary: vocabulary, absent: .drop)
        let transformed = try transform(text)
        try Segmenter(unit: unit).feed(transformed.span, isFinal: true, into: &recorder)
        return EncodedText(
            identifiers: recorder.takeIdentifiers(), unknownSymbols: recorder.unknownSymbols,
            spelledSymbols: recorder.spelledSymbols,
            droppedSymbols: vocabulary.unknown == nil ? recorder.unknownSymbols : 0)
    }

    /// The ids of the text's symbols; see `EncodedText` for symbols that the vocabulary does not have.
    ///
    /// - Throws: what stages that are not built in throw; the built-in ones take any String.
    public func encode(_ text: String, vocabulary: Vocabulary) throws(TextError) -> EncodedText {
        try encode(Array(text.utf8), vocabulary: vocabulary)
    }

    /// New stages for one text.
    func makeRun(_ context: StageContext, recordsEdits: Bool = false) throws(TextError) -> PipelineRun {
        var stages: [any TextStage] = []
        for (definition, stage) in zip(definitions, description.stages) {
            stages.append(try definition.make(stage.options, context))
        }
        return PipelineRun(
            names: definitions.map(\.name), stages: stages, path: context.path, recordsEdits: recordsEdits)
    }
}
