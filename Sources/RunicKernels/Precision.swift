internal import CRunicDNNL
internal import CRunicKernels

/// The element type of matrix products. Sums, element-wise state and parameters are float32 under either.
package enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
    case float32 = "f32"
    case bfloat16 = "bf16"

    var code: Int32 { Int32(self == .float32 ? RUNIC_FLOAT32 : RUNIC_BFLOAT16) }
}
