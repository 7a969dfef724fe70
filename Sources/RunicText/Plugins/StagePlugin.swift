internal import CRunicPlugin

/// A loaded shared library with text stages.
///
///     var registry = StageRegistry.builtIn
///     try registry.register(try StagePlugin(path: "libquotes.so"))
///
/// The header `runic_plugin.h` explains how to write such a library. Once loaded, it can do whatever this process can: load only
/// those you trust. It stays loaded until the process ends.
public struct StagePlugin: Sendable {
    /// The file, absolute.
    public let path: String
    /// SHA-256 of the file, as 64 hexadecimal digits.
    public let sha256: String
    /// Its stages, in their order in the library.
    public let definitions: [StageDefinition]

    /// Loads a library.
    ///
    /// - Parameters:
    ///   - path: the file; no other place is searched.
    ///   - sha256: the hash that it must have, checked before any of its code runs; nil accepts any.
    /// - Throws: `TextError.plugin` or `.pluginStage`, with the reason.
    /// - Complexity: O(size of the file).
    public init(path: String, sha256: String? = nil) throws(TextError) {
        let library = try PluginLibrary(path: path, sha256: sha256)
        self.path = library.path
        self.sha256 = library.sha256
        definitions = try PluginTable(library).entries.map { entry in
            StageDefinition(
                name: entry.name, version: entry.version, library: library.sha256,
                isLossless: { _ in entry.isLossless }, isSplittable: { _ in entry.isSplittable },
                make: { (options, context) throws(TextError) in
                    PluginStage(handle: try PluginHandle(entry, options: options, path: context.path))
                })
        }
    }

    /// The SHA-256 of a library's file, which is not loaded, as 64 hexadecimal digits.
    ///
    /// - Throws: `TextError.plugin`.
    /// - Complexity: O(size of the file).
    package static func sha256(of path: String) throws(TextError) -> String {
        try PluginLibrary.hash(PluginLibrary.absolute(path))
    }

    /// The record by which the same plugin is recognised later.
    public var file: PluginFile { PluginFile(path: path, sha256: sha256) }
}

/// The path and hash of a plugin, which a training run records so that it is resumed with the same one.
public struct PluginFile: Codable, Sendable, Hashable {
    /// The file, absolute.
    public var path: String
    /// SHA-256 of the file, as 64 hexadecimal digits.
    public var sha256: String

    /// Creates a record of a plugin.
    public init(path: String, sha256: String) {
        self.path = path
        self.sha256 = sha256
    }
}

/// A stage of a plugin at work on one text.
struct PluginStage: TextStage {
    let handle: PluginHandle

    func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        var start = 0
        while start < input.count {
            let end = min(start + PluginHandle.mostTaken, input.count)
            try handle.process(input.extracting(start..<end), into: &output)
            start = end
        }
    }

    func finish(into output: inout StageOutput) throws(TextError) {
        try handle.finish(into: &output)
    }
}
