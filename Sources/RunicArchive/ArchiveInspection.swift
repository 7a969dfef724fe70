internal import RunicDisplay

/// The content of an archive, for a person (`rendered`) or a program (`Encodable`).
public struct ArchiveInspection: Encodable, Equatable, Sendable {
    /// One tensor.
    public struct Tensor: Encodable, Equatable, Sendable {
        /// The name.
        public let name: String
        /// The type of the elements.
        public let elementType: ArchiveElementType
        /// The sizes of the dimensions, slowest first.
        public let shape: [Int]
        /// The number of elements.
        public let elements: Int
        /// The size in bytes.
        public let bytes: Int

        private enum CodingKeys: String, CodingKey {
            case name, shape, elements, bytes
            case elementType = "element_type"
        }
    }

    /// The file.
    public let path: String
    /// The sizes of the file and of its content; `nil` for an archive made in memory.
    public let fileSize: Archive.FileSize?
    /// The number of elements in all tensors.
    public let elements: Int
    /// The tensors, in file order.
    public let tensors: [Tensor]
    /// The metadata: the text of a JSON value for each key.
    public let metadata: [String: String]
    /// The metadata keys, in file order.
    public let metadataKeys: [String]

    /// Inspects an archive.
    public init(_ archive: Archive) {
        path = archive.path
        fileSize = archive.fileSize
        tensors = archive.tensors.map {
            Tensor(
                name: $0.name, elementType: $0.elementType, shape: $0.shape, elements: $0.elementCount,
                bytes: $0.byteCount)
        }
        elements = tensors.reduce(0) { $0 + $1.elements }
        metadata = Dictionary(uniqueKeysWithValues: archive.metadata.entries.map { ($0.key, $0.value) })
        metadataKeys = archive.metadata.entries.map(\.key)
    }

    /// The text that `runic inspect` prints: sizes, a table of tensors, and the start of each metadata value.
    public var rendered: String { rendered(columns: nil) }

    /// ``rendered`` for a terminal of a width.
    ///
    /// - Parameter columns: nil is no limit. Metadata values are shortened, and a wider table is divided.
    public func rendered(columns: Int?) -> String {
        var lines = [path.printable]
        if let fileSize {
            lines.append("  \(fileSize.compressed) bytes, \(fileSize.content) unpacked")
        }
        lines.append("  \(elements) numbers in \(tensors.count) tensors")
        let rows =
            [["tensor", "type", "shape", "numbers", "bytes"]]
            + tensors.map { tensor in
                [
                    tensor.name.printable, tensor.elementType.rawValue,
                    tensor.shape.isEmpty ? "one" : tensor.shape.map(String.init).joined(separator: " × "),
                    String(tensor.elements), String(tensor.bytes),
                ]
            }
        var text = lines.joined(separator: "\n") + "\n\n" + Self.table(rows, last: .left, columns)
        if !metadataKeys.isEmpty {
            let summaries = metadataKeys.map { key in
                [key.printable, (metadata[key] ?? "").shortened(to: Self.longestValue).printable]
            }
            text += "\n" + Self.table([["metadata", ""]] + summaries, last: .preview, columns)
        }
        return text
    }

    private enum CodingKeys: String, CodingKey {
        case path, elements, tensors, metadata
        case fileSize = "file_size"
        case metadataKeys = "metadata_keys"
    }

    /// Encodes the inspection; a metadata value becomes the JSON value that it spells, or a string when it is not JSON.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(path, forKey: .path)
        try container.encodeIfPresent(fileSize, forKey: .fileSize)
        try container.encode(elements, forKey: .elements)
        try container.encode(tensors, forKey: .tensors)
        try container.encode(metadata.mapValues { JSONValue(parsing: $0) }, forKey: .metadata)
        try container.encode(metadataKeys, forKey: .metadataKeys)
    }

    /// The most characters of a metadata value that are shown.
    private static let longestValue = 90

    private static func table(_ rows: [[String]], last: TextTable.Alignment, _ columns: Int?) -> String {
        let others = [TextTable.Alignment](repeating: .left, count: (rows.first?.count ?? 1) - 1)
        var table = TextTable(alignments: others + [last], indent: "  ")
        for row in rows { table.add(row) }
        return table.text(columns: columns)
    }
}
