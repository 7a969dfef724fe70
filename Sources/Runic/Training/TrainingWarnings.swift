internal import Foundation
internal import RunicCells
internal import RunicDisplay
internal import RunicFiles
internal import RunicModel
internal import RunicText
internal import RunicTraining
internal import RunicSymbols

/// What a user should know of a run before it begins, as lines. None of it stops the run.
struct TrainingWarnings {
    let options: TrainingOptions
    let split: TextSplit
    /// Updates per pass over the training part.
    let stepsPerEpoch: Int

    /// Fewest symbols of a validation part whose loss says which model is better.
    static let fewestSymbols = 300

    /// All warnings that apply.
    var lines: [String] {
        parts + warmUp
            + Self.unused(options).map { "--\($0.option) has no effect: \($0.reason)" }
            + patience
    }

    private var parts: [String] {
        let count = split.validation.count
        if count == 0 {
            return [
                "no text is left for validation, so the best model is the last one; --split 0.9,0.05,0.05 leaves some"
            ]
        }
        if count == 1 {
            return [
                "the validation part has one symbol, and the first of a text is never predicted: there is no validation, and "
                    + "the best model is the last one"
            ]
        }
        guard count < Self.fewestSymbols else { return [] }
        return [
            "the validation part has only \(count) symbols, so its loss is a rough guess at which model is best; give more "
                + "text, or a larger part with --split"
        ]
    }

    private var warmUp: [String] {
        guard let epochs = options.training.epochs, options.training.warmUp > epochs * stepsPerEpoch else { return [] }
        return [
            "the warm-up of \(options.training.warmUp) updates is longer than the run of \(epochs * stepsPerEpoch): "
                + "the learning rate never rises to \(options.training.learningRate); give more --epochs, or a smaller --warm-up"
        ]
    }

    private var patience: [String] {
        let training = options.training
        guard training.schedule == "plateau", let most = training.earlyStop, most <= training.patience else {
            return []
        }
        return [
            "--early-stop \(most) ends the run before --patience \(training.patience) lowers the learning rate; make it larger"
        ]
    }
}

extension TrainingWarnings {
    /// Settings that are not at their defaults and change nothing, with the reason.
    static func unused(_ options: TrainingOptions) -> [(option: String, reason: String)] {
        let (training, plain) = (options.training, TrainingSettings())
        let layers = options.finetuning?.configuration.layers ?? options.layers
        var found: [(String, String)] = []
        func note(_ option: String, _ isSet: Bool, unless isUsed: Bool, _ reason: String) {
            if isSet && !isUsed { found.append((option, reason)) }
        }
        if options.finetuning == nil { found += options.stack.unused(layers: layers) }
        note(
            "dropout", training.dropout > 0, unless: layers > 1 || (training.outputDropout ?? 1) > 0,
            "there are no two layers for it to be between, and --output-dropout is 0")
        note(
            "variational", training.variational,
            unless: training.embeddingDropout > 0 || training.dropout > 0 || (training.outputDropout ?? 0) > 0,
            "there is no dropout of embedding, layers or output for it")
        note(
            "zoneout-cell", training.zoneoutCell > 0, unless: hasCellState(options),
            "the cell \(options.cell) has no cell state")
        let (schedule, optimizer) = (training.schedule, training.optimizer)
        func scheduled(_ names: String...) -> Bool { names.contains(schedule) }
        func optimized(_ names: String...) -> Bool { names.contains(optimizer) }
        note(
            "decay-factor", training.decayFactor != nil, unless: scheduled("step", "exponential", "plateau"),
            "the schedule is \(schedule)")
        note(
            "final-share", training.finalShare != plain.finalShare, unless: scheduled("cosine"),
            "the schedule is \(schedule)")
        note(
            "decay-epochs", training.decayEpochs != plain.decayEpochs, unless: scheduled("step"),
            "the schedule is \(schedule)")
        note(
            "decay-after", training.decayAfter != plain.decayAfter, unless: scheduled("exponential"),
            "the schedule is \(schedule)")
        note(
            "patience", training.patience != plain.patience, unless: scheduled("plateau") || optimized("nt-asgd"),
            "it belongs to --schedule plateau and --optimizer nt-asgd; to end a run that no longer improves, use "
                + "--early-stop \(training.patience)")
        note(
            "momentum", training.momentum != plain.momentum, unless: optimized("sgd", "nt-asgd", "rmsprop"),
            "the optimizer is \(optimizer)")
        for (name, isSet) in [("beta1", training.beta1 != plain.beta1), ("beta2", training.beta2 != plain.beta2)] {
            note(name, isSet, unless: optimized("adamw", "adam"), "the optimizer is \(optimizer)")
        }
        note(
            "epsilon", training.epsilon != plain.epsilon, unless: optimized("adamw", "adam", "rmsprop"),
            "the optimizer is \(optimizer)")
        note(
            "alpha", training.alpha != plain.alpha, unless: optimized("rmsprop"), "the optimizer is \(optimizer)")
        return found
    }

    /// Whether the cell has a state in addition to h, which `--zoneout-cell` keeps; true if that is not known.
    private static func hasCellState(_ options: TrainingOptions) -> Bool {
        let configuration = options.configuration(vocabularySize: 2)
        guard let shape = try? ModelParameters.shape(of: configuration) else { return true }
        return shape.auxiliarySize > 0
    }
}

extension TrainingOptions {
    /// Gives a text that is too short smaller batches, as far as ``fitsBatch`` and ``fitsSequence`` allow.
    ///
    /// - Returns: a line that says so; nil if the text is long enough.
    mutating func fit(_ split: TextSplit) -> String? {
        let before = training
        guard training.fit(symbols: split.training.count, batch: fitsBatch, sequence: fitsSequence) else { return nil }
        return "the text is short: batches of \(training.batch) × \(training.sequence) symbols instead of "
            + "\(before.batch) × \(before.sequence)"
    }

    /// The texts that cannot be read a second time, such as standard input and pipes.
    var unrepeatableTexts: [String] {
        texts.filter { $0 == TextFile.standardInputPath || FilePath.kind($0) == .other }
    }

    /// The line that says how such a run is resumed; nil if all texts can be read again.
    func resumeWarning(run: String) -> String? {
        guard let text = unrepeatableTexts.first else { return nil }
        let name = text == TextFile.standardInputPath ? "standard input" : text
        return "\(name) cannot be read again: to resume this run, save the text in a file and name it: "
            + "runic train TEXT... --resume \(run.shellPath)"
    }
}

extension TrainingWarnings {
    /// The line that says what a loss means if it is no better than that of guessing; nil if it is.
    ///
    /// - Parameters:
    ///   - nats: a loss in nats per symbol.
    ///   - part: the part of the text that it is of.
    ///   - vocabularySize: V.
    static func guessing(_ nats: Double?, part: String, vocabularySize: Int) -> String? {
        let uniform = log(Double(vocabularySize))
        guard let nats, nats > uniform else { return nil }
        return "the \(part) loss of \(NumberFormat.nats(nats)) is worse than the \(NumberFormat.nats(uniform)) of "
            + "guessing all symbols alike (ln \(vocabularySize)): train longer, give more text, or change --learning-rate"
    }
}
