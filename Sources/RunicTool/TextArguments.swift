internal import ArgumentParser
internal import Runic

/// How a text is read for training, cut into parts and documents.
struct TextArguments: ParsableArguments {
    @OptionGroup var pipeline: PipelineArguments

    @Option(help: "Symbols seen less often become the unknown symbol.")
    var minCount = 1

    @Option(help: "Whether the vocabulary has a symbol for all others.")
    var unknown: UnknownRule = .always

    @OptionGroup var parts: SplitArguments

    func validate() throws {
        guard minCount >= 1 else { throw ValidationError("--min-count is \(minCount); it must be at least 1") }
    }
}
