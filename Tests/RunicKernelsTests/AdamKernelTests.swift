import Foundation
import RunicKernels
import Testing

@Suite struct AdamKernelTests {
    private let arena = Arena()

    @Test("several updates agree with the paper's rule in double precision", arguments: [0.0, 0.1], [1.0, 0.25])
    func updates(decay: Double, scale: Double) {
        let count = 37
        func block(_ value: (Int) -> Double) -> Block<Float> {
            let made: Block<Float> = arena.block(rows: 1, columns: count)
            made.assign(from: (0..<count).map { Float(value($0)) })
            return made
        }
        let parameters = block { cos(Double($0)) }
        let (first, second) = (block { _ in 0 }, block { _ in 0 })
        var theta = parameters.array.map { Double($0) }
        var m = [Double](repeating: 0, count: count)
        var v = m
        let (rate, beta1, beta2, epsilon) = (0.01, 0.9, 0.999, 1e-8)
        for step in 1...6 {
            let gradient = block { sin(Double($0 * step)) * ($0 % 5 == 0 ? 1e-4 : 3) }
            let (correction1, correction2) = (
                1 / (1 - pow(beta1, Double(step))), 1 / (1 - pow(beta2, Double(step)))
            )
            AdamKernel.update(
                parameters: parameters, gradient: gradient, first: first, second: second,
                gradientScale: Float(scale), learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon,
                penalty: 0, decay: decay, correction1: correction1, correction2: correction2)
            for index in 0..<count {
                let g = Double(gradient[0, index]) * scale
                theta[index] -= rate * decay * theta[index]
                m[index] = beta1 * m[index] + (1 - beta1) * g
                v[index] = beta2 * v[index] + (1 - beta2) * g * g
                theta[index] -= rate * (m[index] * correction1) / ((v[index] * correction2).squareRoot() + epsilon)
            }
        }
        for index in 0..<count {
            #expect(abs(Double(parameters[0, index]) - theta[index]) < 2e-6, "parameter \(index)")
            #expect(abs(Double(first[0, index]) - m[index]) <= 2e-6 * abs(m[index]) + 1e-7, "first moment \(index)")
            #expect(abs(Double(second[0, index]) - v[index]) <= 1e-4 * v[index] + 1e-12, "second moment \(index)")
        }
    }
}
