internal import ArgumentParser
internal import Runic
internal import RunicREPL
internal import RunicTraining
internal import RunicDisplay

/// How a text is cut into parts and documents.
struct SplitArguments: ParsableArguments {
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

    func apply(to settings: inout TrainingSettings) {
        settings.split = split ?? settings.split
        settings.splitStreams = splitStreams
        settings.documentSeparator = documentSeparator
    }
}
