public import ArgumentParser
public import Runic
public import RunicEvaluation

extension TextUnit: ExpressibleByArgument {}
extension NormalizationForm: ExpressibleByArgument {}
extension NewlineRule: ExpressibleByArgument {}
extension VocabularyFallback: ExpressibleByArgument {}
extension UnknownRule: ExpressibleByArgument {}
extension ComparisonMatching: ExpressibleByArgument {}

/// How texts become symbols, as options of a command.
struct PipelineArguments: ParsableArguments {
    @Option(help: "What one symbol is; grapheme unless given.")
    var unit: TextUnit?

    @Option(help: "Unicode normalisation; nfc unless given.")
    var normalize: NormalizationForm?

    @Option(help: "Line ends: keep them, or make all of them LF; keep unless given.")
    var newlines: NewlineRule?

    @Flag(help: "Replace invalid bytes by U+FFFD instead of stopping at them.")
    var repair = false

    var description: PipelineDescription {
        PipelineDescription(
            unit: unit ?? .grapheme, normalization: normalize ?? .nfc, newlines: newlines ?? .keep, repair: repair)
    }

    /// The options that are given and that a model's own pipeline leaves no room for.
    var given: [String] {
        [("--unit", unit != nil), ("--normalize", normalize != nil), ("--newlines", newlines != nil)]
            .filter(\.1).map(\.0)
    }
}
