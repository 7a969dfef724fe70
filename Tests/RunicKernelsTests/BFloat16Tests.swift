import CRunicKernels
import RunicKernels
import Testing

@Suite struct BFloat16Tests {
    private let arena = Arena()

    private func round(_ x: [Float]) -> [UInt16] {
        let source: Block<Float> = arena.block(rows: 1, columns: x.count)
        let target: Block<UInt16> = arena.block(rows: 1, columns: x.count)
        source.assign(from: x)
        ElementWise.round(source, to: target)
        return target.array
    }

    /// The nearer of the two neighbours by exact arithmetic in float64; the even one of a tie.
    private func nearest(_ x: Float) -> UInt16 {
        let below = UInt16(x.bitPattern >> 16)
        guard x.isFinite, x.bitPattern & 0xFFFF != 0 else { return below }
        let magnitude = Double(x.magnitude)
        let low = Double(Float(bitPattern: UInt32(below & 0x7FFF) << 16))
        // The next value above the largest finite one is 2^128, which is written as infinity.
        let next = UInt32(below & 0x7FFF) + 1
        let high = next == 0x7F80 ? 0x1p128 : Double(Float(bitPattern: next << 16))
        let (toLow, toHigh) = (magnitude - low, high - magnitude)
        let goesUp = toHigh < toLow || (toHigh == toLow && below & 1 == 1)
        return goesUp ? below + 1 : below
    }

    @Test("rounding takes the nearest value, and the even one of a tie")
    func nearestEven() {
        var inputs: [Float] = []
        for top in stride(from: UInt32(0), to: 0x1_0000, by: 61) {
            for low: UInt32 in [0, 1, 0x7FFF, 0x8000, 0x8001, 0xFFFF] {
                let value = Float(bitPattern: top << 16 | low)
                if !value.isNaN { inputs.append(value) }
            }
        }
        inputs += [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, .infinity, -.infinity, 0, -0]
        inputs += [0x7F7F, 0xFF7F].flatMap { top in
            [0x7FFF, 0x8000, 0x8001].map { Float(bitPattern: UInt32(top) << 16 | UInt32($0)) }
        }
        #expect(round(inputs) == inputs.map(nearest))
    }

    @Test("NaN stays NaN, whatever its bits")
    func notANumber() {
        let inputs: [UInt32] = [0x7F80_0001, 0x7FFF_FFFF, 0xFF80_0001, 0x7FC0_0000, 0xFFFF_FFFF, 0x7F80_FFFF]
        for output in round(inputs.map { Float(bitPattern: $0) }) {
            #expect(output & 0x7F80 == 0x7F80 && output & 0x7F != 0, "\(output)")
        }
    }

    @Test("widening gives back every bfloat16")
    func widening() {
        let count = 0x1_0000
        let (source, target): (Block<UInt16>, Block<Float>) = (
            arena.block(rows: 1, columns: count), arena.block(rows: 1, columns: count)
        )
        source.assign(from: (0..<count).map { UInt16($0) })
        unsafe runic_from_bfloat16(count, source.base, target.base)
        let wrong = target.array.enumerated().first { $0.element.bitPattern != UInt32($0.offset) << 16 }
        #expect(wrong == nil)
    }
}
