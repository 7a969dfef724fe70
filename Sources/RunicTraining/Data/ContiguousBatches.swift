internal import RunicKernels

/// The batches of the training text: B contiguous streams, one per row, each read a few symbols at a time.
///
/// Row r of step s continues where it stopped in step s − 1, so the state can be carried. Every epoch starts at another
/// offset, so that the boundaries between steps move. The plan of an epoch depends only on its number and the seed.
package struct ContiguousBatches: Sendable, Hashable {
    /// Length of each stream.
    let streamLength: Int
    let sequence: Int
    let randomLengths: Bool
    /// The number of steps of every epoch; with random lengths, as many as fit at their mean length.
    package let stepsPerEpoch: Int
    private let seed: UInt64

    /// - Throws: ``TrainingError/textTooShort(symbols:batch:sequence:largestSequence:)``.
    package init(
        symbols: Int, batch: Int, sequence: Int, seed: UInt64, randomLengths: Bool = false
    ) throws(TrainingError) {
        streamLength = symbols / batch
        let longest = Self.longest(sequence: sequence, randomLengths)
        guard streamLength >= longest + 1 else {
            throw .textTooShort(
                symbols: symbols, batch: batch, sequence: longest,
                largestSequence: Self.largestSequence(streamLength: streamLength, randomLengths))
        }
        self.sequence = sequence
        self.seed = seed
        self.randomLengths = randomLengths
        let usable = streamLength - 1
        let mean = randomLengths ? RandomLengths.mean(sequence: sequence) : sequence
        stepsPerEpoch = usable >= 2 * mean ? (usable - mean + 1) / mean : 1
    }

    /// The most symbols that a stream reads in one step.
    static func longest(sequence: Int, _ randomLengths: Bool) -> Int {
        randomLengths ? RandomLengths.longest(sequence: sequence) : sequence
    }

    /// The largest `sequence` of which a step fits into a stream; 0 if none does.
    static func largestSequence(streamLength: Int, _ randomLengths: Bool) -> Int {
        let longest = streamLength - 1
        return max(randomLengths ? RandomLengths.largestSequence(longest: longest) : longest, 0)
    }

    /// The ranges that the steps of an epoch read.
    ///
    /// - Complexity: O(steps of the epoch).
    package func plan(epoch: Int) -> EpochPlan {
        var stream = SplitMix64(seed: seed, stream: 0xE90C_0000 + UInt64(epoch))
        let word = stream.next()
        let lengths =
            randomLengths
            ? RandomLengths.draw(count: stepsPerEpoch, sequence: sequence, most: streamLength - 1, from: &stream)
            : Array(repeating: sequence, count: stepsPerEpoch)
        let slack = streamLength - 1 - lengths.reduce(0, +)
        let offset = Int(word % UInt64(min(slack, sequence - 1) + 1))
        return EpochPlan(epoch: epoch, offset: offset, lengths: lengths)
    }

    /// The indices into the text of the symbols that a row reads in `range` of its stream, and of the one it predicts last.
    package func symbols(row: Int, reading range: Range<Int>) -> Range<Int> {
        (row * streamLength + range.lowerBound)..<(row * streamLength + range.upperBound + 1)
    }
}

/// The ranges that the steps of an epoch read, the same for every stream.
package struct EpochPlan: Sendable, Hashable {
    /// The number of epochs before this one.
    package let epoch: Int
    /// Step s reads the symbols `bounds[s]..<bounds[s + 1]` of each stream.
    private let bounds: [Int]

    init(epoch: Int, offset: Int, lengths: some Sequence<Int>) {
        self.epoch = epoch
        var bounds = [offset]
        for length in lengths { bounds.append(bounds[bounds.count - 1] + length) }
        self.bounds = bounds
    }

    /// The symbols of a stream that a step reads; it predicts the symbol after each.
    package func range(step: Int) -> Range<Int> { bounds[step]..<bounds[step + 1] }
}
