package import RunicKernels

/// Synthetic sequences whose answers need something read long before.
package protocol MemoryProblem: Sendable {
    /// The name on the command line.
    var name: String { get }
    /// The number of steps to remember over, approximately.
    var lag: Int { get }
    /// T, the steps of a sequence.
    var time: Int { get }
    /// D, the width of an input.
    var inputSize: Int { get }
    /// How many of these numbers are about 1 at a step, the others 0: weights that read them start accordingly.
    var activeInputs: Int { get }
    /// O, the width of an answer.
    var outputSize: Int { get }
    /// The steps that need an answer.
    var scored: Range<Int> { get }
    /// How answers are judged.
    var objective: MemoryObjective { get }
    /// The loss of the best answers without memory.
    var baseline: Double { get }
    /// Whether this loss, or this fraction of recalled symbols, needs memory.
    func isSolved(loss: Double, recalled: Double?) -> Bool

    /// A new sequence.
    func sequence(_ generator: inout SplitMix64) -> MemorySequence
}

/// How the answers of a problem are judged.
package enum MemoryObjective: Sendable, Hashable {
    /// (y − target)², the mean over the answers.
    case squaredError
    /// −log softmax(y)[target] in nats, the mean over the answers; the last `recalled` answers are the symbols to remember.
    case crossEntropy(recalled: Int)
}

/// One sequence of a problem.
package struct MemorySequence: Sendable, Hashable {
    /// (T, D).
    package var inputs: [Float]
    /// For each scored step, the number or the index of the symbol that is the right answer.
    package var targets: [Float]
}

extension SplitMix64 {
    /// A uniform number of a range.
    mutating func nextIndex(_ range: Range<Int>) -> Int {
        range.lowerBound + (Int(next() >> 32) * range.count) >> 32
    }
}
