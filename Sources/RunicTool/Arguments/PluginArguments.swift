internal import ArgumentParser
internal import Runic

/// The plugins of a command that reads texts or models.
struct PluginArguments: ParsableArguments {
    @Option(
        name: .customLong("plugin"),
        help: ArgumentHelp(
            "A shared library with more stages, which runs with all rights of this program. Repeatable.",
            valueName: "file"),
        completion: .file())
    var paths: [String] = []

    /// Whether the command line names plugins, for options that are checked before any is loaded.
    static var areGiven: Bool { ProgramArguments.current.options.contains("--plugin") }

    /// Loads them, in the order given.
    func load() throws -> [StagePlugin] {
        try reporting { () throws(TextError) in
            var plugins: [StagePlugin] = []
            for path in paths { plugins.append(try StagePlugin(path: path)) }
            return plugins
        }
    }

    /// Loads them for a pipeline that must use each of them.
    func load(for pipeline: PipelineDescription) throws -> [StagePlugin] {
        let plugins = try load()
        for plugin in plugins {
            let names = plugin.definitions.map(\.name)
            guard !pipeline.stages.contains(where: { names.contains($0.name) }) else { continue }
            throw Failure(
                "\(plugin.path): no stage of this plugin is used; add --stage \(names.joined(separator: " or "))")
        }
        return plugins
    }

    /// The built-in stages and those of all plugins.
    func registry() throws -> StageRegistry { try Self.registry(try load()) }

    /// The built-in stages and those of `plugins`.
    static func registry(_ plugins: [StagePlugin]) throws -> StageRegistry {
        try reporting { () throws(TextError) in
            var registry = StageRegistry.builtIn
            for plugin in plugins { try registry.register(plugin) }
            return registry
        }
    }
}
