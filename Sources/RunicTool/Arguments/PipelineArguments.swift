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
    @Option(help: "What one symbol is; grapheme unless given.")
    var unit: TextUnit?

    @Option(help: "Unicode normalisation; nfc unless given.")
    var normalize: NormalizationForm?

    @Option(help: "Line ends: keep them, or make all of them LF; keep unless given.")
    var newlines: NewlineRule?

    @Flag(help: "Replace invalid bytes by U+FFFD instead of stopping at them.")
    var repair = false

    @Option(
        name: .customLong("stage"),
        help: ArgumentHelp(
            "A stage such as strip:what=markup or fields:column=Q+A, before normalize; decode, newlines, normalize, segment "
                + "and vocabulary change in place. Repeatable; runic text --stages lists all.", valueName: "stage"))
    var stages: [String] = []

    @Option(
        name: .customLong("pipeline"),
        help: ArgumentHelp("A JSON file with the list of stages, as an archive has it.", valueName: "file"))
    var file: String?

    /// The pipeline, and what is asked of the vocabulary.
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
                try plan.apply(StageDescription(parsing: stage), by: "--stage \(stage)")
            }
            try check(plan.description)
        } catch {
            throw ValidationError(error.description)
        }
        return plan
    }

    /// Refuses stages and options that there are not; one that a plugin may bring is looked for when that is loaded.
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
            throw ValidationError("--pipeline is -; name a file, standard input is for texts")
        }
        let others = given.filter { $0 != "--stage" && $0 != "--pipeline" }
        guard others.isEmpty else {
            throw ValidationError(
                "--pipeline has all stages; leave out \(others.joined(separator: ", ")), or change them with --stage")
        }
        do throws(RunicError) {
            return try PipelineDescription(contentsOf: file)
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// The options that are given and that a model's own pipeline leaves no room for.
    var given: [String] {
        [
            ("--unit", unit != nil), ("--normalize", normalize != nil), ("--newlines", newlines != nil),
            ("--stage", !stages.isEmpty), ("--pipeline", file != nil),
        ].filter(\.1).map(\.0)
    }
}
