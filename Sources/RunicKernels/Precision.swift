internal import CRunicDNNL
internal import CRunicKernels

/// The element type of matrix products. Sums, element-wise state and parameters are float32 under either.
package enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
    case float32 = "f32"
    case bfloat16 = "bf16"

    /// bfloat16 where the processor multiplies it in hardware, float32 elsewhere.
    package static var preferred: Precision { ProcessorInformation.hasBFloat16 ? .bfloat16 : .float32 }

    var code: Int32 { Int32(self == .float32 ? RUNIC_FLOAT32 : RUNIC_BFLOAT16) }
}
