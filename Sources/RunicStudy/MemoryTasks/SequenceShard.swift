internal import RunicCells
internal import RunicKernels

/// Some sequences of a batch, from new inputs to the loss and back.
final class SequenceShard: @unchecked Sendable {
    // Sendable by hand: one worker at a time runs a shard.
    let stack: StackShard
    /// (S · B, O), S the scored steps: answers, then the gradient of the loss.
    let answers: Block<Float>
    /// (O).
    let biasGradient: Block<Float>
    private let problem: any MemoryProblem
    private let readout: SequenceReadout
    /// The targets as numbers and as indices, (S · B).
    private let values: Block<Float>
    private let indices: Block<Int32>
    private let nothing: Block<Int32>
    private let forward: MatrixProduct
    private let backward: MatrixProduct
    private let arena = Arena()

    /// What a pass found.
    struct Outcome: Sendable {
        /// The sum of the losses.
        var loss = 0.0
        /// How many of the symbols to be remembered came first among the answers.
        var recalled = 0
    }

    /// - Throws: ``MatrixError/unsupported(_:)``.
    init(
        problem: any MemoryProblem, weights: StackWeights, readout: SequenceReadout, rows: Int
    ) throws(MatrixError) {
        stack = try StackShard(weights: weights, rows: rows, time: problem.time, trains: true)
        self.problem = problem
        self.readout = readout
        let count = problem.scored.count * rows
        answers = arena.block(rows: count, columns: problem.outputSize)
        biasGradient = arena.block(rows: 1, columns: problem.outputSize)
        values = arena.block(rows: count, columns: 1)
        indices = arena.block(rows: count, columns: 1)
        nothing = arena.block(rows: 0, columns: 1)
        forward = try MatrixProduct(right: readout.forward, rows: count)
        backward = try MatrixProduct(right: readout.backward, rows: count)
    }

    /// The rows of the scored steps.
    private var scored: Range<Int> {
        (problem.scored.lowerBound * stack.rows)..<(problem.scored.upperBound * stack.rows)
    }

    /// What the readout reads, (S · B, H).
    var scoredOutput: Operand { stack.output(time: problem.time).rows(scored) }

    /// Fills one row of the shard.
    func set(_ sequence: MemorySequence, row: Int) {
        let (B, D) = (stack.rows, problem.inputSize)
        for step in 0..<problem.time {
            for column in 0..<D { stack.givenInput[step * B + row, column] = sequence.inputs[step * D + column] }
        }
        for (position, target) in sequence.targets.enumerated() {
            values[position * B + row, 0] = target
            indices[position * B + row, 0] = Int32(target)
        }
    }

    /// Forward, loss and backward; the gate gradients stay for the weight gradients.
    ///
    /// - Parameter gradientScale: one over the answers of the whole batch.
    func run(gradientScale: Float) -> Outcome {
        stack.resetState()
        stack.forward(time: problem.time, identifiers: nothing)
        forward.run(left: scoredOutput, output: answers)
        biasGradient.fill(0)
        var outcome = Outcome()
        switch problem.objective {
        case .squaredError: outcome.loss = squaredErrors(gradientScale)
        case .crossEntropy(let count):
            outcome.recalled = recalled(count)
            outcome.loss = SoftmaxCrossEntropy.lossAndGradient(
                logits: answers, bias: readout.bias, targets: indices, gradientScale: gradientScale,
                biasGradient: biasGradient, rounded: nil)
        }
        // Steps without a score keep the zeros that they were made with.
        backward.run(left: Operand(answers), output: stack.topGradient(time: problem.time).rows(scored))
        stack.backward(time: problem.time)
        return outcome
    }

    private func squaredErrors(_ gradientScale: Float) -> Double {
        var sum = 0.0
        for row in 0..<answers.rows {
            let error = answers[row, 0] + readout.bias[0, 0] - values[row, 0]
            sum += Double(error) * Double(error)
            answers[row, 0] = 2 * error * gradientScale
            biasGradient[0, 0] += 2 * error * gradientScale
        }
        return sum
    }

    private func recalled(_ count: Int) -> Int {
        ((answers.rows - count * stack.rows)..<answers.rows).count { row in
            func score(_ index: Int) -> Float { answers[row, index] + readout.bias[0, index] }
            let target = Int(indices[row, 0])
            return (0..<answers.columns).allSatisfy { $0 == target || score($0) < score(target) }
        }
    }
}
