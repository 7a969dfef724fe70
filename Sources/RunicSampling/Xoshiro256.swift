/// The random generator xoshiro256**, seeded by SplitMix64: the same seed gives the same numbers on every machine.
///
/// It is a value: a copy continues independently from the same state, and `Codable` stores it.
/// Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators" (2021), doi:10.1145/3460772.
public struct Xoshiro256: RandomNumberGenerator, Hashable, Sendable {
    private var a: UInt64
    private var b: UInt64
    private var c: UInt64
    private var d: UInt64

    /// Creates a generator whose 256 bits of state are the first four numbers of SplitMix64 from `seed`.
    public init(seed: UInt64) {
        // RunicKernels has SplitMix64 too; a copy of these few fixed lines keeps this module free of dependencies.
        var split = seed
        func next() -> UInt64 {
            split &+= 0x9E37_79B9_7F4A_7C15
            var z = split
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
        (a, b, c, d) = (next(), next(), next(), next())
    }

    /// Draws the next 64 random bits.
    public mutating func next() -> UInt64 {
        let scrambled = (b &* 5).rotatedLeft(by: 7) &* 9
        let shifted = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = d.rotatedLeft(by: 45)
        return scrambled
    }

    /// Draws a number from 0 up to but not including 1, a multiple of 2⁻⁵³.
    public mutating func nextUnit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }
}

extension Xoshiro256: Codable {
    /// Decodes the four words of the state; four zeros are refused, because the generator could never leave them.
    ///
    /// - Throws: `DecodingError` unless there are four words, not all of them zero.
    public init(from decoder: any Decoder) throws {
        var words = try decoder.unkeyedContainer()
        a = try words.decode(UInt64.self)
        b = try words.decode(UInt64.self)
        c = try words.decode(UInt64.self)
        d = try words.decode(UInt64.self)
        if a | b | c | d == 0 {
            throw DecodingError.dataCorruptedError(
                in: words, debugDescription: "the state of the random generator is all zero")
        }
    }

    /// Writes the four words of the state as an array.
    public func encode(to encoder: any Encoder) throws {
        var words = encoder.unkeyedContainer()
        for word in [a, b, c, d] { try words.encode(word) }
    }
}

extension UInt64 {
    fileprivate func rotatedLeft(by count: UInt64) -> UInt64 {
        (self << count) | (self >> (64 - count))
    }
}
