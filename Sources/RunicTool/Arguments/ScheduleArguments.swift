internal import ArgumentParser
internal import Runic
internal import RunicTraining

/// The learning rate over a run.
struct ScheduleArguments: ParsableArguments {
    @Option(help: "The largest learning rate. \(Defaults.preset(Defaults.training.learningRate))")
    var learningRate: Double?

    @Option(help: "Updates over which the learning rate rises to its largest value.")
    var warmUp = Defaults.training.warmUp

    @Option(
        help: "How the learning rate falls: \(Defaults.list(ScheduleRegistry().names)).",
        completion: .list(ScheduleRegistry().names))
    var schedule = Defaults.training.schedule

    @Option(help: "cosine: the last learning rate, as a fraction of the largest.")
    var finalShare = Defaults.training.finalShare

    @Option(
        help: """
            step, exponential, plateau: factor by which the rate falls. (default: \
            \(ScheduleRegistry.exponentialFactor) for exponential, \(ScheduleRegistry.stepFactor) for the others)
            """)
    var decayFactor: Double?

    @Option(help: "step: epochs between two falls.")
    var decayEpochs = Defaults.training.decayEpochs

    @Option(help: "exponential: epochs before the first fall.")
    var decayAfter = Defaults.training.decayAfter

    @Option(
        help: """
            Validations without improvement before plateau lowers the rate, or nt-asgd starts to average.
            """)
    var patience = Defaults.training.patience

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
