public import RunicTraining
public import RunicEvaluation

/// The results of a comparison of cells.
public struct ComparisonReport: Sendable, Hashable, Codable {
    /// A part of the text that losses are compared on.
    public enum Part: String, Sendable, Hashable, Codable {
        /// The validation part.
        case validation
        /// The test part.
        case test
    }

    /// What the models share.
    public let matching: ComparisonMatching
    /// The settings of every run, except the seed.
    public let settings: TrainingSettings
    /// Whether the comparison was stopped before all runs were done.
    public let interrupted: Bool
    /// Every run that was started, in order.
    public let runs: [ComparisonRun]
    /// One summary per cell, in the order of the plan.
    public let cells: [CellSummary]
    /// The part whose losses are compared: the test part; without one the validation part, although it chose the best
    /// parameters; nil if there is neither.
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

    /// The validation and test parts with unknown symbols, and a loss on each: their counts are the same for all runs.
    package var unknownParts: [(name: String, loss: PartLoss)] {
        let losses = [
            ("validation", runs.lazy.compactMap(\.validation).first), ("test", runs.lazy.compactMap(\.test).first),
        ]
        return losses.compactMap { name, loss in
            guard let loss, loss.unknownSymbols > 0 else { return nil }
            return (name, loss)
        }
    }

    enum CodingKeys: String, CodingKey {
        case matching, settings, interrupted, runs, cells, differences
        case comparedPart = "compared_part"
    }

    /// The report as one JSON object, with sorted keys, full precision and a line feed at the end.
    ///
    /// A figure that is nil has no key.
    ///
    /// - Throws: ``EvaluationError/encoding(reason:)``, which no report made by this type causes.
    public func json() throws(EvaluationError) -> String { try JSONText.encode(self) }
}
