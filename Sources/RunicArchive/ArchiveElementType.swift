/// The type of a tensor's elements, by its safetensors name; all are stored little-endian.
public enum ArchiveElementType: String, CaseIterable, Codable, Sendable {
    /// One byte, zero or one.
    case boolean = "BOOL"
    /// Signed integer of 8 bits.
    case int8 = "I8"
    /// Unsigned integer of 8 bits.
    case uint8 = "U8"
    /// Signed integer of 16 bits.
    case int16 = "I16"
    /// Unsigned integer of 16 bits.
    case uint16 = "U16"
    /// Signed integer of 32 bits.
    case int32 = "I32"
    /// Unsigned integer of 32 bits.
    case uint32 = "U32"
    /// Signed integer of 64 bits.
    case int64 = "I64"
    /// Unsigned integer of 64 bits.
    case uint64 = "U64"
    /// IEEE 754 half precision.
    case float16 = "F16"
    /// The upper half of an IEEE 754 single.
    case bfloat16 = "BF16"
    /// IEEE 754 single precision.
    case float32 = "F32"
    /// IEEE 754 double precision.
    case float64 = "F64"

    /// The size of one element in bytes.
    public var byteCount: Int {
        switch self {
        case .boolean, .int8, .uint8: 1
        case .int16, .uint16, .float16, .bfloat16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64: 8
        }
    }

    /// Whether the elements are floating-point numbers.
    public var isFloatingPoint: Bool {
        switch self {
        case .float16, .bfloat16, .float32, .float64: true
        default: false
        }
    }
}
