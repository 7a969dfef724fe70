import Foundation
import RunicKernels
import Testing

@Suite struct MatrixProductTests {
    private let arena = Arena()

    static let precisions: [Precision] = ProcessorInformation.hasBFloat16 ? [.float32, .bfloat16] : [.float32]
    static let shapes = [[1, 1, 1], [3, 5, 7], [8, 16, 32], [17, 65, 33], [33, 12, 129]]

    /// A matrix in the precision asked for, with its exact values.
    private func operand(_ precision: Precision, _ rows: Int, _ columns: Int, _ phase: Int) -> (Operand, [Double]) {
        let floats: Block<Float> = arena.block(rows: rows, columns: columns)
        floats.assign(from: (0..<(rows * columns)).map { Float(cos(Double($0 * $0) / 10 + Double(phase))) })
        guard precision == .bfloat16 else { return (Operand(floats), floats.array.map { Double($0) }) }
        let halves: Block<UInt16> = arena.block(rows: rows, columns: columns)
        ElementWise.round(floats, to: halves)
        return (Operand(halves), halves.array.map { Double(Float(bitPattern: UInt32($0) << 16)) })
    }

    private func check(_ output: Block<Float>, _ expected: (Int, Int) -> Double, terms: Int) {
        var worst = 0.0
        for row in 0..<output.rows {
            for column in 0..<output.columns {
                let difference = abs(Double(output[row, column]) - expected(row, column))
                worst = max(worst, difference.isNaN ? .infinity : difference)
            }
        }
        #expect(worst < 3e-7 * Double(terms + 2), "worst difference \(worst)")
    }

    @Test("a product with a packed right side is the sum of products", arguments: precisions, shapes)
    func packed(precision: Precision, shape: [Int]) throws {
        let (m, n, k) = (shape[0], shape[1], shape[2])
        let library = try MatrixLibrary()
        for (transposed, accumulates) in [(false, false), (true, false), (false, true), (true, true)] {
            let (rows, columns) = transposed ? (n, k) : (k, n)
            let source: Block<Float> = arena.block(rows: rows, columns: columns)
            source.assign(from: (0..<(n * k)).map { Float(cos(Double($0 * $0) / 10 + 5)) })
            let (_, right) = operand(precision, rows, columns, 5)
            let packed = try PackedMatrix(
                library: library, rows: rows, columns: columns, transposed: transposed, precision: precision,
                rowsHint: m)
            packed.fill(from: source)
            let (left, leftValues) = operand(precision, m, k, 1)
            let output: Block<Float> = arena.block(rows: m, columns: n)
            output.fill(2)
            try MatrixProduct(right: packed, rows: m, accumulates: accumulates).run(left: left, output: output)
            check(
                output,
                { row, column in
                    (0..<k).reduce(accumulates ? 2 : 0) {
                        $0 + leftValues[row * k + $1] * right[transposed ? column * k + $1 : $1 * n + column]
                    }
                }, terms: k)
        }
    }

    @Test("a packed matrix follows its source when it is filled again")
    func refill() throws {
        let packed = try PackedMatrix(
            library: try MatrixLibrary(), rows: 6, columns: 4, transposed: true, precision: .float32, rowsHint: 3)
        let source: Block<Float> = arena.block(rows: 6, columns: 4)
        let (left, output): (Block<Float>, Block<Float>) = (
            arena.block(rows: 3, columns: 4), arena.block(rows: 3, columns: 6)
        )
        left.fill(1)
        let product = try MatrixProduct(right: packed, rows: 3)
        for value: Float in [1, 3] {
            source.fill(value)
            packed.fill(from: source)
            product.run(left: Operand(left), output: output)
            #expect(output.array.allSatisfy { $0 == 4 * value })
        }
    }

    @Test("a product of part of the columns of a wider left side, transposed or not", arguments: precisions, shapes)
    func strided(precision: Precision, shape: [Int]) throws {
        let (m, n, k) = (shape[0], shape[1], shape[2])
        let library = try MatrixLibrary()
        for (transposed, accumulates) in [(true, false), (true, true), (false, false), (false, true)] {
            let (rows, columns) = transposed ? (k, m) : (m, k)
            let wide = columns + 9
            let (whole, leftValues) = operand(precision, rows, wide, 2)
            let (right, rightValues) = operand(precision, k, n, 3)
            let outputs: Block<Float> = arena.block(rows: m, columns: n + 5)
            outputs.fill(7)
            let output = outputs.columns(2..<(n + 2))
            try MatrixProduct(
                library: library, m: m, n: n, k: k, leftStride: wide, leftTransposed: transposed, rightStride: n,
                outputStride: n + 5, accumulates: accumulates, precision: precision
            ).run(left: whole.columns(4..<(4 + columns)), right: right, output: output)
            check(
                output,
                { row, column in
                    (0..<k).reduce(accumulates ? 7 : 0) { sum, term in
                        let place = transposed ? term * wide + 4 + row : row * wide + 4 + term
                        return sum + leftValues[place] * rightValues[term * n + column]
                    }
                }, terms: k)
            let outside = outputs.columns(0..<2).array + outputs.columns((n + 2)..<(n + 5)).array
            #expect(outside.allSatisfy { $0 == 7 }, "nothing outside the output may change")
        }
    }
}
