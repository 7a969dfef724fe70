internal import ArgumentParser
internal import Runic

/// How a text is read for training, and split into parts and documents.
struct TextArguments: ParsableArguments {
    @OptionGroup var files: FileArguments
    @OptionGroup var pipeline: PipelineArguments

    @Option(
        help:
            "Leave symbols that occur less often out of the vocabulary. (default: \(Defaults.vocabulary.minimumCount))")
    var minCount: Int?

    @Option(
        help: ArgumentHelp(
            "Size limit of the vocabulary, special symbols included; the most frequent symbols stay. (default: "
                + "\(Vocabulary.maximumCount))", valueName: "symbols"))
    var maxSymbols: Int?

    @Option(
        help: """
            How symbols outside the vocabulary are read: as the unknown symbol, or spelled in code points and bytes, \
            which loses nothing. (default: \(Defaults.vocabulary.fallback.rawValue))
            """)
    var fallback: VocabularyFallback?

    @Option(
        help: ArgumentHelp(
            "With --fallback bytes: how many occurrences of each known symbol are spelled in training, so that the model "
                + "learns to spell; 0 is none. (default: \(TrainingOptions.defaultSpelling))",
            valueName: "times"))
    var spell: Double?

    @Option(
        help:
            "Whether the vocabulary has an unknown symbol. (default: \(Defaults.vocabulary.includeUnknown.rawValue); none with --fallback bytes)"
    )
    var unknown: UnknownRule?

    @Flag(
        help: """
            Read the files as one text, as they are. Without it each is a document: a missing line end, or --document-separator, \
            is supplied between two of them.
            """)
    var joinFiles = false

    @OptionGroup var parts: SplitArguments

    func validate() throws {
        if let minCount, minCount < 1 {
            throw ValidationError("--min-count is \(minCount); it must be at least 1")
        }
        if let maxSymbols, !(2...Vocabulary.maximumCount).contains(maxSymbols) {
            throw ValidationError("--max-symbols is \(maxSymbols); it must be 2 to \(Vocabulary.maximumCount)")
        }
    }

    /// The pipeline, and how the vocabulary is made.
    ///
    /// - Throws: `ValidationError`.
    func plan() throws -> (pipeline: PipelineDescription, vocabulary: VocabularyOptions) {
        var plan = try pipeline.plan()
        do throws(TextError) {
            let given = [
                ("min-count", minCount.map(String.init)), ("max-symbols", maxSymbols.map(String.init)),
                ("fallback", fallback?.rawValue),
            ]
            for (option, value) in given {
                guard let value else { continue }
                try plan.set(PipelinePlan.vocabularyName, option, to: value, by: "--\(option) \(value)")
            }
        } catch {
            throw ValidationError(error.description)
        }
        var vocabulary = plan.vocabulary
        vocabulary.includeUnknown = unknown ?? vocabulary.includeUnknown
        try check(vocabulary)
        return (plan.description, vocabulary)
    }

    private func check(_ vocabulary: VocabularyOptions) throws {
        let least = vocabulary.fallback == .bytes ? 257 : 2
        if let size = vocabulary.maximumSize, !(least...Vocabulary.maximumCount).contains(size) {
            throw ValidationError(
                "--max-symbols is \(size); it must be \(least) to \(Vocabulary.maximumCount)"
                    + (least > 2 ? ", as the 256 bytes of --fallback bytes count too" : ""))
        }
        if vocabulary.fallback == .bytes && unknown == .always {
            throw ValidationError(
                "--unknown always and --fallback bytes exclude each other: with the fallback nothing is unknown; leave out one"
            )
        }
    }
}
