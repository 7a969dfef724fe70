internal import ArgumentParser
internal import Runic
internal import RunicTraining

/// How gradients become updates.
struct OptimizerArguments: ParsableArguments {
    @Option(
        help: "The optimizer: \(Defaults.list(OptimizerRegistry().names)).",
        completion: .list(OptimizerRegistry().names))
    var optimizer = Defaults.training.optimizer

    @Option(
        help: """
            Weight decay of the matrices. \(Defaults.preset("\(Defaults.training.decay) for adamw, 0 for the others"))
            """)
    var weightDecay: Double?

    @Option(help: "sgd, nt-asgd, rmsprop: momentum.")
    var momentum = Defaults.training.momentum

    @Option(help: "adamw, adam: decay of the first moment.")
    var beta1 = Defaults.training.beta1

    @Option(help: "adamw, adam: decay of the second moment.")
    var beta2 = Defaults.training.beta2

    @Option(help: "adamw, adam, rmsprop: term added to the divisor.")
    var epsilon = Defaults.training.epsilon

    @Option(help: "rmsprop: decay of the mean square.")
    var alpha = Defaults.training.alpha

    @Option(help: "Largest norm of the gradient.")
    var clip = Defaults.training.clipNorm

    @Option(
        help: ArgumentHelp(
            "Decay of a moving average of the parameters, such as 0.999; validation and archives use the average. "
                + Defaults.preset("none"),
            valueName: "decay"))
    var ema: Double?

    func apply(to settings: inout TrainingSettings) {
        settings.optimizer = optimizer
        settings.weightDecay = weightDecay ?? (optimizer == "adamw" ? settings.weightDecay : nil)
        settings.momentum = momentum
        settings.beta1 = beta1
        settings.beta2 = beta2
        settings.epsilon = epsilon
        settings.alpha = alpha
        settings.clipNorm = clip
        settings.averageDecay = ema ?? (optimizer == "nt-asgd" ? nil : settings.averageDecay)
    }
}
