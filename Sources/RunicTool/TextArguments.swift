internal import ArgumentParser
internal import Runic
internal import RunicREPL

/// How a text is read for training, cut into parts and documents.
struct TextArguments: ParsableArguments {
    @OptionGroup var pipeline: PipelineArguments

    @Option(help: "Symbols seen less often are left out of the vocabulary.")
    var minCount = 1

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
        guard minCount >= 1 else { throw ValidationError("--min-count is \(minCount); it must be at least 1") }
        let least = fallback == .bytes ? 257 : 2
        if let maxSymbols, !(least...Vocabulary.maximumCount).contains(maxSymbols) {
            throw ValidationError(
                "--max-symbols is \(maxSymbols); it must be \(least) to \(Vocabulary.maximumCount)"
                    + (least > 2 ? ", since the 256 bytes of --fallback bytes count too" : ""))
        }
        if fallback == .bytes && unknown == .always {
            throw ValidationError(
                "--unknown always has no place beside --fallback bytes, with which nothing is unknown; leave out one")
        }
    }

    /// Which symbols the vocabulary takes.
    var vocabulary: VocabularyOptions {
        VocabularyOptions(
            minimumCount: minCount, maximumSize: maxSymbols, fallback: fallback ?? .unknown,
            includeUnknown: unknown ?? .always)
    }
}
