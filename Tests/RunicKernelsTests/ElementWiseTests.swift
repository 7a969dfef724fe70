import Foundation
import RunicKernels
import Testing

@Suite struct ElementWiseTests {
    private let arena = Arena()

    private func block(_ rows: Int, _ columns: Int, _ value: (Int) -> Float = { _ in 0 }) -> Block<Float> {
        let made: Block<Float> = arena.block(rows: rows, columns: columns)
        made.assign(from: (0..<(rows * columns)).map(value))
        return made
    }

    private func wave(_ index: Int) -> Float { Float(cos(Double(index * index) / 10)) }

    @Test("gather copies the rows that are named, and rounds them on request")
    func gather() {
        let table = block(5, 7, wave)
        let names: Block<Int32> = arena.block(rows: 4, columns: 1)
        names.assign(from: [4, 0, 4, 2])
        let (floats, halves): (Block<Float>, Block<UInt16>) = (block(4, 7), arena.block(rows: 4, columns: 7))
        ElementWise.gather(table, names, to: Operand(floats))
        ElementWise.gather(table, names, to: Operand(halves))
        let expected = [4, 0, 4, 2].flatMap { table.rows($0..<($0 + 1)).array }
        #expect(floats.array == expected)
        let rounded: Block<UInt16> = arena.block(rows: 4, columns: 7)
        ElementWise.round(floats, to: rounded)
        #expect(halves.array == rounded.array)
    }

    @Test("adding touches every element", arguments: [1, 15, 16, 17, 1_000])
    func add(count: Int) {
        let (x, y) = (block(1, count, wave), block(1, count) { Float($0) })
        ElementWise.add(x, to: y)
        #expect(y.array == (0..<count).map { wave($0) + Float($0) })
    }

    @Test("a sum of squares agrees with double precision", arguments: [0, 1, 31, 4_095, 4_096, 4_097, 20_001])
    func sumOfSquares(count: Int) {
        let x = block(1, count, wave)
        let expected = x.array.reduce(0.0) { $0 + Double($1) * Double($1) }
        // 4,096 float32 additions in a row, each off by at most 6e-8, at random.
        #expect(abs(ElementWise.sumOfSquares(x) - expected) <= 5e-6 * expected)
    }
}
