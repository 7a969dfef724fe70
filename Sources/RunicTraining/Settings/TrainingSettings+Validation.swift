internal import RunicKernels

extension TrainingSettings {
    /// Checks every value.
    ///
    /// - Throws: ``TrainingError/option(name:value:allowed:)`` for the first that is out of range.
    public func validate() throws(TrainingError) { try validate(optimizers: OptimizerRegistry().names) }

    /// The same with other optimizers, by name, and other schedules.
    package func validate(
        optimizers: [String], schedules: ScheduleRegistry = ScheduleRegistry()
    ) throws(TrainingError) {
        try validateRun()
        try validateRate(schedules)
        try validateUpdate(optimizers)
        try validateNoise()
    }

    private func check(
        _ name: String, _ value: some CustomStringConvertible, _ good: Bool, _ allowed: String
    ) throws(TrainingError) {
        guard good else { throw .option(name: name, value: value.description, allowed: allowed) }
    }

    /// Checks a probability below 1.
    private func check(_ name: String, probability: Double) throws(TrainingError) {
        try check(name, probability, (0..<1).contains(probability), "at least 0, below 1")
    }

    private func validateRun() throws(TrainingError) {
        try check("batch", batch, (1...65_536).contains(batch), "1 to 65536")
        try check("sequence", sequence, (1...65_536).contains(sequence), "1 to 65536")
        if let epochs { try check("epochs", epochs, (1...1_000_000).contains(epochs), "1 to 1000000") }
        if let maxSeconds {
            try check("max-time", maxSeconds, maxSeconds > 0 && maxSeconds.isFinite, "above 0 seconds")
        }
        try check("epochs", "none", epochs != nil || maxSeconds != nil, "a number, or a --max-time")
        try check(
            "precision", precision, Precision.forTraining.contains { $0.rawValue == precision },
            Precision.forTraining.map(\.rawValue).joined(separator: ", "))
        try check("threads", threads, (1...1_024).contains(threads), "1 to 1024")
        if let validateEvery { try check("validate-every", validateEvery, validateEvery > 0, "above 0") }
        if let earlyStop {
            try check("early-stop", earlyStop, (1...1_000_000).contains(earlyStop), "1 to 1000000")
        }
        let good =
            split.count == 3 && split.allSatisfy { $0 >= 0 && $0 <= 1 } && abs(split.reduce(0, +) - 1) < 1e-6
            && split[0] > 0
        try check(
            "split", split.map(\.description).joined(separator: ","), good,
            "three fractions that add up to 1, such as 0.9,0.05,0.05")
        if let earlyStop, good {
            try check(
                "early-stop", earlyStop, split[1] > 0, "left out if --split leaves nothing for validation")
        }
        if let splitStreams {
            try check("split-streams", splitStreams, (1...100_000).contains(splitStreams), "1 to 100000")
        }
        if let documentSeparator {
            try check("document-separator", "empty", !documentSeparator.isEmpty, "one symbol or more")
        }
    }

    private func validateRate(_ schedules: ScheduleRegistry) throws(TrainingError) {
        try check("learning-rate", learningRate, learningRate > 0 && learningRate <= 100, "above 0, at most 100")
        try check("warm-up", warmUp, (0...1_000_000).contains(warmUp), "0 to 1000000")
        try check("schedule", schedule, schedules.names.contains(schedule), schedules.names.joined(separator: ", "))
        try check("final-share", finalShare, (0...1).contains(finalShare), "0 to 1")
        if let decayFactor {
            try check("decay-factor", decayFactor, decayFactor > 0 && decayFactor <= 1, "above 0, at most 1")
        }
        try check("decay-epochs", decayEpochs, (1...1_000_000).contains(decayEpochs), "1 to 1000000")
        try check("decay-after", decayAfter, (0...1_000_000).contains(decayAfter), "0 to 1000000")
        try check("patience", patience, (1...1_000_000).contains(patience), "1 to 1000000")
        try check(
            "schedule", schedule, schedule != "plateau" || split[1] > 0,
            "another one if --split leaves nothing for validation")
    }

    private func validateUpdate(_ optimizers: [String]) throws(TrainingError) {
        try check(
            "optimizer", optimizer, optimizers.contains(optimizer), optimizers.joined(separator: ", "))
        if let weightDecay { try check("weight-decay", weightDecay, (0...1).contains(weightDecay), "0 to 1") }
        try check("momentum", probability: momentum)
        try check("beta1", probability: beta1)
        try check("beta2", probability: beta2)
        try check("epsilon", epsilon, epsilon > 0 && epsilon <= 1, "above 0, at most 1")
        try check("alpha", probability: alpha)
        try check("clip", clipNorm, clipNorm > 0 && clipNorm.isFinite, "above 0")
        if let averageDecay {
            try check("ema", averageDecay, averageDecay > 0 && averageDecay < 1, "above 0, below 1")
            try check("ema", averageDecay, optimizer != "nt-asgd", "omitted with nt-asgd, which keeps its own average")
        }
        try check(
            "optimizer", optimizer, optimizer != "nt-asgd" || split[1] > 0,
            "another one if --split leaves nothing for validation")
    }

    private func validateNoise() throws(TrainingError) {
        try check("embedding-dropout", probability: embeddingDropout)
        try check("dropout", probability: dropout)
        if let outputDropout { try check("output-dropout", probability: outputDropout) }
        try check("recurrent-dropout", probability: recurrentDropout)
        try check("weight-drop", probability: weightDrop)
        try check("zoneout-hidden", probability: zoneoutHidden)
        try check("zoneout-cell", probability: zoneoutCell)
        for (name, penalty) in [
            ("activation-penalty", activationPenalty), ("temporal-penalty", temporalPenalty),
        ] { try check(name, penalty, (0...1_000).contains(penalty), "0 to 1000") }
        try check("label-smoothing", probability: labelSmoothing)
    }
}
