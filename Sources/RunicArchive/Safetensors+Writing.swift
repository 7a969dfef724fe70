extension Safetensors {
    /// The data begin at a multiple of this many bytes, so a mapped file can be used in place.
    private static let alignment = 64

    /// The bytes of a safetensors file: `__metadata__` first, then the tensors in the order given.
    ///
    /// The header is padded with spaces, so the data begin at a multiple of 64 bytes; equal input gives equal bytes.
    ///
    /// - Throws: `ArchiveError.tensor` when a name is `__metadata__` or occurs twice, `.file` when the header is longer
    ///   than the format allows or there is no memory.
    /// - Complexity: O(*n*) in the bytes.
    package static func encode(
        metadata: ArchiveMetadata, tensors: [ArchiveTensor], path: String
    ) throws(ArchiveError) -> ArchiveBuffer {
        let header = try encodedHeader(metadata: metadata, tensors: tensors, path: path)
        let byteCount = tensors.reduce(lengthSize + header.count) { $0 + $1.byteCount }
        return try unsafe ArchiveBuffer(byteCount: byteCount, path: path) { target in
            unsafe target.storeBytes(of: UInt64(header.count).littleEndian, as: UInt64.self)
            unsafe UnsafeMutableRawBufferPointer(rebasing: target[lengthSize...]).copyBytes(from: header)
            var offset = lengthSize + header.count
            for tensor in tensors {
                tensor.withBytes { bytes in
                    unsafe bytes.withUnsafeBytes {
                        unsafe UnsafeMutableRawBufferPointer(rebasing: target[offset...]).copyMemory(from: $0)
                    }
                }
                offset += tensor.byteCount
            }
        }
    }

    private static func encodedHeader(
        metadata: ArchiveMetadata, tensors: [ArchiveTensor], path: String
    ) throws(ArchiveError) -> [UInt8] {
        var members: [String] = []
        if !metadata.entries.isEmpty {
            let entries = metadata.entries.map { "\(quoted($0.key)):\(quoted($0.value))" }
            members.append("\(quoted(metadataKey)):{\(entries.joined(separator: ","))}")
        }
        var names: Set<String> = [metadataKey]
        var start = 0
        for tensor in tensors {
            guard names.insert(tensor.name).inserted else {
                throw .tensor(
                    path: path, name: tensor.name, reason: "the name is taken; give every tensor a name of its own")
            }
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            let end = start + tensor.byteCount
            members.append(
                "\(quoted(tensor.name)):{\"dtype\":\"\(tensor.elementType.rawValue)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(start),\(end)]}")
            start = end
        }
        var header = Array("{\(members.joined(separator: ","))}".utf8)
        let partial = (lengthSize + header.count) % alignment
        header += [UInt8](repeating: UInt8(ascii: " "), count: partial == 0 ? 0 : alignment - partial)
        guard header.count <= largestHeader else {
            throw .file(
                path: path,
                problem:
                    "cannot be written: its header of \(header.count) bytes exceeds the \(largestHeader) of safetensors"
            )
        }
        return header
    }

    /// The string as JSON, with no more escapes than JSON needs.
    static func quoted(_ string: String) -> String {
        var result: [UInt8] = [UInt8(ascii: "\"")]
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                result += [UInt8(ascii: "\\"), byte]
            case ..<0x20:
                let digits = String(byte, radix: 16)
                result += Array("\\u00\(digits.utf8.count < 2 ? "0" : "")\(digits)".utf8)
            default:
                result.append(byte)
            }
        }
        result.append(UInt8(ascii: "\""))
        return String(decoding: result, as: UTF8.self)
    }
}
