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
    private let pieces: [(range: Range<Int>, decay: Double)]

    package init(layout: ParameterLayout, decay: Double) {
        first = AlignedBuffer(zeros: layout.length)
        second = AlignedBuffer(zeros: layout.length)
        pieces = layout.pieces.map { ($0.range, $0.isMatrix ? decay : 0) }
    }

    package var memory: [(name: String, values: Block<Float>)] {
        [("adam.first", first.block), ("adam.second", second.block)]
    }

    package func update(
        parameters: Block<Float>, gradient: Block<Float>, gradientScale: Float, learningRate: Double, pool: WorkerPool
    ) {
        step += 1
        let (beta1, beta2) = (0.9, 0.999)
        let correction1 = 1 / (1 - pow(beta1, Double(step)))
        let correction2 = 1 / (1 - pow(beta2, Double(step)))
        let (first, second, pieces) = (first.block, second.block, pieces)
        pool.run(tasks: pieces.count) { index in
            let (range, decay) = pieces[index]
            AdamWKernel.update(
                parameters: parameters.columns(range), gradient: gradient.columns(range),
                first: first.columns(range), second: second.columns(range), gradientScale: gradientScale,
                learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: 1e-8, decay: decay,
                correction1: correction1, correction2: correction2)
        }
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
