import Foundation
import RunicKernels
import RunicTraining
import Testing

@Suite struct AveragingTests {
    @Test("the moving average follows its rule, and leaves the updates as they are", arguments: [0.999, 0.3])
    func movingAverage(decay: Double) throws {
        let (plain, averaging) = (OptimizerCase(), OptimizerCase())
        var settings = TrainingSettings()
        let optimizer = try OptimizerRegistry().make(plain.layout, settings)
        settings.averageDecay = decay
        let averager = try OptimizerRegistry().make(plain.layout, settings)
        #expect(averager.keepsAverage && averager.average == nil)
        var expected: [Double] = []
        for step in 0..<12 {
            plain.update(optimizer, scale: 1)
            averaging.update(averager, scale: 1)
            let values = plain.parameters.array.map(Double.init)
            #expect(averaging.parameters.array == plain.parameters.array)
            let t = Double(step)
            let kept = step == 0 ? 0 : min(decay, (1 + t) / (10 + t))
            expected = step == 0 ? values : zip(expected, values).map { kept * $0 + (1 - kept) * $1 }
            let found = try #require(averager.average).array
            for (found, expected) in zip(found, expected) { #expect(abs(Double(found) - expected) < 1e-6) }
        }
        #expect(averager.vectorState.map(\.name) == ["adam.first", "adam.second", "ema.average"])
        #expect(averager.step == 12)
    }

    /// The condition of the authors' program: `len(logs) > n and loss > min(logs[:-n])`.
    private func trigger(_ losses: [Double], _ n: Int) -> Int? {
        losses.indices.first { $0 > n && losses[$0] > losses[..<($0 - n)].min() ?? .infinity }
    }

    @Test("NT-ASGD starts to average when its authors' program does", arguments: [1, 2, 5], 0..<40)
    func nonMonotone(patience: Int, seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let losses = (0..<20).map { 3 / Double($0 + 1) + 0.4 * Double(generator.nextUnit()) }
        let sample = OptimizerCase()
        var settings = TrainingSettings()
        (settings.optimizer, settings.patience) = ("nt-asgd", patience)
        var optimizer = try OptimizerRegistry().make(sample.layout, settings)
        let expected = trigger(losses, patience)
        for (index, loss) in losses.enumerated() {
            sample.update(optimizer, scale: 1)
            optimizer.validated(loss, parameters: sample.parameters)
            #expect((optimizer.average != nil) == (index >= expected ?? .max), "validation \(index)")
            if index % 7 == 3 {
                // Saved and restored in another optimizer.
                let saved = try JSONDecoder().decode(
                    [String: Double].self, from: JSONEncoder().encode(optimizer.scalarState))
                let next = try OptimizerRegistry().make(sample.layout, settings)
                next.step = optimizer.step
                next.scalarState = saved
                for (name, values) in next.vectorState {
                    values.assign(from: try #require(optimizer.vectorState.first { $0.name == name }).values)
                }
                optimizer = next
            }
        }
    }

    @Test("a validation loss that is not finite counts as a bad one, and can be saved")
    func infinite() throws {
        let sample = OptimizerCase()
        var settings = TrainingSettings()
        (settings.optimizer, settings.patience) = ("nt-asgd", 1)
        let optimizer = try OptimizerRegistry().make(sample.layout, settings)
        optimizer.validated(.infinity, parameters: sample.parameters)
        optimizer.validated(1, parameters: sample.parameters)
        optimizer.validated(2, parameters: sample.parameters)
        #expect(optimizer.average == nil)
        _ = try JSONEncoder().encode(optimizer.scalarState)
        optimizer.validated(.infinity, parameters: sample.parameters)
        #expect(optimizer.average != nil)
    }

    @Test("a state that has seen a validation without a finite loss can be saved and read")
    func notFinite() throws {
        let sample = OptimizerCase(workers: 1)
        var settings = TrainingSettings()
        (settings.optimizer, settings.patience) = ("nt-asgd", 1)
        let optimizer = try OptimizerRegistry().make(sample.layout, settings)
        for loss in [Double.infinity, 2] { optimizer.validated(loss, parameters: sample.parameters) }
        var state = TrainerState()
        state.scalarState = optimizer.scalarState
        #expect(state.scalarState.values.contains(.greatestFiniteMagnitude) && state.contradiction == nil)
        state.scalarState = ["asgd.trigger": -0x1p62]
        #expect(state.contradiction != nil)
    }
}
