package import RunicKernels

/// The copy task (Hochreiter and Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735), in the form of Arjovsky et al. 2016
/// (arXiv 1511.06464): ten symbols out of eight, `lag` − 1 blanks, a delimiter, ten blanks.
///
/// The answer to every step is the blank except for the last ten, whose answers are the ten symbols in their order. Inputs
/// are one-hot: the eight symbols, the blank, the delimiter. Answering blanks and then guessing has a cross-entropy of
/// 10 · ln 8 / (lag + 20).
package struct CopyProblem: MemoryProblem {
    package let lag: Int

    package static let symbols = 8
    package static let length = 10
    package static let blank = 8
    package static let delimiter = 9

    /// - Precondition: `lag` is positive.
    package init(lag: Int) {
        precondition(lag >= 1, "a lag of \(lag)")
        self.lag = lag
    }

    package var name: String { "copy" }
    package var time: Int { lag + 2 * Self.length }
    package var inputSize: Int { Self.delimiter + 1 }
    package var activeInputs: Int { 1 }
    package var outputSize: Int { Self.blank + 1 }
    package var scored: Range<Int> { 0..<time }
    package var objective: MemoryObjective { .crossEntropy(recalled: Self.length) }
    package var baseline: Double { Double(Self.length) * Double(logarithm(Float(Self.symbols))) / Double(time) }

    /// More than 99 % of the symbols are recalled.
    package func isSolved(loss: Double, recalled: Double?) -> Bool { (recalled ?? 0) > 0.99 }

    package func sequence(_ generator: inout SplitMix64) -> MemorySequence {
        let remembered = (0..<Self.length).map { _ in generator.nextIndex(0..<Self.symbols) }
        let blanks = [Int](repeating: Self.blank, count: lag - 1)
        let last = [Int](repeating: Self.blank, count: Self.length)
        var inputs = [Float](repeating: 0, count: time * inputSize)
        for (step, symbol) in (remembered + blanks + [Self.delimiter] + last).enumerated() {
            inputs[step * inputSize + symbol] = 1
        }
        let targets = [Int](repeating: Self.blank, count: time - Self.length) + remembered
        return MemorySequence(inputs: inputs, targets: targets.map { Float($0) })
    }
}
