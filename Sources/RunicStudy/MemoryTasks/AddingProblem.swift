package import RunicKernels

/// The adding problem (Hochreiter and Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735), in the form of later papers
/// (Arjovsky et al. 2016, arXiv 1511.06464): T pairs of a value, uniform in [0, 1), and a marker.
///
/// The marker is 1 at one place of each half and 0 elsewhere; the answer, after the last pair, is the sum of the two
/// marked values. Always answering 1 has a mean squared error of 1/6, the variance of the sum.
package struct AddingProblem: MemoryProblem {
    package let lag: Int

    /// - Precondition: `lag` is at least 2.
    package init(lag: Int) {
        precondition(lag >= 2, "a sequence of \(lag) has no two halves")
        self.lag = lag
    }

    package var name: String { "adding" }
    package var time: Int { lag }
    package var inputSize: Int { 2 }
    package var activeInputs: Int { 2 }
    package var outputSize: Int { 1 }
    package var scored: Range<Int> { (lag - 1)..<lag }
    package var objective: MemoryObjective { .squaredError }
    package var baseline: Double { 1.0 / 6 }

    /// Below a mean squared error of 0.01.
    package func isSolved(loss: Double, recalled: Double?) -> Bool { loss < 0.01 }

    package func sequence(_ generator: inout SplitMix64) -> MemorySequence {
        var inputs = [Float](repeating: 0, count: 2 * lag)
        for step in 0..<lag { inputs[2 * step] = generator.nextUnit() }
        let marked = [generator.nextIndex(0..<(lag / 2)), generator.nextIndex((lag / 2)..<lag)]
        for step in marked { inputs[2 * step + 1] = 1 }
        return MemorySequence(inputs: inputs, targets: [marked.reduce(0) { $0 + inputs[2 * $1] }])
    }
}
