internal import ArgumentParser
internal import Runic
internal import RunicTraining

/// Text, model and training options that `train` and `compare` share.
struct TrainingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A set of defaults: " + Defaults.list(TrainingPreset.allCases.map(\.rawValue))
                + ". From the quickest to the best; other options change them one by one.",
            valueName: "preset"),
        completion: .list(TrainingPreset.allCases.map(\.rawValue)),
        transform: ArgumentValue.preset)
    var preset: TrainingPreset?
    @OptionGroup(title: "Text") var text: TextArguments
    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Training") var run: RunArguments
    @OptionGroup(title: "Learning rate") var schedule: ScheduleArguments
    @OptionGroup(title: "Optimizer") var optimizer: OptimizerArguments
    @OptionGroup(title: "Regularisation") var regularisation: RegularisationArguments

    /// The settings, checked.
    private func settings(from start: TrainingSettings) throws -> TrainingSettings {
        var settings = start
        run.apply(to: &settings)
        schedule.apply(to: &settings)
        optimizer.apply(to: &settings)
        regularisation.apply(to: &settings)
        text.parts.apply(to: &settings)
        do {
            try settings.validate()
        } catch {
            throw ValidationError(error.description)
        }
        return settings
    }

    /// The options of a run, checked.
    ///
    /// - Parameters:
    ///   - cell: the cell's name; nil for the preset's.
    ///   - mayHaveFallback: whether the vocabulary comes from a model that may have a fallback of its own.
    func options(texts: [String], cell: String?, mayHaveFallback: Bool = false) throws -> TrainingOptions {
        var options = preset?.options(texts: texts) ?? TrainingOptions(texts: texts)
        options.fileFilter = text.files.filter.isEmpty ? nil : text.files.filter
        (options.pipeline, options.vocabulary) = try text.plan()
        if text.spell != nil && options.vocabulary.fallback != .bytes && !mayHaveFallback {
            throw ValidationError("--spell needs a vocabulary that can spell; add --fallback bytes")
        }
        options.files = text.joinFiles ? .join : .separate
        options.spelling = text.spell ?? options.spelling
        options.cell = cell ?? options.cell
        try model.apply(to: &options)
        options.training = try settings(from: options.training)
        (options.fitsBatch, options.fitsSequence) = (run.batch == nil, run.sequence == nil)
        do {
            try options.validate()
        } catch {
            throw ValidationError(error.description)
        }
        return options
    }
}
