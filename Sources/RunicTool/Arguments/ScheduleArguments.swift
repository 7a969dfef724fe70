internal import ArgumentParser
internal import Runic
internal import RunicTraining

/// The learning rate over a run.
struct ScheduleArguments: ParsableArguments {
    @Option(help: "The largest learning rate; 3e-3 unless given.")
    var learningRate: Double?

    @Option(help: "Updates over which the learning rate rises.")
    var warmUp = TrainingSettings().warmUp

    @Option(help: "How the learning rate falls: constant, cosine, step, exponential or plateau.")
    var schedule = TrainingSettings().schedule

    @Option(help: "cosine: the last learning rate as a share of the largest.")
    var finalShare = TrainingSettings().finalShare

    @Option(
        help:
            "step, exponential, plateau: what the rate is multiplied with; 0.95 for exponential, else 0.5 unless given."
    )
    var decayFactor: Double?

    @Option(help: "step: epochs between two factors.")
    var decayEpochs = TrainingSettings().decayEpochs

    @Option(help: "exponential: the epoch after which the first factor comes.")
    var decayAfter = TrainingSettings().decayAfter

    @Option(help: "plateau: validations without improvement before the rate falls; nt-asgd: before it averages.")
    var patience = TrainingSettings().patience

    func apply(to settings: inout TrainingSettings) {
        settings.learningRate = learningRate ?? settings.learningRate
        settings.warmUp = warmUp
        settings.schedule = schedule
        settings.finalShare = finalShare
        settings.decayFactor = decayFactor
        settings.decayEpochs = decayEpochs
        settings.decayAfter = decayAfter
        settings.patience = patience
    }
}
