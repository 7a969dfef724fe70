internal import ArgumentParser
internal import Runic

/// What texts lie in, for commands that read them with a model.
struct ContainerArguments: ParsableArguments {
    /// Stands for no stage at all.
    static let plain = "plain"

    @Option(
        name: .customLong("stage"),
        help: ArgumentHelp(
            "What the texts lie in: decode:encoding=NAME, fields:OPTIONS, abc, or plain for UTF-8 text. Repeatable. (default: as "
                + "the model's texts, where a file is of that kind, else plain)",
            valueName: "stage"))
    var stages: [String] = []

    func validate() throws { _ = try parsed() }

    /// The stages; nil where none is given.
    func container() throws -> [StageDescription]? { try stages.isEmpty ? nil : parsed() }

    private func parsed() throws -> [StageDescription] {
        guard stages != [Self.plain] else { return [] }
        guard !stages.contains(Self.plain) else {
            throw ValidationError("--stage plain is for texts that lie in nothing; leave out the other --stage")
        }
        do throws(TextError) {
            var found: [StageDescription] = []
            for stage in stages { found.append(try StageDescription(parsing: stage)) }
            _ = try PipelineDescription().replacingContainer(by: found)
            return found
        } catch {
            throw ValidationError(error.description)
        }
    }
}
