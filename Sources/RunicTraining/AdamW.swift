internal import Glibc
package import RunicCells
package import RunicKernels

/// Adam with decoupled weight decay (Kingma and Ba 2015, arXiv 1412.6980; Loshchilov and Hutter 2019, arXiv 1711.05101).
///
///     m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
///     θ ← θ (1 − η λ) − η · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)
///
/// β₁ = 0.9, β₂ = 0.999, ε = 1e−8, as PyTorch's. Decay λ is for matrices only: biases are left alone.
package final class AdamW: Optimizer, @unchecked Sendable {
    // Sendable by hand: one thread drives it, and its workers update disjoint ranges.
    package var step = 0
    private let first: AlignedBuffer<Float>
    private let second: AlignedBuffer<Float>
    private let pieceCount: Int
    /// The update of one piece, made once, so that a step allocates nothing.
    private let job: @Sendable (Int) -> Void
    private let update = Update()

    /// What an update is about.
    private final class Update: @unchecked Sendable {
        // Sendable by hand: written between the pool's runs.
        var blocks: (parameters: Block<Float>, gradient: Block<Float>)?
        var gradientScale: Float = 1
        var learningRate = 0.0
        var (correction1, correction2) = (1.0, 1.0)
        var meter: StepMeter?
    }

    package init(layout: ParameterLayout, decay: Double) {
        first = AlignedBuffer(zeros: layout.length)
        second = AlignedBuffer(zeros: layout.length)
        let pieces = layout.pieces
        pieceCount = pieces.count
        let (first, second) = (first.block, second.block)
        job = { [update] index in
            guard let (parameters, gradient) = update.blocks else { return }
            let (range, isMatrix) = pieces[index]
            update.meter.time(.optimizer) {
                AdamWKernel.update(
                    parameters: parameters.columns(range), gradient: gradient.columns(range),
                    first: first.columns(range), second: second.columns(range), gradientScale: update.gradientScale,
                    learningRate: update.learningRate, beta1: Self.beta1, beta2: Self.beta2, epsilon: 1e-8,
                    decay: isMatrix ? decay : 0, correction1: update.correction1, correction2: update.correction2)
            }
        }
    }

    private static let (beta1, beta2) = (0.9, 0.999)

    package var memory: [(name: String, values: Block<Float>)] {
        [("adam.first", first.block), ("adam.second", second.block)]
    }

    package func update(
        parameters: Block<Float>, gradient: Block<Float>, gradientScale: Float, learningRate: Double, pool: WorkerPool
    ) {
        step += 1
        update.blocks = (parameters, gradient)
        update.gradientScale = gradientScale
        update.learningRate = learningRate
        update.correction1 = 1 / (1 - pow(Self.beta1, Double(step)))
        update.correction2 = 1 / (1 - pow(Self.beta2, Double(step)))
        update.meter = pool.meter
        pool.run(tasks: pieceCount, job)
    }
}

extension ParameterLayout {
    /// The tensors cut into pieces of at most 65,536 elements, for workers.
    package var pieces: [(range: Range<Int>, isMatrix: Bool)] {
        entries.flatMap { entry in
            stride(from: entry.offset, to: entry.range.upperBound, by: 65_536).map {
                ($0..<min($0 + 65_536, entry.range.upperBound), entry.isMatrix)
            }
        }
    }
}
