internal import ArgumentParser
internal import Runic

/// How a text is read for training, cut into parts and documents.
struct TextArguments: ParsableArguments {
    @OptionGroup var pipeline: PipelineArguments

    @Option(help: "Symbols seen less often become the unknown symbol; 1 unless given.")
    var minCount: Int?

    @Option(help: "Whether the vocabulary has a symbol for all others.")
    var unknown: UnknownRule = .always

    @OptionGroup var parts: SplitArguments

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
