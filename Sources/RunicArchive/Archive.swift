internal import RunicFiles

/// A model file: tensors and metadata, as safetensors in an LZ4 frame.
///
/// `lz4 -dc NAME.runic > NAME.safetensors` unpacks it without Runic.
public struct Archive: Sendable {
    /// The sizes of a file that was read.
    public struct FileSize: Codable, Equatable, Sendable {
        /// The size of the compressed file in bytes.
        public let compressed: Int
        /// The size of the safetensors content in bytes.
        public let content: Int
    }

    /// The default limit on a file and on its content, in bytes: 4 GiB.
    public static let defaultLimit = 1 << 32

    /// The strings of `__metadata__`; `ArchiveManifest` is their typed view.
    public var metadata: ArchiveMetadata
    /// The tensors, in file order.
    public var tensors: [ArchiveTensor]
    /// The file this archive was read from, for messages.
    public let path: String
    /// The sizes of the file this archive was read from; `nil` for one made in memory.
    public let fileSize: FileSize?

    /// An archive in memory; `path` names it in messages.
    public init(metadata: ArchiveMetadata = ArchiveMetadata(), tensors: [ArchiveTensor] = [], path: String = "archive")
    {
        self.metadata = metadata
        self.tensors = tensors
        self.path = path
        fileSize = nil
    }

    /// Reads the bytes of an archive's file.
    ///
    /// - Throws: `ArchiveError` for anything that is not a sound archive of at most `limit` bytes of content.
    /// - Complexity: O(*n*) in the bytes of the content.
    public init(bytes: [UInt8], limit: Int = defaultLimit, path: String = "archive") throws(ArchiveError) {
        try unsafe self.init(file: bytes.span.bytes, limit: limit, path: path)
    }

    private init(file: RawSpan, limit: Int, path: String) throws(ArchiveError) {
        let buffer = try LZ4Frame.decompress(file, limit: limit, path: path)
        let content = try Safetensors.parse(buffer, path: path)
        metadata = content.metadata
        tensors = content.tensors
        self.path = path
        fileSize = FileSize(compressed: file.byteCount, content: buffer.count)
    }

    /// Reads a file and verifies its checksums, its sizes and its tensor table.
    ///
    /// - Throws: `ArchiveError` when the file cannot be read, is not a sound archive, or it or its content is larger
    ///   than `limit` bytes; the sizes are checked before memory is taken.
    /// - Complexity: O(*n*) in the bytes of the content.
    public static func read(path: String, limit: Int = defaultLimit) throws(ArchiveError) -> Archive {
        let file = try ArchiveBuffer.contents(of: path, limit: limit)
        return try file.withBytes { (bytes) throws(ArchiveError) in
            try Archive(file: bytes, limit: limit, path: path)
        }
    }

    /// The bytes of the archive's file; the same archive always gives the same bytes.
    ///
    /// - Throws: `ArchiveError.tensor` when two tensors share a name.
    /// - Complexity: O(*n*) in the bytes.
    public func encoded() throws(ArchiveError) -> [UInt8] {
        try encoded(path: path)
    }

    private func encoded(path: String) throws(ArchiveError) -> [UInt8] {
        let content = try Safetensors.encode(metadata: metadata, tensors: tensors, path: path)
        return try content.withBytes { (bytes) throws(ArchiveError) in
            try LZ4Frame.compress(bytes, path: path)
        }
    }

    /// Replaces the file in one step; a failure leaves the old one.
    ///
    /// - Throws: `ArchiveError.file` when the system refuses, `.tensor` when two tensors share a name.
    /// - Complexity: O(*n*) in the bytes.
    public func write(to path: String) throws(ArchiveError) {
        try write(to: path, previous: nil)
    }

    /// The same, and keeps the old file under the path `previous` in the same folder.
    package func write(to path: String, previous: String?) throws(ArchiveError) {
        let bytes = try encoded(path: path)
        try unsafe bytes.withUnsafeBufferPointer { bytes throws(ArchiveError) in
            try unsafe ArchiveError.wrapping(
                AtomicFile.replace(path, with: UnsafeRawBufferPointer(bytes), previous: previous))
        }
    }

    /// The tensor called `name`; with `shape`, only if it has that shape.
    ///
    /// - Throws: `ArchiveError.tensor` when there is none, or it has another shape.
    /// - Complexity: O(*n*) in the number of tensors.
    public func tensor(named name: String, shape: [Int]? = nil) throws(ArchiveError) -> ArchiveTensor {
        guard let tensor = tensors.first(where: { $0.name == name }) else {
            throw .tensor(path: path, name: name, reason: "is missing; the model needs it")
        }
        if let shape, shape != tensor.shape {
            throw .tensor(path: path, name: name, reason: "has shape \(tensor.shape), the model needs \(shape)")
        }
        return tensor
    }
}
