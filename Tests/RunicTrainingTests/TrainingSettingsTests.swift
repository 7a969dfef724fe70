import RunicTraining
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
        Change("learning-rate", "11.0") { $0.learningRate = 11 },
        Change("warm-up", "-1") { $0.warmUp = -1 },
        Change("final-share", "1.5") { $0.finalShare = 1.5 },
        Change("optimizer", "sgdd") { $0.optimizer = "sgdd" },
        Change("weight-decay", "-0.1") { $0.weightDecay = -0.1 },
        Change("clip", "0.0") { $0.clipNorm = 0 },
        Change("clip", "inf") { $0.clipNorm = .infinity },
        Change("dropout", "1.0") { $0.dropout = 1 },
        Change("dropout", "-0.1") { $0.dropout = -0.1 },
        Change("precision", "f64") { $0.precision = "f64" },
        Change("threads", "0") { $0.threads = 0 },
        Change("validate-every", "0") { $0.validateEvery = 0 },
        Change("split", "0.9,0.2,0.0") { $0.split = [0.9, 0.2, 0] },
        Change("split", "0.0,0.5,0.5") { $0.split = [0, 0.5, 0.5] },
        Change("split", "1.1,-0.1,0.0") { $0.split = [1.1, -0.1, 0] },
        Change("split", "0.5,0.5") { $0.split = [0.5, 0.5] },
        Change("split", "nan,0.0,0.0") { $0.split = [.nan, 0, 0] },
    ]

    @Test("the settings as they come are good")
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

    @Test("a trainer refuses them too, before anything else", arguments: bad)
    func trainer(change: Change) {
        var samples = TrainerSamples(symbols: 400)
        let split = samples.settings.split
        change.change(&samples.settings)
        let error = #expect(throws: TrainingError.self) {
            try Trainer(
                settings: samples.settings, parameters: samples.initialised(),
                split: TextSplit(samples.text, shares: split))
        }
        #expect(error?.description.contains("--\(change.option) is") == true)
    }
}
