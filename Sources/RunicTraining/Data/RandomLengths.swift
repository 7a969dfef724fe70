internal import RunicKernels

/// Random lengths of the steps of an epoch, drawn as in AWD-LSTM (Merity et al. 2018, arXiv 1708.02182).
///
/// T is normal with deviation 5, around `sequence` with probability 0.95, else around half of it. Here T is a multiple of
/// 4, so that equal lengths can share their products, and within ``shortest`` … ``longest(sequence:)``.
package enum RandomLengths {
    /// The first multiple of 4 above 5.
    package static let shortest = 8

    /// The largest multiple of 4 that is at most `sequence` + 16.
    package static func longest(sequence: Int) -> Int { (sequence + 16) / 4 * 4 }

    /// The largest `sequence` whose ``longest(sequence:)`` is at most `longest`; 0 or less if there is none.
    static func largestSequence(longest: Int) -> Int { longest / 4 * 4 + 3 - 16 }

    /// The approximate mean of the drawn lengths.
    static func mean(sequence: Int) -> Int { max(shortest, (sequence * 39 + 39) / 40) }

    static func draw(sequence: Int, from stream: inout SplitMix64) -> Int {
        let about = stream.nextUnit() < 0.95 ? Double(sequence) : Double(sequence) / 2
        let drawn = about + 5 * Double(stream.nextNormal())
        return min(max(Int((drawn / 4).rounded()) * 4, shortest), longest(sequence: sequence))
    }

    /// Lengths for an epoch, with a sum of at most `most`: any excess is taken from the last lengths.
    ///
    /// - Precondition: `most` has room for `count` of the shortest lengths.
    static func draw(count: Int, sequence: Int, most: Int, from stream: inout SplitMix64) -> [Int] {
        precondition(count * shortest <= most, "\(count) lengths within \(most) symbols")
        var lengths = (0..<count).map { _ in draw(sequence: sequence, from: &stream) }
        var excess = lengths.reduce(0, +) - most
        for index in lengths.indices.reversed() where excess > 0 {
            let taken = min(lengths[index] - shortest, (excess + 3) / 4 * 4)
            lengths[index] -= taken
            excess -= taken
        }
        return lengths
    }
}
