internal import ArgumentParser
internal import Runic
internal import RunicTraining

/// What keeps a model from learning its text by heart.
struct RegularisationArguments: ParsableArguments {
    @Option(help: "Chance that an output of a layer is dropped in training.")
    var dropout: Double?

    @Option(help: "Chance that an element of an embedding is dropped.")
    var embeddingDropout = 0.0

    @Option(help: "Chance that an output of the last layer is dropped before the softmax; --dropout unless given.")
    var outputDropout: Double?

    @Option(help: "Chance that an element of the hidden state is dropped where the recurrent matrix reads it.")
    var recurrentDropout = 0.0

    @Flag(help: "Keep the masks of the dropout on embedding, layers and output over the time of a pass.")
    var variational = false

    @Option(help: "Chance that an element of a recurrent matrix is dropped for an update.")
    var weightDrop: Double?

    @Option(help: "Chance that an element of the hidden state stays as it was.")
    var zoneoutHidden = 0.0

    @Option(help: "Chance that an element of the cell state stays as it was.")
    var zoneoutCell = 0.0

    @Option(help: "Weight of the mean square of what the softmax layer reads.")
    var activationPenalty = 0.0

    @Option(help: "Weight of the mean square of what the last layer's hidden state changes by in a step.")
    var temporalPenalty = 0.0

    @Option(help: "Share of the targets that is spread over all symbols.")
    var labelSmoothing = 0.0

    /// The options of the model's own noise that are given.
    var given: [String] {
        [("--zoneout-hidden", zoneoutHidden), ("--zoneout-cell", zoneoutCell)].filter { $0.1 > 0 }.map(\.0)
    }

    func apply(to settings: inout TrainingSettings) {
        settings.dropout = dropout ?? settings.dropout
        settings.embeddingDropout = embeddingDropout
        settings.outputDropout = outputDropout
        settings.recurrentDropout = recurrentDropout
        settings.variational = variational
        settings.weightDrop = weightDrop ?? settings.weightDrop
        settings.zoneoutHidden = zoneoutHidden
        settings.zoneoutCell = zoneoutCell
        settings.activationPenalty = activationPenalty
        settings.temporalPenalty = temporalPenalty
        settings.labelSmoothing = labelSmoothing
    }
}
