internal import ArgumentParser
internal import Runic

/// How a text is read for training, cut into parts and documents.
struct TextArguments: ParsableArguments {
    @OptionGroup var pipeline: PipelineArguments

    @Option(help: "Symbols seen less often are left out of the vocabulary; 1 unless given.")
    var minCount: Int?

    @Option(
        help: ArgumentHelp(
            "The most symbols of the vocabulary, everything included; the most frequent stay.", valueName: "symbols"))
    var maxSymbols: Int?

    @Option(
        help: ArgumentHelp(
            "What stands for symbols that are left out: the unknown symbol, or code points and bytes that spell them, "
                + "so that nothing is lost; unknown unless given."))
    var fallback: VocabularyFallback?

    @Option(
        help: ArgumentHelp(
            "With --fallback bytes, about how often each symbol of the vocabulary is spelled in training nevertheless, "
                + "so that spelling is learnt; 2 unless given, 0: never.",
            valueName: "times"))
    var spell: Double?

    @Option(help: "Whether the vocabulary has a symbol for all others; always unless given or with --fallback bytes.")
    var unknown: UnknownRule?

    @OptionGroup var parts: SplitArguments

    func validate() throws {
        if let minCount, minCount < 1 {
            throw ValidationError("--min-count is \(minCount); it must be at least 1")
        }
        if let maxSymbols, !(2...Vocabulary.maximumCount).contains(maxSymbols) {
            throw ValidationError("--max-symbols is \(maxSymbols); it must be 2 to \(Vocabulary.maximumCount)")
        }
    }

    /// The pipeline, and which symbols the vocabulary takes.
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
        vocabulary.includeUnknown = unknown ?? .always
        try check(vocabulary)
        return (plan.description, vocabulary)
    }

    private func check(_ vocabulary: VocabularyOptions) throws {
        let least = vocabulary.fallback == .bytes ? 257 : 2
        if let size = vocabulary.maximumSize, !(least...Vocabulary.maximumCount).contains(size) {
            throw ValidationError(
                "--max-symbols is \(size); it must be \(least) to \(Vocabulary.maximumCount)"
                    + (least > 2 ? ", since the 256 bytes of --fallback bytes count too" : ""))
        }
        if vocabulary.fallback == .bytes && unknown == .always {
            throw ValidationError(
                "--unknown always has no place beside --fallback bytes, with which nothing is unknown; leave out one")
        }
    }
}
