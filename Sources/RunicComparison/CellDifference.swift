internal import RunicDisplay
public import RunicEvaluation

/// How far two cells lie apart, over the seeds that both completed, in nats per symbol.
///
/// Two uncertainties are told apart. *Seeds*: another seed trains another model; the differences of pairs with the same
/// seed are the samples. *Text*: another text of the same kind would be predicted otherwise; the samples are the
/// differences in contiguous blocks of about a thousand symbols or more, each averaged over the seeds, because the
/// losses of neighbouring symbols depend on each other. Their variances add (Satterthwaite's degrees of freedom). With
/// one seed only the text's is known, and the statement is about these two trained models. Every interval is for its
/// pair alone: of twenty pairs without a difference, about one shows one.
public struct CellDifference: Sendable, Hashable, Codable {
    /// What the intervals allow to say.
    public enum Verdict: String, Sendable, Hashable, Codable {
        case firstBetter = "first better"
        case secondBetter = "second better"
        /// The interval holds zero.
        case notShown = "not shown"
        /// One seed, and a text of one block: nothing to take an interval from.
        case noInterval = "no interval"
    }

    /// The two cells.
    public let first: String
    public let second: String
    /// How many seeds both completed.
    public let seeds: Int
    /// How many blocks of text there are.
    public let blocks: Int
    /// Mean loss of the first less that of the second, in nats per symbol: negative where the first is better.
    public let difference: Double
    /// The uncertainty from seeds; nil for one seed.
    public let seedInterval: ConfidenceInterval?
    /// The uncertainty from the text; nil for one block.
    public let textInterval: ConfidenceInterval?
    /// Both uncertainties, or the one that is known; nil where none is.
    public let interval: ConfidenceInterval?
    /// What ``interval`` allows to say.
    public let verdict: Verdict

    /// - Parameters:
    ///   - first: the runs of one cell.
    ///   - second: the runs of the other.
    ///   - figure: the loss of a run on the part that is compared.
    /// - Returns: nil where no seed has a figure for both.
    init?(_ first: [ScoredRun], _ second: [ScoredRun], figure: (ComparisonRun) -> Double?) {
        var differences: [Double] = []
        var blockSums: [Double] = []
        var names: (String, String)?
        for one in first where one.run.isComplete {
            guard let other = second.first(where: { $0.run.isComplete && $0.run.seed == one.run.seed }),
                let nats = figure(one.run), let otherNats = figure(other.run)
            else { continue }
            precondition(one.blocks.count == other.blocks.count, "\(one.blocks.count), \(other.blocks.count) blocks")
            names = (one.run.cell, other.run.cell)
            differences.append(nats - otherNats)
            let apart = zip(one.blocks, other.blocks).map { $0 - $1 }
            blockSums = blockSums.isEmpty ? apart : zip(blockSums, apart).map { $0 + $1 }
        }
        guard let names, let spread = Spread(differences) else { return nil }
        self.first = names.0
        self.second = names.1
        seeds = differences.count
        blocks = blockSums.count
        difference = spread.mean
        seedInterval = ConfidenceInterval(samples: differences)
        textInterval = ConfidenceInterval(samples: blockSums.map { $0 / Double(differences.count) })
        if let seedInterval, let textInterval {
            interval = seedInterval.widened(by: textInterval)
        } else {
            interval = seedInterval ?? textInterval
        }
        verdict =
            switch interval {
            case nil: .noInterval
            case .some(let interval) where !interval.excludesZero: .notShown
            case .some: difference < 0 ? .firstBetter : .secondBetter
            }
    }

    /// The difference as a sentence.
    public var sentence: String {
        let amount = amountText
        return switch verdict {
        case .firstBetter: "\(first) is better than \(second) by \(amount)"
        case .secondBetter: "\(second) is better than \(first) by \(amount)"
        case .notShown: "\(first) and \(second): no difference that these runs can show, \(amount)"
        case .noInterval:
            "\(first) and \(second): \(amount) in favour of \(difference < 0 ? first : second); one seed and so short "
                + "a text give no interval"
        }
    }

    private var amountText: String {
        let size = verdict == .notShown ? difference : abs(difference)
        guard let interval else { return NumberFormat.fixed(size, 4) + " nats per symbol" }
        let decimals = NumberFormat.decimals(uncertainty: interval.halfWidth)
        let basis = seeds > 1 ? "\(seeds) seeds" : "these two models on such texts: one seed"
        return NumberFormat.fixed(size, decimals) + " ± "
            + NumberFormat.fixed(interval.halfWidth, decimals) + " nats per symbol (95 %, \(basis))"
    }

    enum CodingKeys: String, CodingKey {
        case first, second, seeds, blocks, verdict
        case difference = "difference_nats"
        case seedInterval = "seed_interval"
        case textInterval = "text_interval"
        case interval
    }
}
