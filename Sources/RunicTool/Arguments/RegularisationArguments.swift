internal import ArgumentParser
internal import Runic
internal import RunicTraining

/// Regularisation: options against overfitting.
struct RegularisationArguments: ParsableArguments {
    @Option(
        help:
            "Dropout between layers: probability that an output is dropped. \(Defaults.preset(Defaults.training.dropout))"
    )
    var dropout: Double?

    @Option(help: "Dropout of embeddings: probability that an element is dropped.")
    var embeddingDropout = Defaults.training.embeddingDropout

    @Option(help: "Dropout before the softmax. (default: as --dropout)")
    var outputDropout: Double?

    @Option(help: "Dropout of the hidden state where the recurrent matrix reads it.")
    var recurrentDropout = Defaults.training.recurrentDropout

    @Flag(help: "Variational dropout: one mask for all steps of a pass, on embedding, layers and output.")
    var variational = false

    @Option(
        help:
            "Weight drop: probability that an element of a recurrent matrix is dropped for an update. \(Defaults.preset(Defaults.training.weightDrop))"
    )
    var weightDrop: Double?

    @Option(help: "Zoneout: probability that an element of the hidden state keeps its value.")
    var zoneoutHidden = Defaults.training.zoneoutHidden

    @Option(help: "Zoneout: probability that an element of the cell state keeps its value.")
    var zoneoutCell = Defaults.training.zoneoutCell

    @Option(help: "Weight of a penalty on the mean square of the softmax layer's input.")
    var activationPenalty = Defaults.training.activationPenalty

    @Option(help: "Weight of a penalty on the mean square change of the last hidden state between steps.")
    var temporalPenalty = Defaults.training.temporalPenalty

    @Option(help: "Label smoothing: fraction of each target that is spread over all symbols.")
    var labelSmoothing = Defaults.training.labelSmoothing

    /// The given options that are part of the model: zoneout.
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
