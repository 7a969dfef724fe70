internal import RunicDisplay
public import RunicEvaluation

/// The difference between the losses of two cells, over the seeds that both completed, in nats per symbol.
///
/// It has two uncertainties. *Seeds*: another seed trains another model; the samples are the differences of pairs with the
/// same seed. *Text*: losses on another text of the same kind would differ; the samples are the differences in contiguous
/// blocks of about a thousand symbols or more, averaged over the seeds. Blocks are used because the losses of neighbouring
/// symbols depend on each other. The two variances add (Satterthwaite's degrees of freedom). With one seed only the
/// uncertainty from the text is known, and the statement is about these two trained models. Every interval is for its pair
/// alone: about one of twenty pairs without a difference shows one.
public struct CellDifference: Sendable, Hashable, Codable {
    /// The conclusion that an interval allows.
    public enum Verdict: String, Sendable, Hashable, Codable {
        /// The loss of the first is lower.
        case firstBetter = "first better"
        /// The loss of the second is lower.
        case secondBetter = "second better"
        /// The interval contains zero.
        case notShown = "not shown"
        /// One seed and a text of one block give no interval.
        case noInterval = "no interval"
    }

    /// The name of the first cell.
    public let first: String
    /// The name of the second cell.
    public let second: String
    /// The number of seeds that both completed.
    public let seeds: Int
    /// The number of blocks of text.
    public let blocks: Int
    /// Mean loss of the first minus that of the second, in nats per symbol: negative if the first is better.
    public let difference: Double
    /// The uncertainty from seeds; nil for one seed.
    public let seedInterval: ConfidenceInterval?
    /// The uncertainty from the text; nil for one block.
    public let textInterval: ConfidenceInterval?
    /// Both uncertainties combined, or the one that is known; nil if neither is.
    public let interval: ConfidenceInterval?
    /// The conclusion from ``interval``.
    public let verdict: Verdict

    /// - Parameters:
    ///   - first: the runs of one cell.
    ///   - second: the runs of the other.
    ///   - figure: the loss of a run on the compared part.
    /// - Returns: nil if no seed has a figure for both.
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
