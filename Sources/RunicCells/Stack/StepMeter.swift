internal import RunicKernels
internal import Synchronization

/// A phase of a training step, as a profile shows it.
package enum StepPhase: Int, CaseIterable, Sendable {
    /// Copying the parameters into the forms that products read, and making the first layer's table.
    case packing
    /// Wx · x forward and backward, many time steps at once.
    case inputProducts
    /// Wh · h forward and backward, one time step at a time.
    case recurrentProducts
    /// The cells' element-wise loops.
    case cellsForward
    case cellsBackward
    /// The softmax layer's products, forward and backward.
    case decoderProducts
    case softmax
    case dropout
    /// Products of gate gradients and inputs over all time steps.
    case weightGradients
    /// Sums into the rows of symbols, gathered embeddings, biases.
    case scatter
    /// The gradient's norm.
    case norm
    case optimizer
}

/// Adds up the time that workers spend in each phase; a step without a meter measures nothing.
package final class StepMeter: Sendable {
    private let nanoseconds = InlineArray<12, Atomic<Int>> { _ in Atomic(0) }

    package init() {
        precondition(StepPhase.allCases.count == nanoseconds.count, "\(nanoseconds.count) counters")
    }

    /// Seconds that all workers together spent in a phase.
    package subscript(phase: StepPhase) -> Double {
        Double(nanoseconds[phase.rawValue].load(ordering: .relaxed)) * 1e-9
    }

    /// Sets every counter to zero.
    package func reset() {
        for phase in StepPhase.allCases { nanoseconds[phase.rawValue].store(0, ordering: .relaxed) }
    }

    fileprivate func add(_ count: Int, to phase: StepPhase) {
        nanoseconds[phase.rawValue].add(count, ordering: .relaxed)
    }
}

extension Optional where Wrapped == StepMeter {
    /// Runs `body` and, if there is a meter, adds its time to a phase.
    @inline(__always)
    package func time<Result>(_ phase: StepPhase, _ body: () -> Result) -> Result {
        guard let self else { return body() }
        let start = MonotonicClock.nanoseconds
        let result = body()
        self.add(MonotonicClock.nanoseconds - start, to: phase)
        return result
    }
}
