import Foundation
import RunicTraining
import RunicSymbols
import Testing

@Suite struct TrainingSettingsTests {
    struct Change: Sendable, CustomTestStringConvertible {
        var option: String
        var value: String
        var change: @Sendable (inout TrainingSettings) -> Void
        var testDescription: String { "\(option) \(value)" }

        init(_ option: String, _ value: String, _ change: @escaping @Sendable (inout TrainingSettings) -> Void) {
            (self.option, self.value, self.change) = (option, value, change)
        }
    }

    static let bad: [Change] = [
        Change("batch", "0") { $0.batch = 0 },
        Change("batch", "65537") { $0.batch = 65_537 },
        Change("sequence", "-1") { $0.sequence = -1 },
        Change("epochs", "0") { $0.epochs = 0 },
        Change("epochs", "none") { $0.epochs = nil },
        Change("max-time", "0.0") { $0.maxSeconds = 0 },
        Change("max-time", "inf") { $0.maxSeconds = .infinity },
        Change("learning-rate", "0.0") { $0.learningRate = 0 },
        Change("learning-rate", "nan") { $0.learningRate = .nan },
        Change("learning-rate", "101.0") { $0.learningRate = 101 },
        Change("warm-up", "-1") { $0.warmUp = -1 },
        Change("final-share", "1.5") { $0.finalShare = 1.5 },
        Change("schedule", "linear") { $0.schedule = "linear" },
        Change("schedule", "plateau") { ($0.schedule, $0.split) = ("plateau", [0.9, 0, 0.1]) },
        Change("decay-factor", "0.0") { $0.decayFactor = 0 },
        Change("decay-factor", "1.1") { $0.decayFactor = 1.1 },
        Change("decay-epochs", "0") { $0.decayEpochs = 0 },
        Change("decay-after", "-1") { $0.decayAfter = -1 },
        Change("patience", "0") { $0.patience = 0 },
        Change("early-stop", "0") { $0.earlyStop = 0 },
        Change("early-stop", "3") { ($0.earlyStop, $0.split) = (3, [0.9, 0, 0.1]) },
        Change("optimizer", "sgdd") { $0.optimizer = "sgdd" },
        Change("optimizer", "nt-asgd") { ($0.optimizer, $0.split) = ("nt-asgd", [0.9, 0, 0.1]) },
        Change("weight-decay", "-0.1") { $0.weightDecay = -0.1 },
        Change("momentum", "1.0") { $0.momentum = 1 },
        Change("beta1", "-0.1") { $0.beta1 = -0.1 },
        Change("beta2", "1.0") { $0.beta2 = 1 },
        Change("epsilon", "0.0") { $0.epsilon = 0 },
        Change("alpha", "nan") { $0.alpha = .nan },
        Change("ema", "1.0") { $0.averageDecay = 1 },
        Change("ema", "0.0") { $0.averageDecay = 0 },
        Change("ema", "0.9") { ($0.optimizer, $0.averageDecay) = ("nt-asgd", 0.9) },
        Change("clip", "0.0") { $0.clipNorm = 0 },
        Change("clip", "inf") { $0.clipNorm = .infinity },
        Change("dropout", "1.0") { $0.dropout = 1 },
        Change("dropout", "-0.1") { $0.dropout = -0.1 },
        Change("embedding-dropout", "1.0") { $0.embeddingDropout = 1 },
        Change("output-dropout", "nan") { $0.outputDropout = .nan },
        Change("recurrent-dropout", "1.0") { $0.recurrentDropout = 1 },
        Change("weight-drop", "-0.5") { $0.weightDrop = -0.5 },
        Change("zoneout-hidden", "1.0") { $0.zoneoutHidden = 1 },
        Change("zoneout-cell", "1.0") { $0.zoneoutCell = 1 },
        Change("activation-penalty", "-1.0") { $0.activationPenalty = -1 },
        Change("temporal-penalty", "inf") { $0.temporalPenalty = .infinity },
        Change("label-smoothing", "1.0") { $0.labelSmoothing = 1 },
        Change("split-streams", "0") { $0.splitStreams = 0 },
        Change("document-separator", "empty") { $0.documentSeparator = "" },
        Change("precision", "f64") { $0.precision = "f64" },
        Change("threads", "0") { $0.threads = 0 },
        Change("validate-every", "0") { $0.validateEvery = 0 },
        Change("split", "0.9,0.2,0.0") { $0.split = [0.9, 0.2, 0] },
        Change("split", "0.0,0.5,0.5") { $0.split = [0, 0.5, 0.5] },
        Change("split", "1.1,-0.1,0.0") { $0.split = [1.1, -0.1, 0] },
        Change("split", "0.5,0.5") { $0.split = [0.5, 0.5] },
        Change("split", "nan,0.0,0.0") { $0.split = [.nan, 0, 0] },
    ]

