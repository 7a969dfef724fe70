import RunicCells
import RunicKernels
import Testing

@testable import RunicStudy

@Suite("Training on tasks of memory")
struct SequenceEngineTests {
    private let pool = WorkerPool(workerCount: 1)

    /// An engine whose steps read the same sequences.
    private func engine(
        _ problem: any MemoryProblem, _ cell: String, batch: Int = 9, threads: Int = 1
    ) throws -> SequenceEngine {
        let engine = try SequenceEngine(
            problem, cell: try CellRegistry().cell(named: cell), hiddenSize: 6, batch: batch, seed: 3,
            rememberedSteps: 5, pool: threads == 1 ? pool : WorkerPool(workerCount: threads))
        engine.setRows(sequence(problem))
        return engine
    }

    private func sequence(_ problem: any MemoryProblem) -> @Sendable (Int) -> MemorySequence {
        { row in
            var generator = SplitMix64(seed: 7, stream: UInt64(row))
            return problem.sequence(&generator)
        }
    }

    @Test(
        "The gradient of every tensor is that of the loss, by central differences", arguments: MemoryTask.allCases,
        ["lstm", "gru", "rnn", "mgu"])
    func gradient(task: MemoryTask, cell: String) throws {
        let problem = task.problem(lag: 5)
        let engine = try engine(problem, cell)
        _ = engine.gradient(key: nil)
        let (start, gradient) = (engine.parameters.array, engine.gradient.array)
        for entry in engine.layout.entries {
            // Along the gradient of the tensor itself, the loss changes by the gradient's length.
            let part = gradient[entry.range]
            let length = part.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            #expect(length > 1e-5, "\(entry.name)")
            func loss(_ distance: Double) -> Double {
                var moved = start
                for index in entry.range { moved[index] += Float(distance * Double(gradient[index]) / length) }
                engine.parameters.assign(from: moved)
                return engine.gradient(key: nil)
            }
            let found = (loss(0.01) - loss(-0.01)) / 0.02
            #expect(abs(found - length) < 2e-3 * length + 2e-5, "\(entry.name): \(found) for \(length)")
        }
    }

    @Test("The loss and the share of recalled symbols are those of the answers")
    func loss() throws {
        let copy = CopyProblem(lag: 3)
        let engine = try engine(copy, "gru")
        // Without weights every step gets the same answer, the readout's bias.
        engine.parameters.fill(0)
        engine.blocks["readout.bias"].assign(from: [0, 2, 0, 0, 0, 0, 0, 0, 1])
        let made = (0..<9).map(sequence(copy))
        let targets = made.flatMap(\.targets).map { Int($0) }
        let scores = [0, 2, 0, 0, 0, 0, 0, 0, 1].map { Double($0) }
        let sum = logarithm(Float(7 + exponential(2) + exponential(1)))
        let loss = engine.gradient(key: nil)
        let expected = targets.reduce(0) { $0 + Double(sum) - scores[$1] } / Double(targets.count)
        #expect(abs(loss - expected) < 1e-5)
        let asked = made.flatMap { $0.targets.suffix(10) }
        #expect(engine.recalled == Double(asked.count { $0 == 1 }) / Double(asked.count))
    }

    private func exponential(_ value: Double) -> Double {
        (1...40).reversed().reduce(1) { 1 + value / Double($1) * $0 }
    }

    @Test("Losses and gradients are the same for any number of threads")
    func threads() throws {
        let problem = AddingProblem(lag: 12)
        let (one, two) = (
            try engine(problem, "lstm", batch: 20), try engine(problem, "lstm", batch: 20, threads: 2)
        )
        #expect(one.gradient(key: nil) == two.gradient(key: nil) && one.gradient.array == two.gradient.array)
    }

    /// Asks for the number that was just read.
    private struct Echo: MemoryProblem {
        let name = "echo"
        let lag = 2, time = 2, inputSize = 1, activeInputs = 1, outputSize = 1
        let scored = 1..<2
        let objective = MemoryObjective.squaredError
        let baseline = 1.0 / 12
        var limit = 0.01

        func isSolved(loss: Double, recalled: Double?) -> Bool { loss < limit }
        func sequence(_ generator: inout SplitMix64) -> MemorySequence {
            let values = [generator.nextUnit(), generator.nextUnit()]
            return MemorySequence(inputs: values, targets: [values[1]])
        }
    }

    @Test("A run ends when three points in a row are solved, and says when the first of them was")
    func solved() throws {
        var settings = MemorySettings()
        (settings.hidden, settings.batch, settings.steps) = (8, 16, 2_000)
        let run = MemoryRun(
            Echo(), cell: try CellRegistry().cell(named: "gru"), settings: settings, seed: 1, learningRate: 0.01)
        let result = try run.run(pool: pool)
        let solvedAt = try #require(result.solvedAt)
        #expect(result.updates == solvedAt + 100 && result.updates < 2_000)
        #expect(result.curve.map(\.update) == Array(stride(from: 50, through: result.updates, by: 50)))
        #expect(result.curve.suffix(3).allSatisfy { $0.loss < 0.01 } && result.curve[0].loss > 0.01)
        #expect(result.curve.dropLast(3).last.map { $0.loss >= 0.01 } ?? true)
        #expect(result.curve.allSatisfy { $0.recalled == nil })
    }

    @Test("A run that solves nothing ends after its updates, with a point for the rest of a window")
    func unsolved() throws {
        var settings = MemorySettings()
        (settings.hidden, settings.batch, settings.steps) = (4, 8, 70)
        let run = MemoryRun(
            Echo(limit: 0), cell: try CellRegistry().cell(named: "rnn"), settings: settings, seed: 1, learningRate: 1e-3
        )
        let result = try run.run(pool: pool)
        #expect(result.solvedAt == nil && result.updates == 70 && result.curve.map(\.update) == [50, 70])
        var asked = 0
        let stopped = try run.run(
            pool: pool,
            shouldStop: {
                asked += 1; return asked > 20
            })
        #expect(stopped.updates == 20)
        settings.seconds = 1e-9
        let late = MemoryRun(
            Echo(limit: 0), cell: try CellRegistry().cell(named: "rnn"), settings: settings, seed: 1, learningRate: 1e-3
        )
        #expect(try late.run(pool: pool).updates == 1)
    }
}
