public import ArgumentParser
public import Runic
internal import RunicComparison

extension TextUnit: ExpressibleByArgument {}
extension NormalizationForm: ExpressibleByArgument {}
extension NewlineRule: ExpressibleByArgument {}
extension VocabularyFallback: ExpressibleByArgument {}
extension UnknownRule: ExpressibleByArgument {}
extension ComparisonMatching: ExpressibleByArgument {}

/// How texts become symbols, as options of a command.
struct PipelineArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What one symbol is. With byte, files of any kind are read as they are, unless an option or a stage needs text. "
                + "(default: \(TextUnit.grapheme.rawValue))"))
    var unit: TextUnit?

    @Option(
        help:
            "Unicode normalisation. (default: \(NormalizationForm.nfc.rawValue); with --unit byte: \(NormalizationForm.none.rawValue))"
    )
    var normalize: NormalizationForm?

    @Option(
        help:
            "Line ends: kept, or all made LF. (default: \(NewlineRule.lf.rawValue); with --unit byte: \(NewlineRule.keep.rawValue))"
    )
    var newlines: NewlineRule?

    @Flag(help: "Replace invalid bytes with U+FFFD instead of stopping.")
    var repair = false

    @Option(
        name: .customLong("stage"),
        help: ArgumentHelp(
            "Add a stage, such as strip:what=markup or fields:column=Q+A. It comes before normalize; decode, newlines, "
                + "normalize, segment and vocabulary change in place. Repeatable; runic text --stages lists all stages.",
            valueName: "stage"),
        completion: .list(StageRegistry.builtIn.summaries.map(\.name)))
    var stages: [String] = []

    @Option(
        name: .customLong("pipeline"),
        help: ArgumentHelp("Read the stages from a JSON file: a list as in an archive.", valueName: "file"),
        completion: .file())
    var file: String?

    @Flag(help: TypedText.switchHelp)
    var noEscape = false

    /// The pipeline, and the options of the vocabulary.
    ///
    /// - Throws: `ValidationError`.
    func plan() throws -> PipelinePlan {
        var plan = PipelinePlan(try start())
        do throws(TextError) {
            if let unit { try plan.set("segment", "unit", to: unit.rawValue, by: "--unit \(unit.rawValue)") }
            if let normalize {
                try plan.set("normalize", "form", to: normalize.rawValue, by: "--normalize \(normalize.rawValue)")
            }
            if let newlines {
                try plan.set("newlines", "to", to: newlines.rawValue, by: "--newlines \(newlines.rawValue)")
            }
            if repair { try plan.set("decode", "errors", to: "replace", by: "--repair") }
            for stage in stages {
                var description = try StageDescription(parsing: stage)
                if noEscape { description.escapeTexts() }
                try plan.apply(description, by: "--stage \(stage)")
            }
            if file == nil { plan.readBytesIfPossible() }
            try check(plan.description)
        } catch {
            throw ValidationError(error.description)
        }
        return plan
    }

    /// Refuses unknown stages and options. A stage that a plugin may bring is checked once the plugin is loaded.
    private func check(_ description: PipelineDescription) throws(TextError) {
        do throws(TextError) {
            _ = try TextPipeline(description)
        } catch {
            guard case .unknownStage = error, PluginArguments.areGiven else { throw error }
        }
    }

    /// The pipeline before any option changes it.
    private func start() throws -> PipelineDescription {
        guard let file else { return PipelineDescription() }
        guard file != TextFile.standardInputPath else {
            throw ValidationError("--pipeline is -; name a file: standard input is for texts")
        }
        let others = given.filter { $0 != "--stage" && $0 != "--pipeline" }
        guard others.isEmpty else {
            throw ValidationError(
                "--pipeline lists all stages; leave out \(others.joined(separator: ", ")), or change them with --stage")
        }
        do throws(RunicError) {
            return try PipelineDescription(contentsOf: file)
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// The given options that conflict with a model's own pipeline.
    var given: [String] {
        [
            ("--unit", unit != nil), ("--normalize", normalize != nil), ("--newlines", newlines != nil),
            ("--stage", !stages.isEmpty), ("--pipeline", file != nil),
        ].filter(\.1).map(\.0)
    }
}
