internal import RunicTraining

/// Options for a budget of time, chosen by measurement: `docs/RESULTS.md` has the loss and the minutes of each.
///
/// A preset is a start: any option may be changed afterwards.
public enum TrainingPreset: String, Sendable, CaseIterable {
    /// Seconds: to check that the text is read as intended.
    case tiny
    /// A minute or two: to compare pipelines and settings.
    case small
    /// About ten minutes for a million symbols on two cores: a model to keep.
    case medium
    /// Most of an hour: the same model with more epochs and regularisation.
    case large

    /// The preset's options for some texts.
    public func options(texts: [String]) -> TrainingOptions {
        var options = TrainingOptions(texts: texts)
        var training = TrainingSettings()
        switch self {
        case .tiny:
            (options.cell, options.layers, options.hidden, options.embedding) = ("gru", 1, 128, 64)
            (training.batch, training.sequence, training.epochs, training.learningRate) = (32, 64, 4, 5e-3)
        case .small:
            (options.cell, options.layers, options.hidden, options.embedding) = ("gru", 2, 256, 128)
            (training.batch, training.sequence, training.epochs, training.learningRate) = (32, 100, 7, 4e-3)
            (training.dropout, training.averageDecay) = (0.25, 0.998)
        case .medium:
            (options.cell, options.layers, options.hidden, options.stack.layerNorm) = ("lstm", 2, 512, true)
            (training.batch, training.sequence, training.epochs, training.learningRate) = (32, 128, 9, 3e-3)
            (training.dropout, training.averageDecay) = (0.45, 0.998)
        case .large:
            (options.cell, options.layers, options.hidden, options.stack.layerNorm) = ("lstm", 2, 512, true)
            (training.batch, training.sequence, training.epochs, training.learningRate) = (32, 128, 48, 3e-3)
            (training.dropout, training.weightDrop, training.averageDecay) = (0.5, 0.4, 0.9995)
            training.weightDecay = 0.02
        }
        options.training = training
        return options
    }
}
