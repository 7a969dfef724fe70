import Foundation
import Testing

/// The tensors of a model as bytes, read with the program lz4 and safetensors' own rules: a length of eight bytes, a header,
/// the data.
enum TensorBytes {
    static func of(_ model: String) throws -> [UInt8] {
        let unpacked = try Tool.run(Tool.program("lz4"), ["-dc", model])
        try #require(unpacked.status == 0, "\(unpacked.errors)")
        let bytes = unpacked.output
        try #require(bytes.count > 8)
        let header = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        try #require(bytes.count > 8 + header)
        return Array(bytes[(8 + header)...])
    }
}
