/// The mask of dropout: a counter-based random stream with its threshold.
package struct DropoutMask: Sendable, Hashable {
    let key: UInt32
    let threshold: UInt32
    let scale: Float

    /// - Parameter probability: the probability that an element is dropped, in [0, 1).
    package init(probability: Double, key: UInt64) {
        precondition(probability >= 0 && probability < 1, "dropout probability \(probability)")
        self.key = UInt32(truncatingIfNeeded: key ^ (key >> 32))
        threshold = UInt32(probability * 0x1p32)
        scale = Float(1 / (1 - probability))
    }
}
