/// The settings of a study of memory.
package struct MemorySettings: Sendable {
    /// The cells, by their specifications.
    package var cells = ["lstm", "gru", "rnn"]
    package var lags = [100, 500, 1_000]
    /// H.
    package var hidden = 128
    /// B, the new sequences of an update.
    package var batch = 32
    /// Runs of each cell and lag.
    package var seeds = 1
    /// Tried in order until one solves the task.
    package var learningRates = [1e-3]
    /// The largest norm of a gradient.
    package var clipNorm = 1.0
    /// How many steps gated cells remember from the start: the lag, a number, or 0 for the ordinary start.
    package var remember: Int?
    /// The most updates of a run.
    package var steps = 20_000
    /// The most seconds of a run; nil: no limit.
    package var seconds: Double?
    package var threads = 1

    package init() {}

    /// Updates over which a loss is averaged: a point of a curve.
    package static let window = 50
    /// Consecutive solved windows after which a run ends early.
    package static let held = 3
}
