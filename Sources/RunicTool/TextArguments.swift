internal import ArgumentParser
internal import Runic
internal import RunicREPL

/// How a text is read for training, cut into parts and documents.
struct TextArguments: ParsableArguments {
    @OptionGroup var pipeline: PipelineArguments

    @Option(help: "Symbols seen less often become the unknown symbol; 1 unless given.")
    var minCount: Int?

    @Option(help: "Whether the vocabulary has a symbol for all others.")
    var unknown: UnknownRule = .always

    @Option(
        help: ArgumentHelp(
            "Shares for training, validation and test, in file order; 0.9,0.05,0.05 unless given.", valueName: "shares"),
        transform: ArgumentValue.shares)
    var split: [Double]?

    @Option(
        help: ArgumentHelp(
            "Cut the text into so many streams first, each of which gives its part to training, validation and test.",
            valueName: "streams"))
    var splitStreams: Int?

    @Option(
        help: ArgumentHelp(
            #"What stands between two documents, such as \n\n: the state is reset there. \n, \t and \\ are escapes."#,
            valueName: "text"),
        transform: { TextEscapes.resolve($0) })
    var documentSeparator: String?

    func validate() throws {
        if let minCount, minCount < 1 {
            throw ValidationError("--min-count is \(minCount); it must be at least 1")
        }
    }

    /// The pipeline, and which symbols the vocabulary takes.
    ///
    /// - Throws: `ValidationError`.
    func plan() throws -> (pipeline: PipelineDescription, vocabulary: VocabularyOptions) {
        var plan = try pipeline.plan()
        do throws(TextError) {
            if let minCount {
                try plan.set(
                    PipelinePlan.vocabularyName, "min-count", to: "\(minCount)", by: "--min-count \(minCount)")
            }
        } catch {
            throw ValidationError(error.description)
        }
        var vocabulary = plan.vocabulary
        vocabulary.includeUnknown = unknown
        return (plan.description, vocabulary)
    }
}
