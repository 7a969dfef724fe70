internal import RunicDisplay

/// The result of checking a sound archive; an unsound one gives an `ArchiveError` instead.
public struct ArchiveVerification: Codable, Equatable, Sendable {
    /// The file.
    public let path: String
    /// The size of the file and of its content; `nil` for an archive made in memory.
    public let fileSize: Archive.FileSize?
    /// The version of the archive's format.
    public let format: Int
    /// The metadata keys, in file order.
    public let metadataKeys: [String]
    /// The number of tensors.
    public let tensorCount: Int
    /// The number of elements in all tensors.
    public let elementCount: Int

    /// Reads the file at `path` and checks all of it: frame, checksums, tensor table, metadata, and that every number
    /// is finite.
    ///
    /// - Throws: `ArchiveError` for the first thing that is wrong.
    /// - Complexity: O(*n*) in the bytes of the content.
    public init(path: String, limit: Int = Archive.defaultLimit) throws(ArchiveError) {
        try self.init(Archive.read(path: path, limit: limit))
    }

    /// Checks the metadata of an archive, and that every number is finite; reading it has verified the rest.
    ///
    /// - Throws: `ArchiveError` for the first thing that is wrong.
    /// - Complexity: O(*n*) in the bytes of the content.
    public init(_ archive: Archive) throws(ArchiveError) {
        let manifest = try ArchiveManifest(archive)
        format = try manifest.decode(Int.self, key: .format)
        for key in ArchiveManifest.Key.required where !manifest.contains(key) {
            throw .metadata(
                path: archive.path, key: key.rawValue, reason: "is missing; this is not a complete Runic model")
        }
        for entry in archive.metadata.entries where !ArchiveManifest.isJSON(entry.value) {
            throw .metadata(path: archive.path, key: entry.key, reason: "the value is not JSON")
        }
        _ = try (manifest.licence(), manifest.description())
        for tensor in archive.tensors {
            if let index = tensor.firstNonFiniteIndex {
                throw .nonFinite(path: archive.path, name: tensor.name, index: index)
            }
        }
        path = archive.path
        fileSize = archive.fileSize
        metadataKeys = archive.metadata.entries.map(\.key)
        tensorCount = archive.tensors.count
        elementCount = archive.tensors.reduce(0) { $0 + $1.elementCount }
    }

    private enum CodingKeys: String, CodingKey {
        case path, format
        case fileSize = "file_size"
        case metadataKeys = "metadata_keys"
        case tensorCount = "tensor_count"
        case elementCount = "element_count"
    }

    /// The text that `runic verify` prints, one line for each check.
    public var rendered: String {
        let frame = fileSize.map {
            "\n  frame     \($0.compressed) bytes, \($0.content) unpacked, every checksum holds"
        }
        return """
            \(path.printable): sound\(frame ?? "")
              tensors   \(tensorCount), covering the data without gap or overlap
              metadata  format \(format), \(metadataKeys.count) keys, all of them JSON
              values    \(elementCount), all finite

            """
    }
}
