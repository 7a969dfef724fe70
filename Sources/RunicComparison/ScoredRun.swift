/// A run with what its model loses on each block of the part that is compared.
struct ScoredRun: Sendable, Hashable {
    let run: ComparisonRun
    /// Mean loss of each block, in nats per symbol; the same blocks for every model.
    let blocks: [Double]
}
