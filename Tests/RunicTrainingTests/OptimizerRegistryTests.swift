import RunicCells
import RunicKernels
import RunicTraining
import Testing

@Suite struct OptimizerRegistryTests {
    private var layout: ParameterLayout {
        var made = ParameterLayout()
        made.append("matrix", [300, 500])
        made.append("bias", [7])
        return made
    }

    @Test("an unknown optimizer is an error that lists the known ones")
    func unknown() {
        var settings = TrainingSettings()
        settings.optimizer = "sgdd"
        let error = #expect(throws: TrainingError.self) { try OptimizerRegistry().make(layout, settings) }
        #expect(error?.description == "--optimizer is sgdd; it must be adamw, adam, sgd, rmsprop, nt-asgd")
    }

    @Test("slices cover every parameter once, and decay is for matrices")
    func slices() {
        let slices = layout.slices
        #expect(slices.flatMap { Array($0.range) } == Array(0..<150_000) + Array(150_000..<150_007))
        #expect(slices.allSatisfy { $0.range.count <= 65_536 && $0.isMatrix == ($0.range.upperBound <= 150_000) })
    }

    @Test("without a gradient weight decay shrinks matrices and leaves biases", arguments: OptimizerRegistry().names)
    func decay(name: String) throws {
        for decay in [0.5, nil] {
            var settings = TrainingSettings()
            settings.optimizer = name
            settings.weightDecay = decay
            let optimizer = try OptimizerRegistry().make(layout, settings)
            let arena = Arena()
            let (parameters, gradient): (Block<Float>, Block<Float>) = (
                arena.block(rows: 1, columns: layout.length), arena.block(rows: 1, columns: layout.length)
            )
            parameters.fill(1)
            optimizer.update(
                parameters: parameters, gradient: gradient, gradientScale: 1, learningRate: 0.1,
                pool: WorkerPool(workerCount: 2), meter: nil)
            // An L2 term of 0.5 is a gradient of 0.5: Adam's first step has the length of the rate, RMSProp's ten times that.
            let shrunk: Float =
                switch (name, decay) {
                case ("adamw", nil): 0.999
                case (_, nil): 1
                case ("adam", _): 0.9
                case ("rmsprop", _): 0
                default: 0.95
                }
            #expect(abs(parameters[0, 0] - shrunk) < 1e-6 && abs(parameters[0, 149_999] - shrunk) < 1e-6)
            #expect(parameters[0, 150_000] == 1)
            #expect(optimizer.step == 1)
            withExtendedLifetime(arena) {}
        }
    }
}
