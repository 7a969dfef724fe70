public import ArgumentParser
public import Runic
public import RunicEvaluation

extension TextUnit: ExpressibleByArgument {}
extension NormalizationForm: ExpressibleByArgument {}
extension NewlineRule: ExpressibleByArgument {}
extension UnknownRule: ExpressibleByArgument {}
extension ComparisonMatching: ExpressibleByArgument {}

/// How texts become symbols, as options of a command.
struct PipelineArguments: ParsableArguments {
    @Option(help: "What one symbol is.")
    var unit: TextUnit = .grapheme

    @Option(help: "Unicode normalisation.")
    var normalize: NormalizationForm = .nfc

    @Option(help: "Line ends: keep them, or make all of them LF.")
    var newlines: NewlineRule = .keep

    @Flag(help: "Replace invalid bytes by U+FFFD instead of stopping at them.")
    var repair = false

    var description: PipelineDescription {
        PipelineDescription(unit: unit, normalization: normalize, newlines: newlines, repair: repair)
    }
}
