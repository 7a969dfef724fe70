internal import CRunicPlugin
internal import Glibc

/// The checked stages of a plugin.
struct PluginTable {
    /// At least one, in the plugin's order.
    let entries: [PluginEntry]

    /// - Throws: `TextError.plugin` or `.pluginStage`.
    init(_ library: PluginLibrary) throws(TextError) {
        func refusal(_ reason: String) -> TextError { .plugin(path: library.path, reason: reason) }
        guard let table = unsafe library.describe() else { throw refusal("the plugin describes nothing (NULL)") }
        // The first fields are the same in every version; nothing after them is read until they are right.
        let abi = unsafe table.pointee.abi
        guard abi == RUNIC_PLUGIN_ABI else {
            throw refusal(
                "the plugin was built for version \(abi) of runic_plugin.h, and this is version \(RUNIC_PLUGIN_ABI); "
                    + "build it with the header of this version")
        }
        let (size, stageSize) = unsafe (table.pointee.size, table.pointee.stage_size)
        let expected = unsafe (MemoryLayout<runic_plugin>.size, MemoryLayout<runic_plugin_stage>.size)
        guard (Int(size), Int(stageSize)) == expected else {
            throw refusal(
                "the plugin's tables have \(size) and \(stageSize) bytes instead of \(expected.0) and \(expected.1); "
                    + "build it with the runic_plugin.h of this version, for this kind of machine")
        }
        let count = unsafe Int(table.pointee.stage_count)
        guard count > 0 else { throw refusal("the plugin describes no stage") }
        guard count <= Self.mostStages else {
            throw refusal("the plugin describes \(count) stages; \(Self.mostStages) is the limit")
        }
        guard let stages = unsafe table.pointee.stages else {
            throw refusal("the plugin describes \(count) stages, but gives no table of them (NULL)")
        }
        var entries: [PluginEntry] = []
        for index in 0..<count {
            let entry = try unsafe PluginEntry(stages[index], number: index + 1, path: library.path)
            guard !entries.contains(where: { $0.name == entry.name }) else {
                throw refusal("the plugin describes two stages '\(entry.name)'")
            }
            entries.append(entry)
        }
        self.entries = entries
    }

    private static let mostStages = Int(RUNIC_PLUGIN_MOST_STAGES)
}
