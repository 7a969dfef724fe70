/// A shared library with text stages, loaded.
///
///     var registry = StageRegistry.builtIn
///     try registry.register(try StagePlugin(path: "libquotes.so"))
///
/// The header `runic_plugin.h` says how such a library is made. It runs in this process and can do whatever the process can,
/// from the moment that it is loaded on: load those you trust. It stays loaded until the process ends.
public struct StagePlugin: Sendable {
    /// The file, absolute.
    public let path: String
    /// SHA-256 of the file, as 64 hexadecimal digits.
    public let sha256: String
    /// Its stages, in its own order.
    public let definitions: [StageDefinition]

    /// Loads a library.
    ///
    /// - Parameters:
    ///   - path: the file; it is not searched for anywhere else.
    ///   - sha256: the hash that it must have, checked before anything of it runs; nil accepts any.
    /// - Throws: `TextError.plugin` or `.pluginStage`, which say what is wrong with it.
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

    /// What is needed to load the same plugin again.
    public var file: PluginFile { PluginFile(path: path, sha256: sha256) }
}
