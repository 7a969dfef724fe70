import RunicTesting
import Foundation
import Testing

@testable import RunicText

@Suite("What is wrong with a plugin is one line that names it")
struct PluginRefusalTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What a body throws, as a user reads it, the plugin's path left out.
    private func message(_ library: String, _ body: () throws -> Void) -> String {
        do {
            try body()
            return "nothing was thrown"
        } catch {
            let text = "\(error)"
            return text.hasPrefix(library + ": ") ? String(text.dropFirst(library.utf8.count + 2)) : text
        }
    }

    private static let descriptions: [(PluginSource, String)] = [
        (PluginSource("no table") { $0.describe = "return NULL;" }, "the plugin describes nothing (NULL)"),
        (
            PluginSource("another version") { $0.head = "99, sizeof(runic_plugin), sizeof(runic_plugin_stage)" },
            "the plugin was built for version 99 of runic_plugin.h, and this is version 1; build it with the header of "
                + "this version"
        ),
        (
            PluginSource("another size") { $0.head = "RUNIC_PLUGIN_ABI, 20, sizeof(runic_plugin_stage)" },
            "the plugin's tables have 20 and 48 bytes instead of 24 and 48; build it with the runic_plugin.h of this "
                + "version, for this kind of machine"
        ),
        (PluginSource("no stage") { $0.count = "0" }, "the plugin describes no stage"),
        (
            PluginSource("too many stages") { $0.count = "257" },
            "the plugin describes 257 stages; 256 is the limit"
        ),
        (
            PluginSource("no table of stages") { $0.table = "NULL" },
            "the plugin describes 1 stages, but gives no table of them (NULL)"
        ),
        (
            PluginSource("no name") { $0.stages = "{NULL, 1, 0, create, process, finish, destroy}" },
            "stage 1 of the plugin has no name (NULL)"
        ),
        (
            PluginSource("an empty name") { $0.stages = #"{"", 1, 0, create, process, finish, destroy}"# },
            "the name of stage 1 of the plugin is empty"
        ),
        (
            PluginSource("a name that is none") {
                $0.stages = #"{"a\nb\377", 1, 0, create, process, finish, destroy}"#
            },
            "stage 1 of the plugin is named 'a b\u{FFFD}'; a name has at most 64 ASCII letters, digits, - and _"
        ),
        (
            PluginSource("a name of a built-in stage") {
                $0.stages = #"{"normalize", 1, 0, create, process, finish, destroy}"#
            }, "stage 'normalize': the name is that of a built-in stage; the plugin must give it another one"
        ),
        (
            PluginSource("the name of the last stage") {
                $0.stages = #"{"segment", 1, 0, create, process, finish, destroy}"#
            }, "stage 'segment': the name is that of a built-in stage; the plugin must give it another one"
        ),
        (
            PluginSource("the same name twice") {
                $0.stages += #", {"other", 1, 0, create, process, finish, destroy}, "# + $0.stages
            }, "the plugin describes two stages 'echo'"
        ),
        (
            PluginSource("version 0") { $0.stages = #"{"echo", 0, 0, create, process, finish, destroy}"# },
            "stage 'echo': its version is 0; versions begin with 1"
        ),
        (
            PluginSource("unknown flags") { $0.stages = #"{"echo", 1, 5, create, process, finish, destroy}"# },
            "stage 'echo': its flags are 5, of which some are not known"
        ),
        (
            PluginSource("no create") { $0.stages = #"{"echo", 1, 0, NULL, process, finish, destroy}"# },
            "stage 'echo': its function 'create' is missing (NULL)"
        ),
        (
            PluginSource("no process") { $0.stages = #"{"echo", 1, 0, create, NULL, finish, destroy}"# },
            "stage 'echo': its function 'process' is missing (NULL)"
        ),
        (
            PluginSource("no finish") { $0.stages = #"{"echo", 1, 0, create, process, NULL, destroy}"# },
            "stage 'echo': its function 'finish' is missing (NULL)"
        ),
        (
            PluginSource("no destroy") { $0.stages = #"{"echo", 1, 0, create, process, finish, NULL}"# },
            "stage 'echo': its function 'destroy' is missing (NULL)"
        ),
        (
            PluginSource("another symbol") { $0.whole = "int runic_plugin_descibe(void) { return 0; }" },
            "the library does not export runic_plugin_describe, so it is no plugin; see runic_plugin.h"
        ),
        (
            PluginSource("a missing function") {
                $0.whole = "int nowhere(void); int (*runic_plugin_describe(void))(void) { return nowhere; }"
            }, "cannot be loaded as a shared library: undefined symbol: nowhere"
        ),
    ]

    @Test("a library that does not describe sound stages is not taken", arguments: descriptions)
    func undescribed(source: PluginSource, reason: String) throws {
        let library = try source.build(in: folder)
        #expect(message(library) { _ = try StagePlugin(path: library) } == reason)
    }

    @Test("a file that is no shared library is not taken")
    func files() throws {
        func refusal(_ path: String) -> String { message(path) { _ = try StagePlugin(path: path) } }
        #expect(refusal(folder.path + "/none.so") == "the plugin cannot be read: no such file or directory")
        #expect(refusal(folder.path) == "is not a regular file; name a shared library")
        #expect(refusal("") == "plugin: the path is empty; name a shared library")
        let pipe = folder.path + "/pipe.so"
        #expect(unsafe mkfifo(pipe, 0o600) == 0)
        #expect(refusal(pipe) == "is not a regular file; name a shared library")
        for (name, content) in [("empty.so", ""), ("text.so", String(repeating: "hello\n", count: 100))] {
            let path = try folder.write(bytes(content), to: name)
            #expect(refusal(path).hasPrefix("cannot be loaded as a shared library: "), "\(refusal(path))")
        }
    }

    @Test("a name without a slash is a file of this folder, and nothing else")
    func unsearched() throws {
        let found = message("") { _ = try StagePlugin(path: "libm.so.6") }
        let here = FileManager.default.currentDirectoryPath
        #expect(found == "\(here)/libm.so.6: the plugin cannot be read: no such file or directory")
    }

    @Test("a plugin with another hash than the required one is not loaded, and both are named")
    func hash() throws {
        let source = PluginSource("") {
            $0.whole = "__attribute__((constructor)) static void run(void) { __builtin_trap(); }"
        }
        let library = try source.build(in: folder)
        let wanted = String(repeating: "ab", count: 32)
        let there = SHA256.hexadecimalDigest(of: Array(try Data(contentsOf: URL(fileURLWithPath: library))))
        #expect(
            message(library) { _ = try StagePlugin(path: library, sha256: wanted) }
                == "the plugin has SHA-256 \(there), but the one with \(wanted) is needed; restore that file")
    }

    private static let misdeeds: [(PluginSource, String)] = [
        (
            PluginSource("an error") { $0.process = #"return FAIL("word %d is \"%.3s\"", 7, (const char *)bytes);"# },
            #"word 7 is "abc""#
        ),
        (
            PluginSource("an error at the end") { $0.finish = #"return FAIL("the end came early");"# },
            "the end came early"
        ),
        (PluginSource("an error without a text") { $0.process = "return 1;" }, "it failed, and does not say why"),
        (
            PluginSource("an error of several lines and no UTF-8") { $0.process = #"return FAIL("a\nb\033[1m\377");"# },
            "a b [1m\u{FFFD}"
        ),
        (
            PluginSource("an error without an end") {
                $0.process = "memset(error->text, 'x', sizeof error->text); return 1;"
            }, String(repeating: "x", count: 512)
        ),
        (PluginSource("nothing") { $0.process = "return 0;" }, "it accounted for 0 of 3 bytes of its input"),
        (
            PluginSource("too little") { $0.process = "output->drop(output->context, 2); return 0;" },
            "it accounted for 2 of 3 bytes of its input"
        ),
        (
            PluginSource("more than there is, passed") {
                $0.process = "output->pass(output->context, count + 1); return 0;"
            },
            "it passed 4 bytes, but only 3 of its input are left"
        ),
        (
            PluginSource("more than there is, replaced") { $0.process = #"EMIT(2, "x"); EMIT(2, "x"); return 0;"# },
            "it replaced or dropped 2 bytes, but only 1 of its input are left"
        ),
        (
            PluginSource("all there could be, dropped") {
                $0.process = "output->drop(output->context, (size_t)-1); return 0;"
            },
            "it replaced or dropped 18446744073709551615 bytes, but only 3 of its input are left"
        ),
        (
            PluginSource("an error after a misdeed") {
                $0.process = #"return output->pass(output->context, 9) != 0 ? FAIL("stopped") : 0;"#
            }, "it passed 9 bytes, but only 3 of its input are left"
        ),
        (
            PluginSource("a flood") {
                $0.process = """
                    static uint8_t zeros[1 << 20];
                    for (int k = 0; k < 65; k++) output->replace(output->context, 0, zeros, sizeof zeros);
                    return 0;
                    """
            }, "it gave more than 67108864 new bytes in one call"
        ),
        (
            PluginSource("a size that is none") {
                $0.process = "output->replace(output->context, 3, bytes, (size_t)-1); return 0;"
            },
            "it gave more than 67108864 new bytes in one call"
        ),
        (
            PluginSource("bytes at no address") {
                $0.process = "output->replace(output->context, 3, NULL, 5); return 0;"
            },
            "it gave 5 bytes at no address (NULL)"
        ),
        (
            PluginSource("no UTF-8") { $0.process = #"output->pass(output->context, 1); EMIT(2, "\303("); return 0;"# },
            "byte 1 of its output is not UTF-8 (0xC3 0x28)"
        ),
        (
            PluginSource("no UTF-8 over two calls") {
                $0.process = #"EMIT(count, "ab\303"); return 0;"#
                $0.finish = #"EMIT(0, "("); return 0;"#
            }, "byte 2 of its output is not UTF-8 (0xC3 0x28)"
        ),
        (
            PluginSource("an unfinished end") { $0.process = #"EMIT(count, "a\342\202"); return 0;"# },
            "its output ends within a UTF-8 sequence"
        ),
    ]

    @Test("a stage that does something wrong is named, with the text that it was to read", arguments: misdeeds)
    func misbehaved(source: PluginSource, reason: String) throws {
        let library = try source.build(in: folder)
        let pipeline = try pluginPipeline(try StagePlugin(path: library), StageDescription(name: "echo"))
        #expect(
            message(library) { _ = try pipeline.transform(bytes("abc")) }
                == "stage 'echo' on a text in memory: \(reason)")
        let text = try folder.write(bytes("abc"), to: "text.txt")
        #expect(
            message(library) { _ = try CorpusEncoder(pipeline: pipeline).encode(try TextSource(paths: [text])) }
                == "stage 'echo' on \(text): \(reason)")
    }

    @Test("a stage that holds back a large text is stopped")
    func held() throws {
        let library = try PluginSource("") { $0.process = "return 0;" }.build(in: folder)
        var stage = try #require(try StagePlugin(path: library).definitions.first).make(
            [:], StageContext(path: "big.txt"))
        var output = StageOutput()
        let chunk = [UInt8](repeating: 0x61, count: 1 << 20)
        let found = message(library) {
            for _ in 0..<66 { try stage.process(chunk.span, into: &output) }
        }
        #expect(found.hasPrefix("stage 'echo' on big.txt: it leaves 671"), "\(found)")
        #expect(found.hasSuffix(" bytes unaccounted for; 67108864 is the limit"), "\(found)")
        // It is not called again.
        #expect(message(library) { try stage.finish(into: &output) } == found)
    }

    @Test("a stage that cannot be made says why, or that it does not say")
    func unmade() throws {
        for (create, reason) in [
            (#"FAIL("no option %s", options); return NULL;"#, #"no option {"a":"b"} (options {"a":"b"})"#),
            ("return NULL;", #"it was not made, and does not say why (options {"a":"b"})"#),
        ] {
            let plugin = try PluginSource("") { $0.create = create }.load()
            let found = message(plugin.path) {
                _ = try pluginPipeline(plugin, StageDescription(name: "echo", options: ["a": "b"]))
            }
            #expect(found == "stage 'echo': \(reason)")
        }
    }

    @Test("a stage before decode is told where its input is not UTF-8")
    func undecoded() throws {
        let library = try PluginSource("").build(in: folder)
        let pipeline = try pluginPipeline(
            try StagePlugin(path: library), StageDescription(name: "echo"), decodes: false)
        for text in [[0x61, 0x62, 0xFF], [0x61, 0x62, 0xE2, 0x80]] as [[UInt8]] {
            #expect(
                message(library) { _ = try pipeline.transform(text) }
                    == "stage 'echo' on a text in memory: byte 2 of its input is not UTF-8; "
                    + "put the stage after 'decode'")
        }
    }
}
