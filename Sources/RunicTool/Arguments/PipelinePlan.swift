internal import RunicText

/// A pipeline and a vocabulary, built option by option.
///
///     var plan = PipelinePlan()
///     try plan.set("segment", "unit", to: "byte", by: "--unit byte")
///     try plan.apply(StageDescription(parsing: "fields:column=Q+A"), by: "--stage fields:column=Q+A")
///
/// `decode`, `newlines`, `normalize` and `segment` occur once and change in place; `vocabulary` is not a stage, but takes options like
/// one. Any other stage is added before `normalize`, in the order given. An option that is given twice must have the same value
/// both times.
struct PipelinePlan: Sendable {
    /// The name under which options of the vocabulary are given.
    static let vocabularyName = "vocabulary"
    /// The options of the vocabulary, in one line.
    static let vocabularySummary =
        "which symbols have an id; min-count=N; max-symbols=N; fallback=unknown or bytes (symbols left out are spelled)"

    /// The pipeline.
    private(set) var description: PipelineDescription
    /// The options of the vocabulary.
    private(set) var vocabulary = VocabularyOptions()

    private struct Asked: Sendable {
        let value: String
        let source: String
    }
    private var asked: [String: [String: Asked]] = [:]

    /// Begins with a pipeline; all of its options may change.
    init(_ description: PipelineDescription = PipelineDescription()) {
        self.description = description
    }

    /// Sets an option of `decode`, `newlines`, `normalize`, `segment` or `vocabulary`.
    ///
    /// - Parameter source: the option as it was written, such as `--unit byte`.
    /// - Throws: `TextError.contradiction`, or `.stageOption` for an option that the vocabulary does not have.
    mutating func set(
        _ stage: String, _ option: String, to value: String, by source: String
    ) throws(TextError) {
        if let earlier = asked[stage]?[option], earlier.value != value {
            throw .contradiction(
                first: earlier.source, second: source, reason: "\(stage) has one \(option)")
        }
        asked[stage, default: [:]][option] = Asked(value: value, source: source)
        if stage == Self.vocabularyName {
            try setVocabulary(option, value)
            return
        }
        if !description.stages.contains(where: { $0.name == stage }) {
            description.stages.insert(StageDescription(name: stage), at: place(of: stage))
        }
        for index in description.stages.indices where description.stages[index].name == stage {
            description.stages[index].options[option] = value
        }
    }

    /// Changes a stage that occurs once, or adds another.
    ///
    /// - Throws: `TextError.contradiction`, or `.stageOption` for an option that the vocabulary does not have.
    mutating func apply(_ stage: StageDescription, by source: String) throws(TextError) {
        guard Self.singleNames.contains(stage.name) else {
            description.stages.insert(stage, at: place(of: stage.name))
            return
        }
        for (option, value) in stage.options.sorted(by: { $0.key < $1.key }) {
            try set(stage.name, option, to: value, by: source)
        }
    }

    /// Reads the bytes of files as they are, if their symbols are bytes and nothing that was asked for needs text: no normalisation, no
    /// encoding or repair, no stage but `newlines` without its Unicode line ends. Line ends are then kept unless they were asked for.
    ///
    /// A text stage, such as `--normalize nfc`, makes bytes of text in UTF-8 instead.
    mutating func readBytesIfPossible() {
        let isKnown = description.stages.allSatisfy { Self.singleNames.contains($0.name) }
        let encoding = asked["decode"]?["encoding"]?.value
        let needsText =
            (asked["decode"] ?? [:]).keys.contains { $0 != "encoding" } || (encoding.map { $0 != "bytes" } ?? false)
            || asked["normalize"]?["form"].map { $0.value != NormalizationForm.none.rawValue } ?? false
            || asked["newlines"]?["unicode"]?.value == "true"
        guard asked[SegmentOptions.stageName]?["unit"]?.value == TextUnit.byte.rawValue, isKnown, !needsText else {
            return
        }
        let newlines = asked["newlines"]?["to"].flatMap { NewlineRule(rawValue: $0.value) }
        description = .bytes(newlines: newlines ?? .keep)
    }

    private static let singleNames = ["decode", "newlines", "normalize", SegmentOptions.stageName, vocabularyName]

    /// Where a missing stage is inserted.
    private func place(of name: String) -> Int {
        let stages = description.stages
        switch name {
        case "decode": return 0
        case "newlines": return stages.firstIndex { $0.name == "decode" }.map { $0 + 1 } ?? 0
        case SegmentOptions.stageName: return stages.count
        default:
            let last = stages.firstIndex { $0.name == SegmentOptions.stageName } ?? stages.count
            return name == "normalize" ? last : stages.firstIndex { $0.name == "normalize" } ?? last
        }
    }

    private mutating func setVocabulary(_ option: String, _ value: String) throws(TextError) {
        let options = try StageOptions(
            stage: Self.vocabularyName, options: [option: value], known: Self.vocabularyOptions)
        if let count = try options.number("min-count", in: 1...Int.max) { vocabulary.minimumCount = count }
        if let size = try options.number("max-symbols", in: 2...Vocabulary.maximumCount) {
            vocabulary.maximumSize = size
        }
        vocabulary.fallback = try options.choice("fallback", default: vocabulary.fallback)
    }

    /// The options that ``setVocabulary(_:_:)`` knows.
    private static let vocabularyOptions = ["min-count", "max-symbols", "fallback"]
}

extension StageRegistry {
    /// Every stage with a line about what it does and its options, sorted by name, then `segment` and `vocabulary`.
    var summaries: [(name: String, summary: String)] {
        let stages = names.compactMap { name in
            (try? definition(for: StageDescription(name: name))).map { (name: name, summary: $0.summary) }
        }
        return stages + [
            (name: SegmentOptions.stageName, summary: SegmentOptions.summary),
            (name: PipelinePlan.vocabularyName, summary: PipelinePlan.vocabularySummary),
        ]
    }
}
