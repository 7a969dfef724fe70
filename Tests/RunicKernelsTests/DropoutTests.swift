import RunicKernels
import Testing

@Suite struct DropoutTests {
    private let arena = Arena()

    private func mask(_ probability: Double, key: UInt64, first: Int = 0, count: Int) -> [Float] {
        let (ones, kept): (Block<Float>, Block<Float>) = (
            arena.block(rows: 1, columns: count), arena.block(rows: 1, columns: count)
        )
        ones.fill(1)
        ElementWise.dropout(ones, DropoutMask(probability: probability, key: key), first: first, to: Operand(kept))
        return kept.array
    }

    @Test("the kept fraction and the expected value are as requested", arguments: [0.1, 0.25, 0.5, 0.9])
    func share(probability: Double) {
        let count = 60_000
        for key: UInt64 in [1, 2, 0xDEAD_BEEF_0000_0007] {
            let values = mask(probability, key: key, count: count)
            let kept = Double(values.count { $0 != 0 })
            let deviation = (Double(count) * probability * (1 - probability)).squareRoot()
            #expect(abs(kept - Double(count) * (1 - probability)) < 5 * deviation)
            #expect(values.allSatisfy { $0 == 0 || abs(Double($0) * (1 - probability) - 1) < 1e-6 })
            let mean = values.reduce(0.0) { $0 + Double($1) } / Double(count)
            #expect(abs(mean - 1) < 5 * deviation / Double(count) / (1 - probability))
        }
    }

    @Test("the same key gives the same mask, another key another one that has nothing to do with it")
    func keys() {
        let first = mask(0.5, key: 41, count: 20_000)
        #expect(first == mask(0.5, key: 41, count: 20_000))
        for other: UInt64 in [42, 43, 41 << 20, 1 << 63] {
            let agreeing = zip(first, mask(0.5, key: other, count: 20_000)).count { $0 == $1 }
            #expect(abs(agreeing - 10_000) < 5 * 71, "\(agreeing) of 20000 agree under key \(other)")
        }
    }

    @Test("neighbours are independent at every small distance", arguments: [1, 2, 3, 16, 64])
    func neighbours(distance: Int) {
        let values = mask(0.5, key: 5, count: 20_000 + distance)
        let agreeing = zip(values, values.dropFirst(distance)).count { $0 == $1 }
        #expect(abs(agreeing - 10_000) < 5 * 71, "\(agreeing) of 20000 agree")
    }

    @Test("a mask in pieces is the mask as a whole")
    func pieces() {
        let whole = mask(0.3, key: 9, count: 1_000)
        #expect(mask(0.3, key: 9, count: 137) + mask(0.3, key: 9, first: 137, count: 863) == whole)
    }

    @Test("without dropout nothing changes, and bfloat16 gets the rounded values")
    func edges() {
        #expect(mask(0, key: 3, count: 100).allSatisfy { $0 == 1 })
        let (x, floats): (Block<Float>, Block<Float>) = (
            arena.block(rows: 2, columns: 50), arena.block(rows: 2, columns: 50)
        )
        let (halves, expected): (Block<UInt16>, Block<UInt16>) = (
            arena.block(rows: 2, columns: 50), arena.block(rows: 2, columns: 50)
        )
        x.assign(from: (0..<100).map { Float($0) / 7 })
        let mask = DropoutMask(probability: 0.4, key: 8)
        ElementWise.dropout(x, mask, first: 0, to: Operand(floats))
        ElementWise.dropout(x, mask, first: 0, to: Operand(halves))
        ElementWise.round(floats, to: expected)
        #expect(halves.array == expected.array)
        ElementWise.dropout(x, mask, first: 0, to: Operand(x))
        #expect(x.array == floats.array, "in place")
    }
}
