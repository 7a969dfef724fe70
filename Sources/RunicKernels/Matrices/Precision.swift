internal import CRunicDNNL

/// The element type of matrix products. Element-wise state is always float32.
public enum Precision: String, Sendable, Hashable, Codable, CaseIterable, BitwiseCopyable {
    /// float32 weights, inputs and sums.
    case float32 = "f32"
    /// bfloat16 weights and inputs, float32 sums.
    case bfloat16 = "bf16"
    /// int8 weights with a scale per row, int8 inputs, int32 sums: for trained models.
    case int8 = "int8"

    /// The precisions in which a model can be trained.
    public static let forTraining: [Precision] = [.float32, .bfloat16]

    /// The product library's code for it.
    var code: Int32 {
        switch self {
        case .float32: Int32(RUNIC_FLOAT32)
        case .bfloat16: Int32(RUNIC_BFLOAT16)
        case .int8: Int32(RUNIC_INT8)
        }
    }
}