    @Test("the default settings are valid")
    func defaults() {
        #expect(throws: Never.self) { try TrainingSettings().validate() }
    }

    @Test("a value out of range is an error that names the option and the value", arguments: bad)
    func outOfRange(change: Change) {
        var settings = TrainingSettings()
        change.change(&settings)
        let error = #expect(throws: TrainingError.self) { try settings.validate() }
        #expect(error?.description.hasPrefix("--\(change.option) is \(change.value); it must be ") == true)
    }

    @Test("settings are read back as they were written, every field of them")
    func codable() throws {
        var settings = TrainingSettings()
        (settings.batch, settings.sequence, settings.randomLengths, settings.epochs) = (3, 5, true, nil)
        (settings.maxSeconds, settings.seed, settings.split, settings.documentSeparator) = (
            7, 9, [0.8, 0.1, 0.1], "\n"
        )
        (settings.precision, settings.threads, settings.validateEvery) = ("bf16", 11, 13)
        (settings.forgetsState, settings.splitStreams, settings.earlyStop) = (true, 131, 137)
        (settings.learningRate, settings.warmUp, settings.schedule, settings.finalShare) = (0.17, 19, "step", 0.23)
        (settings.decayFactor, settings.decayEpochs, settings.decayAfter, settings.patience) = (0.29, 31, 37, 41)
        (settings.optimizer, settings.weightDecay, settings.momentum) = ("rmsprop", 0.43, 0.47)
        (settings.beta1, settings.beta2, settings.epsilon, settings.alpha) = (0.53, 0.59, 0.61, 0.67)
        (settings.clipNorm, settings.averageDecay) = (0.71, 0.73)
        (settings.embeddingDropout, settings.dropout, settings.outputDropout) = (0.79, 0.83, 0.89)
        (settings.recurrentDropout, settings.variational, settings.weightDrop) = (0.97, true, 0.101)
        (settings.zoneoutHidden, settings.zoneoutCell) = (0.103, 0.107)
        (settings.activationPenalty, settings.temporalPenalty, settings.labelSmoothing) = (0.109, 0.113, 0.127)
        let data = try JSONEncoder().encode(settings)
        #expect(try JSONDecoder().decode(TrainingSettings.self, from: data) == settings)
        // No value above is a default, so a missing field would show here.
        let fields = Mirror(reflecting: settings).children.count
        #expect(try (JSONSerialization.jsonObject(with: data) as? [String: Any])?.count == fields - 1)
        let (changed, plain) = (Mirror(reflecting: settings), Mirror(reflecting: TrainingSettings()))
        for (one, other) in zip(changed.children, plain.children) {
            #expect("\(one.value)" != "\(other.value)", "\(one.label ?? "")")
        }
    }

    @Test("settings saved by an earlier version load, and missing fields take their defaults")
    func earlier() throws {
        let saved = """
            {"batch":16,"clip_norm":1,"dropout":0.1,"final_share":0.05,"learning_rate":0.01,"max_seconds":90,
            "optimizer":"adamw","precision":"f32","seed":3,"sequence":64,"split":[0.9,0.05,0.05],"threads":2,
            "warm_up":50,"weight_decay":0.01}
            """
        var expected = TrainingSettings()
        (expected.batch, expected.dropout, expected.learningRate, expected.maxSeconds) = (16, 0.1, 0.01, 90)
        (expected.seed, expected.weightDecay, expected.epochs) = (3, 0.01, nil)
        #expect(try JSONDecoder().decode(TrainingSettings.self, from: Data(saved.utf8)) == expected)
    }

    @Test("a trainer refuses them too, before anything else", arguments: bad)
    func trainer(change: Change) {
        var samples = TrainerSamples(symbols: 400)
        let split = samples.settings.split
        change.change(&samples.settings)
        let error = #expect(throws: TrainingError.self) {
            try Trainer(
                settings: samples.settings, parameters: samples.initialised(),
                split: TextSplit(SymbolSequence(samples.text), fractions: split))
        }
        #expect(error?.description.contains("--\(change.option) is") == true)
    }
}
