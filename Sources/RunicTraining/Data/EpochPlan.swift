/// Where the updates of an epoch read: the same part of every stream.
package struct EpochPlan: Sendable, Hashable {
    /// Epochs before this one.
    package let epoch: Int
    /// Update s reads the symbols `cuts[s]..<cuts[s + 1]` of each stream.
    private let cuts: [Int]

    init(epoch: Int, offset: Int, lengths: some Sequence<Int>) {
        self.epoch = epoch
        var cuts = [offset]
        for length in lengths { cuts.append(cuts[cuts.count - 1] + length) }
        self.cuts = cuts
    }

    /// The symbols of a stream that an update reads; it predicts each one's next.
    package func range(step: Int) -> Range<Int> { cuts[step]..<cuts[step + 1] }
}
