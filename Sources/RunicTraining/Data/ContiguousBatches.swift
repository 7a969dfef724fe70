internal import RunicKernels

/// Where each row of a batch reads: the training text as B contiguous streams, each taken some symbols at a time.
///
/// Row r of update s reads on where it stopped in update s − 1, so the state can be carried. Every epoch starts at another
/// offset, so that the cuts between updates fall elsewhere. The plan of an epoch follows from its number and the seed alone.
package struct ContiguousBatches: Sendable, Hashable {
    /// Length of each stream.
    let streamLength: Int
    let sequence: Int
    let randomLengths: Bool
    /// Updates of one epoch, the same of every epoch: random lengths are drawn for as many as their mean has room for.
    package let stepsPerEpoch: Int
    private let seed: UInt64

    /// - Throws: ``TrainingError/textTooShort(symbols:batch:sequence:)``.
    package init(
        symbols: Int, batch: Int, sequence: Int, seed: UInt64, randomLengths: Bool = false
    ) throws(TrainingError) {
        streamLength = symbols / batch
        let longest = randomLengths ? RandomLengths.longest(sequence: sequence) : sequence
        guard streamLength >= longest + 1 else {
            throw .textTooShort(symbols: symbols, batch: batch, sequence: longest)
        }
        self.sequence = sequence
        self.seed = seed
        self.randomLengths = randomLengths
        let usable = streamLength - 1
        let mean = randomLengths ? RandomLengths.mean(sequence: sequence) : sequence
        stepsPerEpoch = usable >= 2 * mean ? (usable - mean + 1) / mean : 1
    }

    /// What the updates of an epoch read.
    ///
    /// - Complexity: O(updates of the epoch).
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

    /// What a row reads and predicts where its stream is read in `range`: one symbol more, as indices into the text.
    package func symbols(row: Int, reading range: Range<Int>) -> Range<Int> {
        (row * streamLength + range.lowerBound)..<(row * streamLength + range.upperBound + 1)
    }
}
