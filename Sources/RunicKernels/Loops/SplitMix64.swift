internal import Glibc

/// The random generator SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195): one word of state, any seed.
///
/// Used for initialisation and for the keys of counter-based streams. It is a value: the user of a stream owns it.
package struct SplitMix64: RandomNumberGenerator, Sendable, Hashable, Codable {
    package var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// A stream for one purpose, independent of the other streams of the same seed.
    package init(seed: UInt64, stream: UInt64) {
        var mixer = SplitMix64(seed: seed ^ 0x52C9_7A1D_3E0B_8F46)
        let first = mixer.next()
        state = first &+ stream &* 0xD1B5_4A32_D192_ED03
        _ = next()
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// A float in [0, 1) with 24 random bits.
    package mutating func nextUnit() -> Float { Float(next() >> 40) * 0x1p-24 }
}

extension SplitMix64 {
    /// A normal deviate of mean 0 and deviation 1 (Box and Muller 1958); uses two words, keeps no spare.
    package mutating func nextNormal() -> Float {
        let radius = (-2 * log(Double(next() >> 11) * 0x1p-53 + 0x1p-54)).squareRoot()
        return Float(radius * cos(2 * Double.pi * Double(next() >> 11) * 0x1p-53))
    }
}

/// The natural logarithm.
package func logarithm(_ value: Float) -> Float { log(value) }
