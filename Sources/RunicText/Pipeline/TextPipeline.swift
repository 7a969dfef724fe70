/// A pipeline whose stages have been found and whose options have been checked.
public struct TextPipeline: Sendable {
    /// The stages as they are written in an archive: with their versions, and the libraries that they come from.
    public let description: PipelineDescription
    /// What one symbol is.
    public let unit: TextUnit
    /// Whether the text can be told from the symbols, up to canonical equivalence, a byte order mark and repairs.
    public let isLossless: Bool

    private let definitions: [StageDefinition]
    private let locale: String?

    /// Finds the stages of `description` in `registry`.
    ///
    /// - Throws: `TextError.unknownStage`, `.stageVersion`, `.stageOption` or `.pipelineShape`.
    public init(
        _ description: PipelineDescription = PipelineDescription(), registry: StageRegistry = .builtIn
    ) throws(TextError) {
        (unit, locale) = try SegmentOptions.read(description.stages)
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
        _ = try makeCutter()
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
        try makeCutter().feed(transformed.span, isFinal: true, into: &collector)
        return collector.symbols
    }

    /// The ids of the text's symbols; see `EncodedText` for symbols that the vocabulary does not have.
    ///
    /// - Throws: what the stages throw; the built-in ones do not on valid UTF-8.
    public func encode(_ text: [UInt8], vocabulary: Vocabulary) throws(TextError) -> EncodedText {
        var recorder = VocabularyRecorder(vocabulary: vocabulary)
        let transformed = try transform(text)
        try makeCutter().feed(transformed.span, isFinal: true, into: &recorder)
        return EncodedText(
            identifiers: recorder.identifiers, unknownSymbols: recorder.absent.unknown,
            spelledSymbols: recorder.absent.spelled,
            droppedSymbols: vocabulary.unknown == nil ? recorder.absent.unknown : 0)
    }

    /// The ids of the text's symbols; see `EncodedText` for symbols that the vocabulary does not have.
    ///
    /// - Throws: what stages that are not built in throw; the built-in ones take any String.
    public func encode(_ text: String, vocabulary: Vocabulary) throws(TextError) -> EncodedText {
        try encode(Array(text.utf8), vocabulary: vocabulary)
    }

    /// Where the stages begin that parts of a text can be staged by apart: all from there on are splittable.
    var splittableStages: Range<Int> {
        let count = definitions.count
        let last = (0..<count).last { !definitions[$0].isSplittable(description.stages[$0].options) }
        return (last.map { $0 + 1 } ?? 0)..<count
    }

    /// Whether a text can be cut into parts behind line feeds only.
    var cutsLinesOnly: Bool { unit == .word || locale != nil }

    /// What cuts texts into symbols, one after the other.
    package func makeCutter() throws(TextError) -> SymbolCutter {
        try SymbolCutter(unit: unit, locale: locale)
    }

    /// New stages for one text.
    ///
    /// - Parameter range: which of the stages; nil: all of them.
    package func makeRun(
        _ context: StageContext, stages range: Range<Int>? = nil, recordsEdits: Bool = false
    ) throws(TextError) -> PipelineRun {
        var stages: [any TextStage] = []
        var names: [String] = []
        for index in range ?? definitions.indices {
            let options = description.stages[index].options
            let stage = try definitions[index].make(options, context)
            guard !definitions[index].isIdentity(options) else { continue }
            stages.append(stage)
            names.append(definitions[index].name)
        }
        return PipelineRun(
            names: names, stages: stages, path: context.path, recordsEdits: recordsEdits)
    }
}
