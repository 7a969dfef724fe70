/// The safetensors format: eight bytes of header length, a JSON header, and the tensors' bytes without gaps.
///
/// See <https://github.com/huggingface/safetensors#format>.
package enum Safetensors {
    /// The largest header that the format allows, in bytes.
    package static let largestHeader = 100_000_000
    static let metadataKey = "__metadata__"
    static let lengthSize = 8

    /// The content that a header describes.
    package struct Content: Sendable {
        /// The strings of `__metadata__`, in header order.
        package var metadata = ArchiveMetadata()
        /// The tensors, in header order; their bytes are views of the parsed buffer.
        package var tensors: [ArchiveTensor] = []
    }

    /// Reads the header of `buffer` and checks all of it against the data.
    ///
    /// - Throws: `ArchiveError.damaged` with an offset in the content, or `.tensor`.
    /// - Complexity: O(*h* + *n* log *n*) in the bytes of the header and the number of tensors.
    package static func parse(_ buffer: ArchiveBuffer, path: String) throws(ArchiveError) -> Content {
        guard buffer.count >= lengthSize else {
            throw .damaged(
                path: path, layer: .content, offset: buffer.count,
                reason: "the content is too short for a safetensors header")
        }
        let declared = buffer.withBytes(in: 0..<lengthSize) { (bytes: RawSpan) in
            unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(as: UInt64.self))
        }
        guard declared <= UInt64(min(largestHeader, buffer.count - lengthSize)) else {
            throw .damaged(
                path: path, layer: .content, offset: 0,
                reason: "the declared safetensors header of \(declared) bytes does not fit the content")
        }
        let dataStart = lengthSize + Int(declared)
        let header = buffer.withBytes(in: lengthSize..<dataStart) { (bytes: RawSpan) in
            unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
        }
        var scanner = SafetensorsScanner(bytes: header, base: lengthSize, path: path)
        var content = Content()
        var ranges: [Range<Int>] = []
        guard header.first == UInt8(ascii: "{") else { throw scanner.damage("does not begin with '{'") }
        try scanner.object { (scanner, key) throws(ArchiveError) in
            if key == metadataKey {
                try scanner.object { (scanner, key) throws(ArchiveError) in
                    content.metadata.append(key: key, value: try scanner.string())
                }
            } else {
                let entry = try tensorEntry(&scanner, name: key, path: path, dataCount: buffer.count - dataStart)
                ranges.append(entry.range)
                content.tensors.append(
                    ArchiveTensor(
                        name: key, elementType: entry.elementType, shape: entry.shape, path: path, buffer: buffer,
                        range: entry.range.lowerBound + dataStart..<entry.range.upperBound + dataStart))
            }
        }
        try scanner.expectEnd()
        try checkCoverage(ranges, dataStart: dataStart, end: buffer.count, path: path)
        return content
    }

    private struct Entry {
        var elementType: ArchiveElementType
        var shape: [Int]
        var range: Range<Int>
    }

    /// Reads the object that describes one tensor.
    private static func tensorEntry(
        _ scanner: inout SafetensorsScanner, name: String, path: String, dataCount: Int
    ) throws(ArchiveError) -> Entry {
        var elementType: ArchiveElementType?
        var shape: [Int]?
        var offsets: [Int]?
        let start = scanner.offset
        try scanner.object { (scanner, key) throws(ArchiveError) in
            switch key {
            case "dtype":
                let type = try scanner.string()
                guard let known = ArchiveElementType(rawValue: type) else {
                    throw .tensor(path: path, name: name, reason: "the element type '\(type)' is unknown")
                }
                elementType = known
            case "shape": shape = try scanner.wholeNumbers()
            case "data_offsets": offsets = try scanner.wholeNumbers()
            default: throw scanner.damage("tensor '\(name)' has the unknown key '\(key)'")
            }
        }
        guard let elementType, let shape, let offsets else {
            throw scanner.damage("tensor '\(name)' lacks dtype, shape or data_offsets", at: start)
        }
        guard offsets.count == 2, offsets[0] <= offsets[1], offsets[1] <= dataCount else {
            throw .tensor(
                path: path, name: name,
                reason: "the data offsets \(offsets) are not a range within \(dataCount) bytes of data")
        }
        let needed = ArchiveTensor.elementCount(of: shape)?.multipliedReportingOverflow(by: elementType.byteCount)
        guard let needed, !needed.overflow, needed.partialValue == offsets[1] - offsets[0] else {
            throw .tensor(
                path: path, name: name,
                reason: "\(offsets[1] - offsets[0]) bytes do not fill shape \(shape) of \(elementType.rawValue)")
        }
        return Entry(elementType: elementType, shape: shape, range: offsets[0]..<offsets[1])
    }

    /// Checks that the tensors cover the data from start to end, each byte once.
    private static func checkCoverage(
        _ ranges: [Range<Int>], dataStart: Int, end: Int, path: String
    ) throws(ArchiveError) {
        var next = 0
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            guard range.lowerBound == next else {
                let kind = range.lowerBound < next ? "belongs to two tensors" : "belongs to no tensor"
                throw .damaged(
                    path: path, layer: .content, offset: dataStart + min(next, range.lowerBound),
                    reason: "the data from here on \(kind)")
            }
            next = range.upperBound
        }
        guard dataStart + next == end else {
            throw .damaged(
                path: path, layer: .content, offset: dataStart + next,
                reason: "the data from here on belongs to no tensor")
        }
    }
}
