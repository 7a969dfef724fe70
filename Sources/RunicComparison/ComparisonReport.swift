public import RunicTraining
public import RunicEvaluation

/// What a comparison of cells found.
public struct ComparisonReport: Sendable, Hashable, Codable {
    /// A part of the text.
    public enum Part: String, Sendable, Hashable, Codable {
        case validation, test
    }

    /// What the models have in common.
    public let matching: ComparisonMatching
    /// The settings of every run, but for the seed.
    public let settings: TrainingSettings
    /// Whether the comparison was stopped before all runs were done.
    public let interrupted: Bool
    /// Every run that was begun, in order.
    public let runs: [ComparisonRun]
    /// One summary a cell, in the order of the plan.
    public let cells: [CellSummary]
    /// The part whose losses are held against each other: the test part; the validation part where there is no other,
    /// although the best parameters were chosen by it; nil where there is neither.
    public let comparedPart: Part?
    /// Every pair of cells that share a complete seed.
    public let differences: [CellDifference]

    init(
        matching: ComparisonMatching, settings: TrainingSettings, interrupted: Bool, comparedPart: Part?,
        scored: [ScoredRun]
    ) {
        self.matching = matching
        self.settings = settings
        self.interrupted = interrupted
        self.comparedPart = comparedPart
        runs = scored.map(\.run)
        var names: [String] = []
        for run in scored.map(\.run) where !names.contains(run.cell) { names.append(run.cell) }
        let byCell = names.map { name in scored.filter { $0.run.cell == name } }
        cells = byCell.compactMap { CellSummary($0.map(\.run)) }
        var differences: [CellDifference] = []
        for (index, first) in byCell.enumerated() {
            for second in byCell[(index + 1)...] {
                let found = CellDifference(first, second) { run in
                    switch comparedPart {
                    case .test: run.test?.nats
                    case .validation: run.validation?.nats
                    case nil: nil
                    }
                }
                if let found { differences.append(found) }
            }
        }
        self.differences = differences
    }

    enum CodingKeys: String, CodingKey {
        case matching, settings, interrupted, runs, cells, differences
        case comparedPart = "compared_part"
    }

    /// The report as one JSON object, with sorted keys, full precision and a line feed at the end.
    ///
    /// Figures that do not exist have no key.
    ///
    /// - Throws: ``EvaluationError/encoding(reason:)``, which no report that this type makes brings about.
    public func json() throws(EvaluationError) -> String { try JSONText.encode(self) }
}
