internal import ArgumentParser
internal import Runic
internal import RunicTraining

/// How gradients become updates.
struct OptimizerArguments: ParsableArguments {
    @Option(help: "The optimizer: adamw, adam, sgd, rmsprop or nt-asgd.")
    var optimizer = TrainingSettings().optimizer

    @Option(help: "Decay of matrices; 0.01 for adamw, 0 for the others unless given.")
    var weightDecay: Double?

    @Option(help: "Momentum of sgd, nt-asgd and rmsprop.")
    var momentum = TrainingSettings().momentum

    @Option(help: "How much of the first moment an update keeps: adamw, adam.")
    var beta1 = TrainingSettings().beta1

    @Option(help: "How much of the second moment an update keeps: adamw, adam.")
    var beta2 = TrainingSettings().beta2

    @Option(help: "What is added to the divisor: adamw, adam, rmsprop.")
    var epsilon = TrainingSettings().epsilon

    @Option(help: "How much of the mean square an update keeps: rmsprop.")
    var alpha = TrainingSettings().alpha

    @Option(help: "Largest norm of the gradient.")
    var clip = TrainingSettings().clipNorm

    @Option(
        help: ArgumentHelp(
            "Validate and save a moving average of the parameters with this decay, such as 0.999.",
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
