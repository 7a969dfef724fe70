import Foundation
import RunicKernels
import Testing

@Suite struct SoftmaxCrossEntropyTests {
    private let arena = Arena()

    private struct Sample {
        var logits: Block<Float>, bias: Block<Float>, targets: Block<Int32>
    }

    private func sample(_ logits: [[Float]], bias: [Float], targets: [Int32]) -> Sample {
        let made = Sample(
            logits: arena.block(rows: logits.count, columns: bias.count),
            bias: arena.block(rows: 1, columns: bias.count), targets: arena.block(rows: targets.count, columns: 1))
        made.logits.assign(from: logits.flatMap { $0 })
        made.bias.assign(from: bias)
        made.targets.assign(from: targets)
        return made
    }

    /// −log p of each row and p, in double precision.
    private func expected(_ logits: [Float], _ bias: [Float]) -> (logarithms: [Double], probabilities: [Double]) {
        let scores = zip(logits, bias).map { Double($0) + Double($1) }
        let largest = scores.max() ?? 0
        let sum = scores.reduce(0) { $0 + exp($1 - largest) }
        return (scores.map { log(sum) - ($0 - largest) }, scores.map { exp($0 - largest) / sum })
    }

    private let rows: [[Float]] = [
        (0..<13).map { 3 * cosf(Float($0 * $0)) },
        (0..<13).map { Float($0) * 50 },
        (0..<13).map { $0 == 4 ? 1e30 : -1e30 },
        (0..<13).map { _ in -2e4 },
        (0..<13).map { 1e4 + cosf(Float($0)) },
        (0..<13).map { $0 == 12 ? 88 : -88 },
    ]
    private let bias: [Float] = (0..<13).map { sinf(Float($0)) / 4 }

    @Test("the loss of ordinary, huge and hopeless scores is that of double precision")
    func losses() {
        let targets: [Int32] = [3, 12, 4, 0, 7, 11]
        let sample = sample(rows, bias: bias, targets: targets)
        let nats: Block<Float> = arena.block(rows: 6, columns: 1)
        let sum = SoftmaxCrossEntropy.loss(
            logits: sample.logits, bias: sample.bias, targets: sample.targets, nats: nats)
        var total = 0.0
        for (row, target) in targets.enumerated() {
            let truth = expected(rows[row], bias).logarithms[Int(target)]
            total += truth
            // Scores beyond 10,000 have steps of a thousandth in float32.
            let tolerance = 1e-6 * abs(truth) + (row == 3 || row == 4 ? 2e-3 : 2e-6)
            #expect(abs(Double(nats[row, 0]) - truth) <= tolerance, "row \(row): \(nats[row, 0]) for \(truth)")
        }
        #expect(abs(sum - total) < 1e-6 * total + 5e-3)
        #expect(sample.logits.array == rows.flatMap { $0 }, "scoring must leave the logits alone")
    }

    @Test("the loss of an almost impossible symbol is not clamped")
    func outOfReach() {
        let sample = sample([rows[2], rows[1]], bias: bias, targets: [5, 0])
        let sum = SoftmaxCrossEntropy.loss(logits: sample.logits, bias: sample.bias, targets: sample.targets)
        let truth = expected(rows[2], bias).logarithms[5] + expected(rows[1], bias).logarithms[0]
        #expect(abs(sum - truth) < 1e-6 * truth)
    }

    @Test("the gradient is softmax minus one-hot, scaled; skipped rows give no gradient and are not counted")
    func gradients() {
        let targets: [Int32] = [3, 12, -1, 0, 7, 11]
        let sample = sample(rows, bias: bias, targets: targets)
        let biasGradient: Block<Float> = arena.block(rows: 1, columns: 13)
        let rounded: Block<UInt16> = arena.block(rows: 6, columns: 13)
        biasGradient.fill(0.5)
        rounded.fill(0xFFFF)
        let sum = SoftmaxCrossEntropy.lossAndGradient(
            logits: sample.logits, bias: sample.bias, targets: sample.targets, gradientScale: 0.125,
            biasGradient: biasGradient, rounded: rounded)
        var total = 0.0
        var columns = [Double](repeating: 0.5, count: 13)
        for (row, target) in targets.enumerated() {
            let truth = expected(rows[row], bias)
            if target >= 0 { total += truth.logarithms[Int(target)] }
            for column in 0..<13 {
                let gradient =
                    target < 0 ? 0 : (truth.probabilities[column] - (column == Int(target) ? 1 : 0)) * 0.125
                columns[column] += gradient
                let tolerance = row == 3 || row == 4 ? 1e-4 : 2e-7
                #expect(abs(Double(sample.logits[row, column]) - gradient) < tolerance, "row \(row), column \(column)")
            }
        }
        #expect(abs(sum - total) < 1e-6 * total + 5e-3)
        for column in 0..<13 { #expect(abs(Double(biasGradient[0, column]) - columns[column]) < 2e-4) }
        let again: Block<UInt16> = arena.block(rows: 6, columns: 13)
        ElementWise.round(sample.logits, to: again)
        #expect(rounded.array == again.array)
    }

    @Test("logits that are not numbers give a loss that is not a number", arguments: [0, 6, 12])
    func notANumber(place: Int) {
        var row = rows[0]
        row[place] = .nan
        let sample = sample([row], bias: bias, targets: [3])
        #expect(SoftmaxCrossEntropy.loss(logits: sample.logits, bias: sample.bias, targets: sample.targets).isNaN)
    }
}
