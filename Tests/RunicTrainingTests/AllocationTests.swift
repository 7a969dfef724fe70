import CRunicAllocations
import RunicKernels
import RunicModel
import RunicTraining
import RunicSymbols
import Testing

#if DEBUG
    private let isOptimised = false
#else
    private let isOptimised = true
#endif

/// A training step allocates nothing: everything it needs is made before the first.
///
/// Only for optimised builds: without optimisation, the standard library's generic iterators allocate.
@Suite(.enabled(if: isOptimised)) struct AllocationTests {
    /// Allocations of some updates after the first two, by one worker: the counter is the thread's own.
    private func allocations(
        cell: String, precision: Precision, vocabulary: Int, dropout: Double, updates: Int,
        change: (inout TrainingSettings) -> Void = { _ in }
    ) throws -> (ours: Int, library: Int) {
        var settings = TrainingSettings()
        (settings.batch, settings.sequence, settings.threads) = (9, 7, 1)
        (settings.precision, settings.dropout, settings.split) = (precision.rawValue, dropout, [1, 0, 0])
        change(&settings)
        let parameters = try ModelParameters(
            configuration: ModelConfiguration(
                cell: cell, vocabularySize: vocabulary, embeddingSize: 10, hiddenSize: 20, layers: 2))
        parameters.initialise(seed: 3)
        let text = (0..<2_000).map { UInt16(($0 * $0 / 7) % vocabulary) }
        let trainer = try Trainer(
            settings: settings, parameters: parameters,
            split: TextSplit(SymbolSequence(text), fractions: settings.split))
        for _ in 0..<2 { trainer.advance() }
        runic_allocations_begin()
        for _ in 0..<updates { trainer.advance() }
        var (ours, library) = (0, 0)
        unsafe runic_allocations_end(&ours, &library)
        return (ours, library)
    }

    @Test(
        "after the first two, a step allocates nothing", arguments: ["rnn", "lstm", "gru"],
        Precision.forTraining.filter(ProcessorInformation.multiplies))
    func steady(cell: String, precision: Precision) throws {
        for (vocabulary, dropout) in [(13, 0.0), (13, 0.4), (300, 0.0)] {
            let counted = try allocations(
                cell: cell, precision: precision, vocabulary: vocabulary, dropout: dropout, updates: 5)
            #expect(counted.ours == 0, "vocabulary \(vocabulary), dropout \(dropout)")
        }
    }

    @Test(
        "a step of any optimizer allocates nothing, with an average or without", arguments: ["adam", "sgd", "rmsprop"])
    func optimizers(optimizer: String) throws {
        for (momentum, averageDecay) in [(0, nil), (0.9, 0.999)] as [(Double, Double?)] {
            let counted = try allocations(
                cell: "lstm", precision: .float32, vocabulary: 13, dropout: 0, updates: 5,
                change: {
                    ($0.optimizer, $0.momentum, $0.averageDecay) = (optimizer, momentum, averageDecay)
                    $0.schedule = "exponential"
                })
            #expect(counted.ours == 0, "momentum \(momentum)")
        }
    }

    @Test("a step of NT-ASGD allocates nothing while it averages")
    func nonMonotone() throws {
        let sample = OptimizerCase(workers: 1)
        var settings = TrainingSettings()
        (settings.optimizer, settings.patience) = ("nt-asgd", 1)
        let optimizer = try OptimizerRegistry().make(sample.layout, settings)
        for loss in [1.0, 2, 3] {
            sample.update(optimizer, scale: 1)
            optimizer.validated(loss, parameters: sample.parameters)
        }
        #expect(optimizer.average != nil)
        sample.update(optimizer, scale: 1)
        runic_allocations_begin()
        for _ in 0..<3 { sample.update(optimizer, scale: 1) }
        var (ours, library) = (0, 0)
        unsafe runic_allocations_end(&ours, &library)
        #expect(ours == 0)
    }

    @Test("the counter counts")
    func counter() {
        runic_allocations_begin()
        let made = (0..<3).map { [Int](repeating: $0, count: 100) }
        var (ours, library) = (0, 0)
        unsafe runic_allocations_end(&ours, &library)
        #expect(ours >= 4)
        #expect(made.count == 3)
    }
}
