import CRunicKernels
import Foundation
import RunicKernels
import Testing

@Suite struct ActivationTests {
    private let arena = Arena()

    /// Every 65,521st float32 of both signs, the ends and a fine comb where the curves bend.
    private var inputs: [Float] {
        var made: [Float] = [
            0, -0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, 1e30, -1e30,
        ]
        made += [.infinity, -.infinity, 87, -87, 10, -10, 9.010913, 44.014]
        for bits in stride(from: UInt32(0), to: 0x7F80_0000, by: 65_521) {
            made += [Float(bitPattern: bits), Float(bitPattern: bits | 0x8000_0000)]
        }
        made += (-24_000...24_000).map { Float($0) / 1_999 }
        return made
    }

    private enum Curve { case tanh, sigmoid }

    private func apply(_ curve: Curve, _ x: [Float]) -> [Float] {
        let (source, target) = (block(x.count), block(x.count))
        source.assign(from: x)
        switch curve {
        case .tanh: unsafe runic_tanh(x.count, source.base, target.base)
        case .sigmoid: unsafe runic_sigmoid(x.count, source.base, target.base)
        }
        return target.array
    }

    private func block(_ count: Int) -> Block<Float> { arena.block(rows: 1, columns: count) }

    @Test("tanh stays within 5e-7 of the truth, relatively, over all of float32")
    func tanhError() {
        let x = inputs
        let y = apply(.tanh, x)
        var worst = 0.0
        for (input, output) in zip(x, y) {
            let expected = tanh(Double(input))
            // Denormal results have fewer bits; half their last one is allowed on top.
            let error = abs(Double(output) - expected) - 0x1p-149
            worst = max(worst, expected == 0 ? (output == 0 ? 0 : .infinity) : error / abs(expected))
        }
        #expect(worst < 5e-7, "worst relative error \(worst)")
    }

    @Test("sigmoid stays within 5e-7 of the truth, relatively, and ends at 0 and 1")
    func sigmoidError() {
        let x = inputs
        let y = apply(.sigmoid, x)
        var worst = 0.0
        for (input, output) in zip(x, y) {
            if input < -87 {
                #expect(output >= 0 && output < 1.7e-38, "sigmoid(\(input)) = \(output)")
            } else {
                let expected = 1 / (1 + exp(-Double(input)))
                worst = max(worst, abs(Double(output) - expected) / expected)
            }
        }
        #expect(worst < 5e-7, "worst relative error \(worst)")
    }

    @Test("NaN stays NaN")
    func notANumber() {
        #expect(apply(.tanh, [.nan])[0].isNaN)
        #expect(apply(.sigmoid, [.nan])[0].isNaN)
    }
}
