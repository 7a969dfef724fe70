import RunicArchive

/// Small archives with values from a formula.
enum Samples {
    /// `count` values of cos(k).
    static func values(_ count: Int) -> [Float] {
        (0..<count).map { index in
            // A rational stand-in for a cosine keeps the samples free of any mathematics library.
            let x = Float(index % 7) - 3
            return (1 - x * x / 9) / (1 + Float(index))
        }
    }

    /// An archive of four tensors of four types and the required metadata, less than 2 kB as a file.
    static func archive() throws -> Archive {
        var manifest = ArchiveManifest()
        try manifest.encode(.model, value: ["cell": "lstm"])
        try manifest.encode(.pipeline, value: ["normalize/nfc"])
        try manifest.encode(.vocabulary, value: ["\n", "é", "e\u{301}", "\"", "\\", "\u{1}", "👩‍👩‍👧", "/"])
        try manifest.encode(.licence, value: "CC0-1.0")
        let integers: [UInt8] = [0x80, 0xFF, 0x00, 0x01, 0x7F]
        return Archive(
            metadata: manifest.metadata,
            tensors: [
                try ArchiveTensor(name: "embedding.weight", shape: [3, 4], floats: values(12).span),
                try unsafe ArchiveTensor(name: "odd", elementType: .int8, shape: [5], bytes: integers.span.bytes),
                try ArchiveTensor(name: "decoder.bias", shape: [2, 3], floats: values(6).span, storedAs: .bfloat16),
                try ArchiveTensor(name: "empty", shape: [0, 4], floats: [Float]().span),
                try ArchiveTensor(name: "scale", shape: [], floats: [0.5].span),
            ])
    }

    /// `count` bytes that repeat after 65537, just out of LZ4's reach.
    static func content(_ count: Int) -> [UInt8] {
        let period = (0..<65_537).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
        var content: [UInt8] = []
        while content.count < count { content += period.prefix(count - content.count) }
        return content
    }

    /// A safetensors file: the length of `header`, the header as it is, and `dataCount` bytes.
    static func safetensors(_ header: String, dataCount: Int = 0) -> [UInt8] {
        safetensors(Array(header.utf8), dataCount: dataCount)
    }

    /// A safetensors file around the bytes of a header.
    static func safetensors(_ header: [UInt8], dataCount: Int = 0) -> [UInt8] {
        littleEndian(UInt64(header.count)) + header + [UInt8](repeating: 0x41, count: dataCount)
    }

    /// The bytes of a whole number, least significant first.
    static func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * Number($0))) }
    }
}
