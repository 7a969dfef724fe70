package import RunicKernels

/// The random masks of one pass of a shard, each generated from a key on demand.
package struct ShardNoise: Sendable, Hashable {
    /// The use of a mask.
    package enum Purpose: UInt64, Sendable {
        case output = 0, embedding, recurrent, zoneoutHidden, zoneoutCell, weight
    }

    private let key: UInt64
    private let shard: Int

    /// - Parameters:
    ///   - key: fixes every mask of a training step.
    ///   - shard: the index of the shard in the batch.
    package init(key: UInt64, shard: Int) {
        self.key = key
        self.shard = shard
    }

    /// The mask of a layer's weights, the same for all shards.
    package static func weightMask(key: UInt64, layer: Int, probability: Double) -> DropoutMask {
        ShardNoise(key: key, shard: 0xFFFF).mask(.weight, layer: layer, probability: probability)
    }

    package func mask(_ purpose: Purpose, layer: Int, probability: Double) -> DropoutMask {
        var stream = SplitMix64(
            seed: key, stream: UInt64(shard) << 16 | purpose.rawValue << 8 | UInt64(layer))
        return DropoutMask(probability: probability, key: stream.next())
    }
}
