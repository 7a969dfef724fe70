internal import ArgumentParser
internal import Runic
internal import RunicTraining

/// How a text is split into parts and documents.
struct SplitArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Fractions of the text for training, validation and test, in file order. (default: "
                + Defaults.training.split.map { "\($0)" }.joined(separator: ",") + ")",
            valueName: "fractions"),
        transform: ArgumentValue.fractions)
    var split: [Double]?

    @Option(
        help: ArgumentHelp(
            "Divide the text into this many streams first and split each of them. (default: 1)",
            valueName: "streams"))
    var splitStreams: Int?

    @Option(
        help: ArgumentHelp(
            #"The text between two documents, such as \n\n, where the state is reset. "#
                + "Without it, training reads the text as one document.",
            valueName: "text"),
        transform: TypedText.argument)
    var documentSeparator: String?

    func apply(to settings: inout TrainingSettings) {
        settings.split = split ?? settings.split
        settings.splitStreams = splitStreams
        settings.documentSeparator = documentSeparator
    }
}
