internal import RunicCells
internal import RunicKernels
internal import RunicModel
internal import RunicTraining
internal import RunicSymbols

/// Training of a fresh model on random symbols, for measurements.
enum RandomTraining {
    /// - Throws: ``RunicError`` for a model or settings out of range.
    static func trainer(
        _ configuration: ModelConfiguration, settings: TrainingSettings, meter: StepMeter? = nil
    ) throws(RunicError) -> Trainer {
        var limited = settings
        limited.epochs = 1_000_000
        do {
            try limited.validate()
            let parameters = try ModelParameters(configuration: configuration)
            var generator = SplitMix64(seed: 1)
            let text = (0..<(settings.batch * (2 * settings.sequence + 1))).map { _ in
                UInt16(generator.next() % UInt64(configuration.vocabularySize))
            }
            parameters.initialise(seed: 1)
            return try Trainer(
                settings: limited, parameters: parameters,
                split: TextSplit(SymbolSequence(text), fractions: [1, 0, 0]),
                meter: meter)
        } catch {
            throw RunicError(wrapping: error)
        }
    }
}
