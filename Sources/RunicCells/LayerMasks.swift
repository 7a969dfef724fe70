package import RunicKernels

/// The dropout masks of one pass of a shard: one for the output of every layer, made from a key when it is asked for.
package struct LayerMasks: Sendable, Hashable {
    /// The chance that an element is dropped; 0 where nothing is.
    package let probability: Double
    private let key: UInt64
    private let shard: Int

    /// - Parameters:
    ///   - key: fixes every mask of a training step.
    ///   - shard: which shard of the batch.
    package init(probability: Double, key: UInt64, shard: Int) {
        self.probability = probability
        self.key = key
        self.shard = shard
    }

    /// No dropout.
    package static let none = LayerMasks(probability: 0, key: 0, shard: 0)

    package var isEmpty: Bool { probability == 0 }

    package subscript(layer: Int) -> DropoutMask {
        var stream = SplitMix64(seed: key, stream: UInt64(shard * 64 + layer))
        return DropoutMask(probability: probability, key: stream.next())
    }
}
