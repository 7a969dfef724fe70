import CRunicKernels
import Foundation
import RunicKernels
import Testing

@Suite struct RowMatrixTests {
    private let arena = Arena()

    private func block(_ rows: Int, _ columns: Int, _ value: (Int) -> Float = { _ in 0 }) -> Block<Float> {
        let made: Block<Float> = arena.block(rows: rows, columns: columns)
        made.assign(from: (0..<(rows * columns)).map(value))
        return made
    }

    private func wave(_ index: Int) -> Float { Float(cos(Double(index * index) / 10)) }

    private func states(_ x: Block<Float>) -> Block<UInt8> {
        let made: Block<UInt8> = arena.block(rows: 1, columns: RowMatrix.paddedStates(x.columns))
        // Values after the states must not count.
        made.fill(255)
        ElementWise.quantize(x, columns: 0..<x.columns, to: made)
        return made
    }

    /// Groups, units of a group, and K: below, at and beyond the lanes of a vector and the width of a panel.
    static let shapes: [(groups: Int, units: Int, k: Int)] = [
        (1, 1, 1), (4, 5, 3), (4, 16, 8), (3, 33, 19), (4, 33, 64), (1, 65, 30), (1, 130, 5), (2, 64, 33), (8, 17, 6),
        (5, 40, 12), (6, 9, 7), (7, 20, 10),
    ]

    @Test("the product of one row agrees with double precision", arguments: shapes, [Precision.float32, .bfloat16])
    func product(shape: (groups: Int, units: Int, k: Int), precision: Precision) {
        let (M, K) = (shape.groups * shape.units, shape.k)
        let (w, x, y) = (block(M, K, wave), block(1, K) { wave($0 + 7) }, block(1, M) { _ in .nan })
        let matrix = RowMatrix(w, groups: shape.groups, precision: precision)
        matrix.reader.multiply(panels: 0..<matrix.reader.panels, x, states: states(x), to: y)
        withExtendedLifetime(matrix) {}
        let exact = block(M, K, wave)
        if precision == .bfloat16 { ElementWise.roundInPlace(exact) }
        for row in 0..<M {
            let expected = (0..<K).reduce(0) { $0 + Double(exact[row, $1]) * Double(x[0, $1]) }
            #expect(abs(Double(y[0, row]) - expected) < 2e-7 * Double(K + 4), "row \(row)")
        }
    }

    @Test("the int8 product is the sum of integers times its scale, to the bit", arguments: shapes, [true, false])
    func integers(shape: (groups: Int, units: Int, k: Int), fast: Bool) {
        let (M, K) = (shape.groups * shape.units, shape.k)
        let (w, x, y) = (block(M, K, wave), block(1, K) { wave($0 + 7) }, block(1, M) { _ in .nan })
        let matrix = RowMatrix(w, groups: shape.groups, precision: .int8)
        if fast {
            matrix.reader.multiply(panels: 0..<matrix.reader.panels, x, states: states(x), to: y)
        } else {
            matrix.reader.multiplyPlainly(states: states(x), to: y)
        }
        let quantized = QuantizedMatrix(w)
        for row in 0..<M {
            let sum = (0..<K).reduce(0) {
                $0 + Int(quantized.values[row * K + $1]) * Int((x[0, $1] * 127).rounded(.toNearestOrEven))
            }
            #expect(y[0, row] == Float(sum) * (quantized.scales[row] / 127), "row \(row)")
        }
    }

    @Test("some panels make the units they name, in every group, and leave the others alone", arguments: shapes)
    func panels(shape: (groups: Int, units: Int, k: Int)) {
        let (M, K) = (shape.groups * shape.units, shape.k)
        let (w, x, whole) = (block(M, K, wave), block(1, K) { wave($0 + 7) }, block(1, M))
        let matrix = RowMatrix(w, groups: shape.groups, precision: .float32)
        let reader = matrix.reader
        reader.multiply(panels: 0..<reader.panels, x, states: states(x), to: whole)
        var covered = 0
        for panel in 0..<reader.panels {
            let y = block(1, M) { _ in .infinity }
            reader.multiply(panels: panel..<(panel + 1), x, states: states(x), to: y)
            let units = reader.units(ofPanels: panel..<(panel + 1))
            covered += units.count
            for row in 0..<M {
                #expect(y[0, row] == (units.contains(row % shape.units) ? whole[0, row] : .infinity))
            }
        }
        #expect(covered == shape.units)
        withExtendedLifetime(matrix) {}
    }
}

@Suite struct QuantizedMatrixTests {
    private let arena = Arena()

    @Test("every value is the nearest step of its row, and the largest is 127")
    func nearest() {
        let w: Block<Float> = arena.block(rows: 3, columns: 50)
        for row in 0..<3 {
            for column in 0..<50 { w[row, column] = Float(sin(Double(column * (row + 2)))) * Float(row) }
        }
        let quantized = QuantizedMatrix(w)
        for row in 0..<3 {
            let scale = quantized.scales[row]
            let values = quantized.values[(row * 50)..<(row * 50 + 50)]
            #expect(values.map { abs(Int($0)) }.max() == (row == 0 ? 0 : 127))
            for (column, value) in values.enumerated() {
                #expect(abs(Float(value) * scale - w[row, column]) <= 0.5001 * scale)
            }
        }
    }

    @Test("quantising a dequantised matrix gives the same values")
    func again() {
        let w: Block<Float> = arena.block(rows: 20, columns: 77)
        w.assign(from: (0..<w.count).map { Float(cos(Double($0 * $0)) / Double(1 + $0 % 13)) })
        let first = QuantizedMatrix(w)
        first.dequantize(into: w)
        #expect(QuantizedMatrix(w).values == first.values)
    }
}
