@testable import RunicArchive

/// A buffer with the given bytes.
func buffer(_ bytes: [UInt8]) throws -> ArchiveBuffer {
    try unsafe ArchiveBuffer(byteCount: bytes.count, path: "test") { target in
        unsafe target.copyBytes(from: bytes)
    }
}

/// The bytes of a buffer.
func bytes(of buffer: ArchiveBuffer) -> [UInt8] {
    buffer.withBytes { bytes(of: $0) }
}

/// The bytes of a tensor.
func bytes(of tensor: ArchiveTensor) -> [UInt8] {
    tensor.withBytes { bytes(of: $0) }
}

/// The bytes of a span.
func bytes(of span: RawSpan) -> [UInt8] {
    unsafe span.withUnsafeBytes { unsafe [UInt8]($0) }
}

/// What the parser makes of a safetensors file.
func parse(_ bytes: [UInt8]) throws -> Safetensors.Content {
    try Safetensors.parse(buffer(bytes), path: "m.runic")
}

/// The content of an LZ4 frame.
func unpack(_ frame: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
    try bytes(of: unsafe LZ4Frame.decompress(frame.span.bytes, limit: limit, path: "m.runic"))
}

/// An LZ4 frame around `content`.
func pack(_ content: [UInt8]) throws -> [UInt8] {
    try unsafe LZ4Frame.compress(content.span.bytes, path: "m.runic")
}

/// The one-line message of the `ArchiveError` that `body` throws; `nil` when it throws none.
func message(_ body: () throws -> Void) throws -> String? {
    do {
        try body()
        return nil
    } catch let error as ArchiveError {
        return error.description
    }
}
