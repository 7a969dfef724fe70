/// A pipeline with its stages found and their options checked.
public struct TextPipeline: Sendable {
    /// The stages as an archive stores them, with versions and libraries.
    public let description: PipelineDescription
    /// The unit that is one symbol.
    public let unit: TextUnit
    /// Whether the symbols determine the text, up to canonical equivalence, a byte order mark and repairs.
    public let isLossless: Bool
    /// Whether files are read as they are, whatever they contain: the unit is the byte, and no stage needs text.
    public let readsBytes: Bool
    /// Whether files may be of another kind than those that the stages were chosen for, see ``adaptingToFiles``.
    public private(set) var adaptsToFiles = false

    private let definitions: [StageDefinition]
    private let locale: String?
    private let segmentVersion: Int

    /// Finds the stages of `description` in `registry`.
    ///
    /// - Throws: `TextError.unknownStage`, `.stageVersion`, `.stageOption`, `.pipelineShape` or `.pipelineTooLarge`;
    ///   `.needsText` where files are to be read as bytes, but a stage or the unit needs text.
    public init(
        _ description: PipelineDescription = PipelineDescription(), registry: StageRegistry = .builtIn
    ) throws(TextError) {
        try PipelineLimits.check(description.stages)
        (unit, locale, segmentVersion) = try SegmentOptions.read(description.stages)
        var definitions: [StageDefinition] = []
        var found = description
        for (index, stage) in description.stages.enumerated().dropLast() {
            let definition = try registry.definition(for: stage)
            if stage.version == nil {
                found.stages[index].options.merge(definition.current(stage.options)) { given, _ in given }
            }
            found.stages[index].version = definition.version
            found.stages[index].library = definition.library
            definitions.append(definition)
        }
        found.stages[found.stages.count - 1].version = segmentVersion
        self.definitions = definitions
        self.description = found
        isLossless = registry.areLossless(description.stages)
        let needsText =
            unit != .byte
            ? nil
            : zip(definitions, description.stages)
                .first { !$0.isIdentity($1.options) && !$0.takesBytes($1.options) }?.1.name
        readsBytes = unit == .byte && needsText == nil
        if !readsBytes,
            description.stages.contains(where: { $0.name == "decode" && DecodeStage.takesBytes($0.options) })
        {
            throw .needsText(stage: needsText, unit: unit)
        }
        _ = try makeRun(StageContext())
        _ = try makeCutter()
    }

    /// The same stages for files of any kind: a file that is not of the encoding, or in the container, that they take apart is read
    /// as plain text in UTF-8. A remark of the file says which.
    public var adaptingToFiles: TextPipeline {
        var copy = self
        copy.adaptsToFiles = zip(definitions, description.stages).contains { $0.isContainer($1.options) }
        return copy
    }

    /// Whether what the stages make of a file is UTF-8 for certain: one of them decodes it.
    var makesText: Bool {
        description.stages.contains { $0.name == "decode" && !DecodeStage.takesBytes($0.options) }
    }

    /// The text between the documents that a stage makes; nil if none does.
    public var documentSeparator: String? {
        zip(definitions, description.stages).lazy.compactMap { $0.documentSeparator($1.options) }.first
    }

    /// Whether CR LF and CR become LF.
    var mapsLineEnds: Bool {
        description.stages.contains { $0.name == "newlines" && $0.options["to"] == NewlineRule.lf.rawValue }
    }

    /// The text after every stage except the segmentation.
    ///
    /// - Throws: the errors of the stages; the built-in ones have none on valid UTF-8.
    public func transform(_ text: [UInt8]) throws(TextError) -> [UInt8] {
        try transform(text, StageContext())
    }

    private func transform(_ text: [UInt8], _ context: StageContext) throws(TextError) -> [UInt8] {
        var run = try makeRun(context)
        var result: [UInt8] = []
        try run.process(text.span)
        result += run.output
        try run.finish()
        result += run.output
        return result
    }

    /// The symbols of the text after all stages.
    ///
    /// - Parameter isContinuation: whether the text continues one that began elsewhere.
    /// - Throws: the errors of the stages; the built-in ones have none on valid UTF-8.
    public func symbols(of text: [UInt8], isContinuation: Bool = false) throws(TextError) -> [Symbol] {
        var collector = SymbolCollector()
        let transformed = try transform(text, StageContext(isContinuation: isContinuation))
        try makeCutter().feed(transformed.span, isFinal: true, into: &collector)
        return collector.symbols
    }

    /// Where the symbols of a text that has passed all stages end, in bytes; the last one ends with the text.
    package func symbolEnds(ofStaged text: [UInt8]) throws(TextError) -> [Int] {
        var collector = SymbolCollector()
        try makeCutter().feed(text.span, isFinal: true, into: &collector)
        var end = 0
        return collector.symbols.map { symbol in
            end += symbol.count
            return end
        }
    }

    /// The stages that can work on chunks of a text apart: the last ones, all of them splittable.
    var splittableStages: Range<Int> {
        let count = definitions.count
        let last = (0..<count).last { !definitions[$0].isSplittable(description.stages[$0].options) }
        return (last.map { $0 + 1 } ?? 0)..<count
    }

    /// Whether a text can be cut only after line feeds.
    var cutsLinesOnly: Bool { unit == .word || locale != nil }

    /// Whether a text in memory can be staged in chunks.
    ///
    /// Stages that read encodings or fields of files cannot do that for files, but pass UTF-8 in memory through.
    var splitsTextInMemory: Bool {
        definitions.indices.allSatisfy { index in
            let options = description.stages[index].options
            guard !definitions[index].isSplittable(options) else { return true }
            let stage = try? definitions[index].make(options, StageContext())
            return stage is PassingStage || stage is DecodeStage
        }
    }

    /// A cutter into the pipeline's symbols, for one text after the other.
    package func makeCutter() throws(TextError) -> SymbolCutter {
        try SymbolCutter(unit: unit, locale: locale, version: segmentVersion)
    }

    /// New stages for one text.
    ///
    /// - Parameter range: the stages to make; nil: all.
    package func makeRun(
        _ context: StageContext, stages range: Range<Int>? = nil, recordsEdits: Bool = false
    ) throws(TextError) -> PipelineRun {
        var stages: [any TextStage] = []
        var names: [String] = []
        var areLossless: [Bool] = []
        var context = context
        context.acceptsPlainText = adaptsToFiles
        for index in range ?? definitions.indices {
            context.stageIndex = index
            let options = description.stages[index].options
            let stage = try definitions[index].make(options, context)
            guard !definitions[index].isIdentity(options) else { continue }
            stages.append(stage)
            names.append(definitions[index].name)
            areLossless.append(definitions[index].isLossless(options))
        }
        return PipelineRun(
            names: names, stages: stages, areLossless: areLossless, path: context.path, recordsEdits: recordsEdits)
    }
}
