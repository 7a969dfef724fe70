package import RunicCells
internal import RunicKernels
package import RunicModel
package import RunicSymbols

/// Trains one model on one text: batches, updates, schedule, validation.
///
/// It writes no files and prints nothing: an observer receives progress, log lines and moments to save.
package final class Trainer {
    package let settings: TrainingSettings
    private let held: ModelParameters
    package internal(set) var state: TrainerState
    private let training: SymbolSequence
    private let validation: SymbolSequence
    let batches: ContiguousBatches
    let engine: any TrainingEngine
    private let communicator: any Communicator
    var learningRate: LearningRate
    /// The averaged parameters for validation and archives; nil if the engine keeps no average.
    private let averaged: ModelParameters?
    /// The beginnings of the documents of the training part.
    package let documents: DocumentStarts
    private var plan: EpochPlan
    /// Symbols read since pages were last released.
    private var unreleased = 0
    /// The range of each row's stream that the last update read.
    private(set) var reading = 0..<0
    let scorer: (any ScoringEngine)?
    private let validationStarts: ((Int) -> Bool)?
    private let clock = ContinuousClock()

    /// - Parameters:
    ///   - parameters: initialised; training changes them.
    ///   - split: the text.
    ///   - engines: makes the engine that holds and changes the parameters.
    ///   - meter: measures the phases of every update; nil measures nothing.
    /// - Throws: ``TrainingError``: a setting out of range, a text that is too short, a model that cannot be made.
    package init(
        settings: TrainingSettings, parameters: ModelParameters, split: TextSplit,
        engines: any EngineFactory = HostEngines(), schedules: ScheduleRegistry = ScheduleRegistry(),
        meter: StepMeter? = nil
    ) throws(TrainingError) {
        try settings.validate(optimizers: engines.optimizers, schedules: schedules)
        self.settings = settings
        held = parameters
        training = split.training
        validation = split.validation.prefix(Self.validationSymbols)
        batches = try ContiguousBatches(
            symbols: training.count, batch: settings.batch, sequence: settings.sequence, seed: settings.seed,
            randomLengths: settings.randomLengths)
        plan = batches.plan(epoch: 0)
        validationStarts = DocumentStarts.startsAt(validation, separator: split.separator)
        documents = DocumentStarts(training, separator: split.separator)
        training.releasePages()
        guard split.separator.isEmpty || !documents.positions.isEmpty else {
            throw .option(
                name: "document-separator", value: String(reflecting: settings.documentSeparator ?? ""),
                allowed: "something that occurs in the training part of the text")
        }
        learningRate = try schedules.make(settings)
        communicator = engines.communicator
        engine = try engines.makeEngine(
            EnginePlan(
                parameters: parameters, settings: settings, resets: !documents.positions.isEmpty, meter: meter))
        averaged = engine.keepsAverage ? parameters.copy() : nil
        scorer =
            validation.count < 2
            ? nil
            : try engine.makeScorer(
                ScoringPlan(
                    parameters: averaged ?? parameters, symbols: validation.count,
                    precision: settings.productPrecision, resets: !split.separator.isEmpty))
        state = TrainerState()
        engine.resetState()
    }

    /// The largest number of validation symbols that a validation scores. The final losses of a run are measured elsewhere,
    /// on more symbols.
    private static let validationSymbols = 500_000

    /// The number of symbols of a mapped text that may stay in memory after they are read.
    private static let symbolsInMemory = 8 << 20

    /// Steps of one epoch.
    package var stepsPerEpoch: Int { batches.stepsPerEpoch }
    private var totalSteps: Int? { settings.epochs.map { $0 * batches.stepsPerEpoch } }
    private var symbolsPerStep: Int { settings.batch * settings.sequence }
    private var validateEvery: Int { settings.validateEvery ?? min(max(batches.stepsPerEpoch, 25), 1_000) }
    private var logEvery: Int { min(validateEvery, 50) }

    /// Trains to the end.
    ///
    /// A run depends only on settings and text, and on the clock if its time is limited. It does not depend on when it is
    /// saved, stopped or resumed. A stopped run therefore neither validates nor logs: an uninterrupted run would not do so at
    /// that step.
    ///
    /// - Parameter shouldStop: asked after every update; if true, the run ends cleanly.
    /// - Throws: ``TrainingError``: the run has diverged, or the observer cannot save.
    package func run(observer: (any TrainingObserver)?, shouldStop: () -> Bool) throws(TrainingError) -> TrainingEnd {
        if state.step == 0 { takeSnapshot() }
        let began = clock.now - .seconds(state.seconds)
        while true {
            if let totalSteps, state.step >= totalSteps { return try finish(observer, .finished) }
            if let most = settings.maxSeconds, state.seconds >= most { return try finish(observer, .timeIsUp) }
            if isStalled { return try finish(observer, .noImprovement) }
            let started = clock.now
            let outcome = update()
            state.updates = engine.updates
            state.lastRate = outcome.rate
            state.window.seconds += seconds(clock.now - started)
            state.seconds = seconds(clock.now - began)
            if outcome.norm.isFinite { state.lastNorm = outcome.norm }
            let isFinite = outcome.loss.isFinite && outcome.norm.isFinite
            if isFinite {
                accept(outcome.loss)
            } else {
                try skip(loss: outcome.loss, norm: outcome.norm, observer)
            }
            let validates = state.step % validateEvery == 0
            let logs = state.step % logEvery == 0
            if validates {
                try validate(observer)
            } else if logs && isFinite {
                try observer?.trainer(self, logged: record())
            }
            state.seconds = seconds(clock.now - began)
            if validates || logs, takeSnapshot() { try observer?.trainerCanSave(self) }
            observer?.trainer(self, did: progress)
            if agreed(shouldStop()) {
                gatherAverage()
                return .interrupted
            }
        }
    }

    /// Whether the last validation was one too many without a new best loss. It follows from the steps alone, so that a
    /// resumed run stops where it would have.
    private var isStalled: Bool {
        guard let most = settings.earlyStop, state.step > 0, state.validatedStep == state.step else { return false }
        return (state.step - state.bestStep) / validateEvery >= most
    }

    /// Takes clock and stop from the process of rank 0, so that all follow the same schedule and end at the same step.
    private func agreed(_ stops: Bool) -> Bool {
        guard communicator.count > 1 else { return stops }
        let told = communicator.broadcast([state.seconds, stops ? 1 : 0])
        state.seconds = told[0]
        return told[1] > 0
    }

    private func finish(
        _ observer: (any TrainingObserver)?, _ end: TrainingEnd
    ) throws(TrainingError) -> TrainingEnd {
        if state.validatedStep != state.step { try validate(observer) }
        takeSnapshot()
        return end
    }

    /// The parameters in training. Always the same object, brought up to date by this property.
    package var parameters: ModelParameters {
        engine.read(into: held, averaged: false)
        return held
    }

    /// The parameters for validation and archives: the engine's average if it keeps one, else the parameters in training.
    /// Always the same object, brought up to date by this property.
    package var evaluationParameters: ModelParameters {
        guard let averaged else { return parameters }
        engine.read(into: averaged, averaged: true)
        return averaged
    }

    /// Lets all processes take part in ``evaluationParameters``, so that one of them can then read it alone.
    private func gatherAverage() {
        if communicator.count > 1 { _ = evaluationParameters }
    }

    /// Copies ``evaluationParameters`` into `copy`, which is created if nil.
    package func copyEvaluationParameters(into copy: inout ModelParameters?) {
        if let copy {
            copy.whole.assign(from: evaluationParameters.whole)
        } else {
            copy = evaluationParameters.copy()
        }
    }

    /// Passes a validation loss to engine and schedule.
    private func tellValidation(_ nats: Double) {
        engine.validated(nats)
        learningRate.schedule.validated(nats)
        state.scalarState = engine.scalarState.merging(learningRate.schedule.scalarState) { $1 }
    }

    private func accept(_ loss: Double) {
        state.skippedInRow = 0
        state.hasAccepted = true
        state.window.add(loss)
        state.smoothedLoss = state.smoothedLoss.map { $0 * 0.95 + loss * 0.05 } ?? loss
    }

    /// One update outside a run, for measurements.
    package func advance() { _ = update() }

    /// One update: batch, loss, gradient, clipping, optimizer.
    private func update() -> (loss: Double, norm: Double, rate: Double) {
        let epoch = state.step / batches.stepsPerEpoch
        let stepOfEpoch = state.step % batches.stepsPerEpoch
        if stepOfEpoch == 0 || settings.forgetsState { engine.resetState() }
        if plan.epoch != epoch { plan = batches.plan(epoch: epoch) }
        reading = plan.range(step: stepOfEpoch)
        let base = training.startIndex
        for row in engine.rows {
            let symbols = batches.symbols(row: row, reading: reading)
            engine.setRow(row, symbols: training[(base + symbols.lowerBound)..<(base + symbols.upperBound)])
            documents.forEach(in: symbols.lowerBound..<(symbols.upperBound - 1)) {
                engine.startDocument(row: row, step: $0 - symbols.lowerBound)
            }
        }
        releasePages(read: engine.rows.count * reading.count)
        var keys = SplitMix64(seed: settings.seed, stream: 0xD409_0000_0000 + UInt64(state.step))
        let loss = engine.gradient(key: keys.next())
        let norm = engine.gradientNorm()
        let rate = learningRate.rate(step: state.step, epoch: epoch, progress: fraction) * state.rateFactor
        state.step += 1
        state.symbols += settings.batch * reading.count
        if loss.isFinite && norm.isFinite {
            let scale = Float(min(1, settings.clipNorm / max(norm, 1e-12)))
            engine.update(
                gradientScale: scale,
                // The mean loss of a shorter pass is over fewer symbols, so it moves the parameters by less.
                learningRate: rate * (Double(reading.count) / Double(settings.sequence)))
        } else {
            engine.resetState()
        }
        return (loss, norm, rate)
    }

    /// Releases pages of a mapped text that were read: the streams return to a page only an epoch later.
    private func releasePages(read symbols: Int) {
        unreleased += symbols
        guard unreleased >= Self.symbolsInMemory else { return }
        unreleased = 0
        training.releasePages()
    }

    private func validate(_ observer: (any TrainingObserver)?) throws(TrainingError) {
        var nats: Double?
        if let scorer {
            _ = evaluationParameters
            let (sum, count) = scorer.score(validation, startsAt: validationStarts)
            nats = (sum / Double(count)).isFinite ? sum / Double(count) : nil
            // A validation at the end of a stopped run is not counted: an uninterrupted run has none at that step.
            if state.step % validateEvery == 0 { tellValidation(nats ?? .infinity) }
        }
        gatherAverage()
        try observer?.trainer(self, logged: record(validation: nats))
        state.validation = nats
        state.validatedStep = state.step
        // Without a validation part, the last parameters count as the best.
        if scorer == nil || (nats ?? .infinity) < (state.bestValidation ?? .infinity) {
            state.bestValidation = nats
            state.bestStep = state.step
            state.bestSeconds = state.seconds
            try observer?.trainerImproved(self)
        }
    }

    /// A line for the log; it starts a new window for the next line.
    func record(validation: Double? = nil) -> TrainingRecord {
        let window = state.window
        state.window = LossWindow()
        return TrainingRecord(
            step: state.step, epoch: epoch, symbols: state.symbols, seconds: state.seconds,
            trainNats: window.mean ?? state.smoothedLoss ?? .nan, validationNats: validation,
            learningRate: state.lastRate, gradientNorm: state.lastNorm,
            symbolsPerSecond: window.seconds > 0 ? Double(window.count * symbolsPerStep) / window.seconds : 0)
    }

    private var epoch: Double { Double(state.step) / Double(batches.stepsPerEpoch) }

    private var fraction: Double {
        let bySteps = totalSteps.map { Double(state.step) / Double($0) } ?? 0
        let byTime = settings.maxSeconds.map { state.seconds / $0 } ?? 0
        return min(max(bySteps, byTime), 1)
    }

    private var progress: TrainingProgress {
        let speed = Double(state.symbols) / max(state.seconds, 1e-9)
        let left = fraction > 0 ? state.seconds * (1 - fraction) / fraction : 0
        return TrainingProgress(
            step: state.step, epoch: epoch, symbols: state.symbols, seconds: state.seconds,
            trainNats: state.smoothedLoss ?? .nan, validationNats: state.validation,
            bestValidationNats: state.bestValidation, learningRate: state.lastRate, symbolsPerSecond: speed,
            fraction: fraction, secondsLeft: left)
    }

    private func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
