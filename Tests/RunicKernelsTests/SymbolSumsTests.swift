import RunicKernels
import Testing

@Suite struct SymbolSumsTests {
    private let arena = Arena()

    private func rows(_ count: Int, _ width: Int, _ value: (Int) -> Float) -> Block<Float> {
        let made: Block<Float> = arena.block(rows: count, columns: width)
        made.assign(from: (0..<(count * width)).map(value))
        return made
    }

    @Test("every symbol gets the sum of its rows, within columns of wider matrices", arguments: [1, 2, 4])
    func sums(groups: Int) {
        let symbols = 5
        var expected = [Double](repeating: 0, count: symbols * 6)
        var shards: [(rows: Block<Float>, order: SymbolOrder)] = []
        for shard in 0..<8 {
            let count = 3 + shard
            let names: Block<Int32> = arena.block(rows: count, columns: 1)
            // Symbol 3 occurs nowhere, symbol 4 in one shard.
            let chosen = (0..<count).map { Int32(shard == 5 && $0 == 0 ? 4 : ($0 * $0 + shard) % 3) }
            names.assign(from: chosen)
            let order = SymbolOrder(rows: 11, symbols: symbols)
            order.sort(names)
            let block = rows(11, 9) { Float(($0 * 7 + shard) % 13) - 6.25 }
            for (row, name) in chosen.enumerated() {
                for column in 0..<6 { expected[Int(name) * 6 + column] += Double(block[row, 2 + column]) }
            }
            shards.append((block, order))
        }
        let table = rows(symbols, 8) { _ in 99 }
        SymbolSums(shards, groups: groups).sum(
            2..<8, to: table.columns(1..<7), scratch: arena.block(rows: 2, columns: 6))
        for symbol in 0..<symbols {
            #expect(table[symbol, 0] == 99 && table[symbol, 7] == 99)
            for column in 0..<6 { #expect(Double(table[symbol, column + 1]) == expected[symbol * 6 + column]) }
        }
    }

    @Test("the groups are added in pairs, and within a group one after the other")
    func order() {
        // In float32, 1e8 + 3 is 100000000 or 100000008: the sum depends on what is added first.
        let values: [Float] = [1e8, 3, 3, 3, -1e8, 3, 3, 3]
        let shards = values.map { value in
            let order = SymbolOrder(rows: 1, symbols: 1)
            let name: Block<Int32> = arena.block(rows: 1, columns: 1)
            order.sort(name)
            return (rows: rows(1, 1) { _ in value }, order: order)
        }
        func sum(_ groups: Int) -> Float {
            let table = rows(1, 1) { _ in 0 }
            SymbolSums(shards, groups: groups).sum(0..<1, to: table, scratch: arena.block(rows: 3, columns: 1))
            return table[0, 0]
        }
        let pairs = values.indices.filter { $0 % 2 == 0 }.map { values[$0] + values[$0 + 1] }
        #expect(sum(8) == (pairs[0] + pairs[1]) + (pairs[2] + pairs[3]))
        #expect(sum(4) == sum(8))
        let halves = [values[..<4], values[4...]].map { $0.reduce(0, +) }
        #expect(sum(2) == halves[0] + halves[1])
        #expect(sum(1) == values.reduce(0, +))
    }
}
