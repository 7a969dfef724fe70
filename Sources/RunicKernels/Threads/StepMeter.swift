internal import Glibc
internal import Synchronization

/// The parts of a training step, as a profile shows them.
package enum StepPhase: Int, CaseIterable, Sendable {
    /// The parameters copied into the forms that products read, and the first layer's table.
    case packing
    /// Wx · x forward and back, many steps at once.
    case inputProducts
    /// Wh · h forward and back, one step at a time.
    case recurrentProducts
    /// The cells' element-wise loops.
    case cellsForward
    case cellsBackward
    /// The softmax layer's products, forward and back.
    case decoderProducts
    case softmax
    case dropout
    /// Products of gate gradients and inputs over all steps.
    case weightGradients
    /// Sums into the rows of symbols, gathered embeddings, biases.
    case scatter
    /// The gradient's norm.
    case norm
    case optimizer
}

/// Counts where workers spend their time; a step without a meter measures nothing.
@safe
package final class StepMeter: @unchecked Sendable {
    // Sendable by hand: the counters are atomic.
    private let nanoseconds: UnsafeMutablePointer<Atomic<Int>>

    package init() {
        unsafe nanoseconds = .allocate(capacity: StepPhase.allCases.count)
        for part in StepPhase.allCases { unsafe (nanoseconds + part.rawValue).initialize(to: Atomic(0)) }
    }

    deinit {
        unsafe nanoseconds.deinitialize(count: StepPhase.allCases.count)
        unsafe nanoseconds.deallocate()
    }

    /// Seconds spent on a part by all workers together.
    package subscript(part: StepPhase) -> Double {
        unsafe Double(nanoseconds[part.rawValue].load(ordering: .relaxed)) * 1e-9
    }

    /// Starts counting anew.
    package func reset() {
        for part in StepPhase.allCases { unsafe nanoseconds[part.rawValue].store(0, ordering: .relaxed) }
    }

    package func add(_ count: Int, to part: StepPhase) {
        unsafe nanoseconds[part.rawValue].add(count, ordering: .relaxed)
    }

    /// The time of a clock that only goes forward, in nanoseconds.
    package static var now: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

extension Optional where Wrapped == StepMeter {
    /// Runs `body`, and counts its time where there is a meter.
    @inline(__always)
    package func time<Result>(_ part: StepPhase, _ body: () -> Result) -> Result {
        guard let self else { return body() }
        let start = StepMeter.now
        let result = body()
        self.add(StepMeter.now - start, to: part)
        return result
    }
}
