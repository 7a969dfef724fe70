internal import FoundationEssentials

/// The typed view of a Runic archive's metadata: each key holds the text of one JSON value.
///
/// The types of the values belong to the modules that use them.
public struct ArchiveManifest: Equatable, Sendable {
    /// The name of a metadata key.
    public struct Key: RawRepresentable, Hashable, Sendable {
        /// The name as in the file.
        public let rawValue: String

        /// The key of that name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The version of the archive's format, a whole number.
        public static let format = Key(rawValue: "format")
        /// The cell and its sizes.
        public static let model = Key(rawValue: "model")
        /// Every stage of the text pipeline, with version and options.
        public static let pipeline = Key(rawValue: "pipeline")
        /// The unit, the symbols in id order, and the id of the unknown symbol.
        public static let vocabulary = Key(rawValue: "vocabulary")
        /// The versions of ICU and Unicode and a fingerprint of their segmentation.
        public static let unicode = Key(rawValue: "unicode")
        /// Settings, hashes of the data, and losses.
        public static let training = Key(rawValue: "training")
        /// The precision of the matrices of a quantized model, and the effect on its loss.
        public static let quantization = Key(rawValue: "quantization")
        /// The licence of the model, a string from its author.
        public static let licence = Key(rawValue: "licence")
        /// The description of the model, a string from its author.
        public static let description = Key(rawValue: "description")

        /// The keys without which a model cannot be used.
        public static let required: [Key] = [.format, .model, .pipeline, .vocabulary]
        /// All keys of the contract, in the order in which they are written.
        public static let all: [Key] = [
            .format, .model, .pipeline, .vocabulary, .unicode, .training, .quantization, .licence,
            .description,
        ]
    }

    /// The format that this library writes, and the newest that it reads.
    public static let formatVersion = 1

    /// The metadata to put into an `Archive`.
    public private(set) var metadata: ArchiveMetadata
    /// The file the metadata came from, for messages.
    public let path: String

    /// A manifest of the current format with no further keys; `path` names it in messages.
    public init(path: String = "archive") {
        metadata = ArchiveMetadata()
        metadata[Key.format.rawValue] = String(Self.formatVersion)
        self.path = path
    }

    /// The manifest of an archive.
    ///
    /// - Throws: `ArchiveError.metadata` when there is no format version, `.newerFormat` when it is above
    ///   `formatVersion`.
    public init(_ archive: Archive) throws(ArchiveError) {
        metadata = archive.metadata
        path = archive.path
        let version = try decode(Int.self, key: .format)
        guard version >= 1 else {
            throw .metadata(path: path, key: Key.format.rawValue, reason: "there is no format \(version)")
        }
        guard version <= Self.formatVersion else {
            throw .newerFormat(path: path, found: version, supported: Self.formatVersion)
        }
    }

    /// The author's licence; `nil` when none is stated.
    ///
    /// - Throws: `ArchiveError.metadata` when the value is not a JSON string.
    public func licence() throws(ArchiveError) -> String? {
        contains(.licence) ? try decode(String.self, key: .licence) : nil
    }

    /// The author's description; `nil` when none is given.
    ///
    /// - Throws: `ArchiveError.metadata` when the value is not a JSON string.
    public func description() throws(ArchiveError) -> String? {
        contains(.description) ? try decode(String.self, key: .description) : nil
    }

    /// Whether there is a value under `key`.
    public func contains(_ key: Key) -> Bool {
        metadata[key.rawValue] != nil
    }

    /// The value under `key`.
    ///
    /// - Throws: `ArchiveError.metadata` when there is none, it is not JSON, or not of this type.
    public func decode<Value: Decodable>(_ type: Value.Type, key: Key) throws(ArchiveError) -> Value {
        guard let text = metadata[key.rawValue] else {
            throw .metadata(path: path, key: key.rawValue, reason: "is missing; this is not a complete Runic model")
        }
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch let error as DecodingError {
            throw .metadata(path: path, key: key.rawValue, reason: error.explanation)
        } catch {
            throw .metadata(path: path, key: key.rawValue, reason: "\(error)")
        }
    }

    /// Stores `value` under `key` as JSON with sorted keys, so equal values give equal bytes.
    ///
    /// - Throws: `ArchiveError.metadata` when the value has no JSON, such as an infinite number.
    public mutating func encode(_ key: Key, value: some Encodable) throws(ArchiveError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            metadata[key.rawValue] = String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw .metadata(path: path, key: key.rawValue, reason: "cannot be written as JSON: \(error)")
        }
    }

    /// Whether `text` is one JSON value.
    static func isJSON(_ text: String) -> Bool {
        (try? JSONDecoder().decode(AnyJSON.self, from: Data(text.utf8))) != nil
    }

    /// Decodes from any JSON value and keeps nothing.
    private struct AnyJSON: Decodable {
        init(from decoder: any Decoder) throws {}
    }
}
