import Foundation
import RunicCells
import RunicKernels
import RunicModel
import RunicTraining
import RunicSymbols
import Testing

@testable import RunicEvaluation
@testable import RunicComparison

struct CellComparisonTests {
    /// A text that repeats after six symbols.
    private static let periodic = (0..<4_000).map { [UInt16](arrayLiteral: 0, 1, 2, 0, 3, 4)[$0 % 6] }

    private static var settings: TrainingSettings {
        var settings = TrainingSettings()
        (settings.batch, settings.sequence, settings.epochs) = (4, 16, 2)
        (settings.learningRate, settings.warmUp, settings.threads) = (0.02, 5, 1)
        settings.split = [0.5, 0.25, 0.25]
        return settings
    }

    private static func comparison(
        _ cells: [String], seeds: [UInt64] = [1], settings: TrainingSettings = settings, text: [UInt16] = periodic,
        matching: ComparisonMatching = .hidden, registry: CellRegistry = CellRegistry()
    ) throws -> CellComparison {
        let plan = ComparisonPlan(
            configurations: cells.map {
                ModelConfiguration(cell: $0, vocabularySize: 5, embeddingSize: 6, hiddenSize: 8, layers: 1)
            }, seeds: seeds, settings: settings, matching: matching)
        return try CellComparison(
            plan: plan, split: TextSplit(SymbolSequence(text), fractions: settings.split),
            testMeasure: PartSize(charactersPerSymbol: 0.5), cells: registry)
    }

