internal import RunicFiles

extension Archive {
    /// Writes `model.safetensors`, and `KEY.json` for each metadata key, into a folder, which is made if it is missing.
    ///
    /// A value that is not JSON is written as a JSON string. Existing files are replaced, each in one step.
    ///
    /// - Returns: the paths of the written files.
    /// - Throws: `ArchiveError.metadata` when a key cannot be a file name (nothing is written then), `.file` when the
    ///   system refuses.
    @discardableResult
    public func unpack(to folder: String) throws(ArchiveError) -> [String] {
        for entry in metadata.entries where !Self.isFileName(entry.key) {
            throw .metadata(path: path, key: entry.key, reason: "the key cannot be a file name")
        }
        let content = try Safetensors.encode(metadata: metadata, tensors: tensors, path: path)
        try ArchiveError.wrapping(Folder.make(folder))
        var written = ["\(folder)/model.safetensors"]
        try content.withBytes { (bytes) throws(ArchiveError) in
            try unsafe bytes.withUnsafeBytes { bytes throws(ArchiveError) in
                try ArchiveError.wrapping(unsafe AtomicFile.replace(written[0], with: bytes))
            }
        }
        for entry in metadata.entries {
            let target = "\(folder)/\(entry.key).json"
            let text = ArchiveManifest.isJSON(entry.value) ? entry.value : Safetensors.quoted(entry.value)
            try ArchiveError.wrapping(AtomicFile.write(Array("\(text)\n".utf8), to: target))
            written.append(target)
        }
        return written
    }

    /// Whether a metadata key is safe as a file name: ASCII letters, digits, `_`, `-` and inner full stops.
    private static func isFileName(_ key: String) -> Bool {
        let letters = key.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            default:
                false
            }
        }
        return letters && !key.isEmpty && !key.hasPrefix(".") && key.utf8.count <= 200
    }
}
