import RunicTesting
import Foundation
import Testing

@testable import RunicText

/// A plugin in C whose parts a test replaces: as it is, its stage `echo` passes everything.
struct PluginSource: Sendable, CustomTestStringConvertible {
    var testDescription: String

    /// The bodies of the functions.
    var create = "return malloc(8);"
    var process = "output->pass(output->context, count); return 0;"
    var finish = "return 0;"
    var destroy = "free(stage);"
    var describe = "return &plugin;"
    /// The values in the tables.
    var stages = #"{"echo", 1, 0, create, process, finish, destroy}"#
    var head = "RUNIC_PLUGIN_HEAD"
    var count = "sizeof stages / sizeof stages[0]"
    var table = "stages"
    /// In place of everything above.
    var whole: String?

    init(_ name: String, _ change: (inout PluginSource) -> Void = { _ in }) {
        testDescription = name
        change(&self)
    }

    private var text: String {
        whole ?? """
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include "runic_plugin.h"
            #define EMIT(count, text) output->replace(output->context, count, (const uint8_t *)(text), strlen(text))
            #define FAIL(...) (snprintf(error->text, sizeof error->text, __VA_ARGS__), -1)
            static int live = 0;
            static void *create(const char *options, const char *path, runic_plugin_error *error) { \(create) }
            static int process(void *stage, const uint8_t *bytes, size_t count, const runic_plugin_output *output,
                               runic_plugin_error *error) { \(process) }
            static int finish(void *stage, const runic_plugin_output *output, runic_plugin_error *error) { \(finish) }
            static void destroy(void *stage) { \(destroy) }
            static const runic_plugin_stage stages[] = { \(stages) };
            static const runic_plugin plugin = { \(head), \(count), \(table) };
            const runic_plugin *runic_plugin_describe(void) { \(describe) }
            """
    }

    /// Compiles it into a folder and returns the library's path.
    func build(in folder: TemporaryFolder) throws -> String {
        let source = try folder.write(bytes(text), to: "plugin.c")
        try Self.compile(source, to: folder.path + "/plugin.so")
        return folder.path + "/plugin.so"
    }

    /// Compiles and loads it.
    func load() throws -> StagePlugin {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) { try StagePlugin(path: try build(in: folder)) }
    }

    /// Compiles a file of C, with what users need and nothing else.
    static func compile(_ source: String, to library: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "cc", "-std=c99", "-O1", "-shared", "-fPIC", "-I", root + "/Sources/CRunicPlugin/include", "-o", library,
            source,
        ]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(String(decoding: said, as: UTF8.self))")
    }

    /// The folder of the package.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
}

/// The plugin of Examples/c-plugin, compiled once.
enum QuotesPlugin {
    static let loaded: Result<StagePlugin, any Error> = Result {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            let library = folder.path + "/libquotes.so"
            try PluginSource.compile(PluginSource.root + "/Examples/c-plugin/quotes.c", to: library)
            return try StagePlugin(path: library)
        }
    }
}

/// The pipeline decode, `stage`, segment, with the stages of a plugin.
func pluginPipeline(
    _ plugin: StagePlugin, _ stage: StageDescription, decodes: Bool = true
) throws -> TextPipeline {
    var registry = StageRegistry.builtIn
    try registry.register(plugin)
    let first = decodes ? [StageDescription(name: "decode")] : []
    return try TextPipeline(
        PipelineDescription(stages: first + [stage, StageDescription(name: "segment")]), registry: registry)
}
