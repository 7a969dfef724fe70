/// The result of a run of a memory task.
package struct MemoryResult: Sendable, Hashable, Codable {
    /// The mean over the updates since the point before.
    package struct Point: Sendable, Hashable, Codable {
        /// Updates done.
        package let update: Int
        /// Mean squared error, or nats per answer.
        package let loss: Double
        /// The fraction of the symbols to remember that were recalled; nil where there are none.
        package let recalled: Double?
    }

    package let task: String
    package let cell: String
    package let lag: Int
    package let seed: UInt64
    package let learningRate: Double
    package let parameters: Int
    /// The loss of the best answers without memory.
    package let baseline: Double
    package var updates = 0
    package var seconds = 0.0
    /// Updates at the first of the points in a row that are solved, see ``MemorySettings/held``; nil: not solved.
    package var solvedAt: Int?
    package var curve: [Point] = []

    package init(
        task: String, cell: String, lag: Int, seed: UInt64, learningRate: Double, parameters: Int, baseline: Double
    ) {
        (self.task, self.cell, self.lag, self.seed) = (task, cell, lag, seed)
        (self.learningRate, self.parameters, self.baseline) = (learningRate, parameters, baseline)
    }

    package var isSolved: Bool { solvedAt != nil }
    /// The last point; nil for a run without updates.
    package var last: Point? { curve.last }

    private enum CodingKeys: String, CodingKey {
        case task, cell, lag, seed, parameters, baseline, updates, seconds, curve
        case learningRate = "learning_rate"
        case solvedAt = "solved_at"
    }
}