    @Test("Both cells learn a periodic text, and the report has all their runs in order")
    func learns() throws {
        var last: ComparisonProgress?
        let report = try Self.comparison(["lstm", "gru"], seeds: [1, 2]).run(
            progress: { last = $0 }, shouldStop: { false })
        #expect(report.runs.map { "\($0.cell) \($0.seed)" } == ["lstm 1", "gru 1", "lstm 2", "gru 2"])
        #expect(!report.interrupted && report.comparedPart == .test && report.differences.map(\.seeds) == [2])
        for run in report.runs {
            let (validation, test) = (try #require(run.validation), try #require(run.test))
            #expect(run.end == .finished && run.steps == 60 && run.symbols == 60 * 64)
            #expect(run.hidden == 8 && run.embedding == 6 && run.layers == 1)
            #expect(validation.nats < 0.5 * log(5) && abs(test.nats - validation.nats) < 0.1)
            #expect(try #require(run.symbolsPerSecond) > 0)
            // 999 predicted symbols and log2 5 for the first, over half as many characters.
            let bits = (test.nats * 999 / log(2) + log2(5)) / 500
            #expect(abs(try #require(test.bitsPerCharacter) - bits) < 1e-9)
        }
        let end = try #require(last)
        #expect(end.cell == "gru" && end.seed == 2 && end.index == 3 && end.count == 4 && end.training.step == 60)
    }

    @Test("A run does not depend on the other runs")
    func independent() throws {
        let alone = try Self.comparison(["gru"], seeds: [2]).run(progress: { _ in }, shouldStop: { false })
        let beside = try Self.comparison(["lstm", "gru"], seeds: [1, 2]).run(progress: { _ in }, shouldStop: { false })
        #expect(alone.runs[0].test == beside.runs[3].test && alone.runs[0].validation == beside.runs[3].validation)
        #expect(beside.runs[1].test != beside.runs[3].test)
    }

    @Test("Another seed starts from other parameters, also where it reads the same batches")
    func seeds() throws {
        // As many training symbols as one batch reads: there is one way to divide them, for any seed.
        var settings = Self.settings
        settings.split = [68.0 / 100, 0.16, 0.16]
        let report = try Self.comparison(
            ["gru"], seeds: [1, 2], settings: settings, text: Array(Self.periodic.prefix(100))
        ).run(progress: { _ in }, shouldStop: { false })
        #expect(report.runs.map(\.steps) == [2, 2])
        #expect(report.runs[0].test != report.runs[1].test)
    }

    @Test("The figures are those of the best parameters by validation, not of the last")
    func best() throws {
        // Noise has nothing to learn: the validation loss falls to about ln 5 and rises as the model learns by heart.
        var generator = SplitMix64(seed: 11)
        let noise = (0..<1_200).map { _ in UInt16(generator.next() % 5) }
        var settings = Self.settings
        (settings.epochs, settings.validateEvery) = (40, 5)
        var last: TrainingProgress?
        let report = try Self.comparison(["lstm"], settings: settings, text: noise)
            .run(progress: { last = $0.training }, shouldStop: { false })
        let run = report.runs[0]
        let (best, final) = (try #require(last?.bestValidationNats), try #require(last?.validationNats))
        #expect(run.bestStep < run.steps && final > best + 0.01)
        #expect(abs(try #require(run.validation).nats - best) < 1e-6)
    }

    @Test(
        "Without a validation or a test part their figures are nil",
        arguments: [[0.9, 0.1, 0], [0.9, 0, 0.1], [1, 0, 0]])
    func parts(split: [Double]) throws {
        var settings = Self.settings
        settings.split = split
        let report = try Self.comparison(["rnn", "gru"], settings: settings)
            .run(progress: { _ in }, shouldStop: { false })
        #expect(report.runs.allSatisfy { ($0.validation == nil) == (split[1] == 0) })
        #expect(report.runs.allSatisfy { ($0.test == nil) == (split[2] == 0) })
        #expect(report.comparedPart == (split[2] > 0 ? .test : split[1] > 0 ? .validation : nil))
        #expect(report.differences.count == (split[0] == 1 ? 0 : 1))
        #expect(!(try report.json()).contains("null"))
    }

    @Test(
        "A mean loss far above that of guessing, or none at all, is a run that diverged",
        arguments: [([], false), ([1.6], false), ([4], false), ([4, 5], true), ([178], true), ([1, .nan], true)])
    func diverged(blocks: [Double], expected: Bool) {
        // ln 5 is 1.61: the limit is 4.22.
        #expect(CellComparison.hasDiverged(blocks, vocabularySize: 5) == expected)
    }

    @Test("Stopping ends the current run and keeps all results so far")
    func stops() throws {
        var asked = 0
        let report = try Self.comparison(["lstm", "gru"], seeds: [1, 2])
            .run(progress: { _ in }) {
                asked += 1
                return asked == 70
            }
        #expect(report.interrupted && report.runs.map(\.end) == [.finished, .interrupted])
        #expect(report.runs[1].steps == 8 && report.cells.map(\.completeRuns) == [1, 0])
        #expect(report.differences.isEmpty)
        let nothing = try Self.comparison(["lstm"]).run(progress: { _ in }, shouldStop: { true })
        #expect(
            nothing.interrupted && nothing.runs.isEmpty
                && nothing.table.hasSuffix(
                    "no run is complete\ninterrupted: unfinished runs count in no mean or difference\n")
        )
    }

    @Test("Under equal time the seconds alone end a run")
    func time() throws {
        var settings = Self.settings
        (settings.epochs, settings.maxSeconds) = (1, 0.05)
        let report = try Self.comparison(["rnn"], settings: settings, matching: .time)
            .run(progress: { _ in }, shouldStop: { false })
        #expect(report.runs[0].end == .timeIsUp && report.runs[0].seconds >= 0.05)
    }

    @Test("A run that diverges is listed and the others continue")
    func diverges() throws {
        var registry = CellRegistry()
        registry.register(BrokenCell())
        let report = try Self.comparison(["broken", "rnn"], registry: registry)
            .run(progress: { _ in }, shouldStop: { false })
        #expect(report.runs.map(\.end) == [.diverged, .finished] && !report.interrupted)
        #expect(report.runs[0].bestStep == report.runs[0].steps)
        #expect(report.runs[0].test == nil && report.cells.map(\.divergedRuns) == [1, 0])
        #expect(try report.json().contains("\"end\" : \"diverged\""))
    }

    @Test("Plans that cannot be run are refused with the option's name")
    func refused() {
        func message(_ cells: [String], _ seeds: [UInt64], _ matching: ComparisonMatching = .hidden) -> String? {
            let error = #expect(throws: TrainingError.self) {
                try Self.comparison(cells, seeds: seeds, matching: matching)
            }
            return error?.description
        }
        #expect(message(["gru", "gru"], [1]) == "--cells is gru,gru; it must be one or more different names")
        #expect(message([], [1]) == "--cells is empty; it must be one or more different names")
        #expect(message(["gru"], []) == "--seeds is 0; it must be one or more different seeds")
        #expect(message(["gru"], [1], .time) == "--max-time is none; it must be given with --match time")
    }
}
