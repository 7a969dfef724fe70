package import RunicKernels

/// Made-up sequences whose answers ask for something that was read long before.
package protocol MemoryProblem: Sendable {
    /// The name on the command line.
    var name: String { get }
    /// How many steps have to be remembered, more or less.
    var lag: Int { get }
    /// T, the steps of a sequence.
    var time: Int { get }
    /// D, the width of what is read at a step.
    var inputSize: Int { get }
    /// How many of these numbers are about 1 at a step, the others 0: weights that read them start accordingly.
    var activeInputs: Int { get }
    /// O, the width of an answer.
    var outputSize: Int { get }
    /// The steps at which an answer is asked for.
    var scored: Range<Int> { get }
    /// How answers are judged.
    var objective: MemoryObjective { get }
    /// The loss of the best answers without memory.
    var baseline: Double { get }
    /// Whether so small a loss, or so large a share of recalled symbols, is an answer by memory.
    func isSolved(loss: Double, recalled: Double?) -> Bool

    /// A new sequence.
    func sequence(_ generator: inout SplitMix64) -> MemorySequence
}

/// How the answers of a problem are judged.
package enum MemoryObjective: Sendable, Hashable {
    /// (y − target)², the mean over the answers.
    case squaredError
    /// −log softmax(y)[target] in nats, the mean over the answers; the last so many of them are what was to be remembered.
    case crossEntropy(recalled: Int)
}

/// One sequence of a problem.
package struct MemorySequence: Sendable, Hashable {
    /// (T, D): what is read.
    package var inputs: [Float]
    /// For each scored step the number, or the index of the symbol, that is asked for.
    package var targets: [Float]
}

extension SplitMix64 {
    /// A number of a range, each as likely as the others.
    mutating func nextIndex(_ range: Range<Int>) -> Int {
        range.lowerBound + (Int(next() >> 32) * range.count) >> 32
    }
}
