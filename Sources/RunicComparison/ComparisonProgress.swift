public import RunicTraining

/// How a comparison stands after an update of one of its runs.
public struct ComparisonProgress: Sendable, Hashable {
    /// The cell in training.
    public var cell: String
    /// Its seed.
    public var seed: UInt64
    /// Which run it is, from 0.
    public var index: Int
    /// How many runs there are.
    public var count: Int
    /// How that run stands.
    public var training: TrainingProgress
}
