internal import RunicKernels

/// Where each row of a batch reads: the training text as B contiguous streams, each taken T symbols at a time.
///
/// Row r of step s reads on where it stopped in step s − 1, so the state can be carried. Every epoch starts at another
/// offset, so that the cuts between steps fall elsewhere.
package struct ContiguousBatches: Sendable, Hashable {
    /// Length of each stream.
    let streamLength: Int
    let sequence: Int
    /// Updates of one epoch.
    package let stepsPerEpoch: Int
    private let seed: UInt64

    /// - Throws: ``TrainingError/textTooShort(symbols:batch:sequence:)``.
    package init(symbols: Int, batch: Int, sequence: Int, seed: UInt64) throws(TrainingError) {
        streamLength = symbols / batch
        guard streamLength >= sequence + 1 else {
            throw .textTooShort(symbols: symbols, batch: batch, sequence: sequence)
        }
        self.sequence = sequence
        self.seed = seed
        let usable = streamLength - 1
        stepsPerEpoch = usable >= 2 * sequence ? (usable - sequence + 1) / sequence : 1
    }

    /// First symbol of a row at a step of an epoch, as an index into the training text; it reads T + 1 from there.
    package func start(row: Int, step: Int, epoch: Int) -> Int {
        let slack = streamLength - 1 - stepsPerEpoch * sequence
        var stream = SplitMix64(seed: seed, stream: 0xE90C_0000 + UInt64(epoch))
        let offset = Int(stream.next() % UInt64(min(slack, sequence - 1) + 1))
        return row * streamLength + offset + step * sequence
    }
}
