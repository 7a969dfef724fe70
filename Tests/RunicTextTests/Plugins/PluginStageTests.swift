import Foundation
import RunicTesting
import Testing

@testable import RunicText

@Suite("Stages of a plugin")
struct PluginStageTests {
    private let quotes: StagePlugin

    init() throws { quotes = try QuotesPlugin.loaded.get() }

    private func stage(_ options: [String: String], path: String = "a.txt") throws -> any TextStage {
        try #require(quotes.definitions.first).make(options, StageContext(path: path))
    }

    private struct Staged: Equatable {
        let bytes: [UInt8]
        let edits: EditList
    }

    /// What a stage gives for a text in chunks, and what it did to it.
    private func staged(_ text: [UInt8], by size: Int, _ options: [String: String]) throws -> Staged {
        var stage = try stage(options)
        var output = StageOutput(recordsEdits: true)
        for chunk in chunks(text, of: size) { try stage.process(chunk.span, into: &output) }
        try stage.finish(into: &output)
        return Staged(bytes: output.bytes, edits: output.edits)
    }

    private static let speech =
        "\u{201C}Don\u{2019}t,\u{201D} she said (\u{201C}never\u{201D}).\r\n\r\n\u{2018}Why?\u{2019} \u{1F98A}\n"

    @Test("the example makes marks straight, and curly again")
    func example() throws {
        let straight = "\"Don't,\" she said (\"never\").\r\n\r\n'Why?' \u{1F98A}\n"
        #expect(try staged(bytes(Self.speech), by: 1000, [:]).bytes == bytes(straight))
        #expect(try staged(bytes(straight), by: 1000, ["to": "curly"]).bytes == bytes(Self.speech))
        let plain = bytes("no marks: é \u{2014}\u{0}\n")
        #expect(try staged(plain, by: 1000, [:]).bytes == plain)
    }

    @Test("the example stops where a quotation is not closed, and names the line")
    func unclosed() throws {
        let text = bytes("one\n\n\u{201C}two\nthree\n\nfour\n")
        #expect(try staged(text, by: 1000, [:]).bytes == bytes("one\n\n\"two\nthree\n\nfour\n"))
        for size in [1, 2, 1000] {
            #expect(
                throws: TextError.pluginStage(
                    path: quotes.path, stage: "quotes", text: "a.txt",
                    reason: "the quotation that begins in line 3 is not closed where its paragraph ends")
            ) { try staged(text, by: size, ["unclosed": "stop"]) }
        }
    }

    @Test("the example lets a prompt end inside of a quotation")
    func prompt() throws {
        let pipeline = try pluginPipeline(quotes, StageDescription(name: "quotes", options: ["unclosed": "stop"]))
        #expect(try pipeline.transform(bytes("\u{201C}I would")) == bytes("\"I would"))
    }

    @Test("options that the example does not have are refused")
    func options() throws {
        for options in [["to": "bent"], ["at": "once"], ["to": String(repeating: "straight", count: 10)]] {
            #expect(
                throws: TextError.pluginStage(
                    path: quotes.path, stage: "quotes", text: nil,
                    reason:
                        "use to=straight or curly, and unclosed=keep or stop (options \(PluginOptions.json(options)))")
            ) { try stage(options) }
        }
    }

    @Test(
        "the output and its bytes of the input do not depend on where the text is cut",
        arguments: [1, 2, 3, 4, 5, 7, 64])
    func cuts(size: Int) throws {
        let texts = [Self.speech, "\"a\" 'b'\n\n(\"c\" \u{1F98A}\"", "\u{201C}", "", "e\u{301}\u{2019}\u{2019}"].map(
            bytes)
        for text in texts {
            for options in [[:], ["to": "curly"]] {
                let whole = try staged(text, by: 1_000_000, options)
                #expect(try staged(text, by: size, options) == whole)
            }
        }
    }

    @Test("long texts go through in the chunks that the header promises, of whole code points")
    func wholeCodePoints() throws {
        let source = PluginSource("") {
            $0.process = """
                if (count == 0 || count > RUNIC_PLUGIN_MOST_INPUT) return FAIL("%zu bytes", count);
                if ((bytes[0] & 0xC0) == 0x80) return FAIL("begins inside");
                size_t last = count - 1;
                while (last > 0 && (bytes[last] & 0xC0) == 0x80) last--;
                size_t length = bytes[last] < 0x80 ? 1 : bytes[last] < 0xE0 ? 2 : bytes[last] < 0xF0 ? 3 : 4;
                if (last + length != count) return FAIL("ends inside");
                output->pass(output->context, count);
                return 0;
                """
        }
        let plugin = try source.load()
        let pipeline = try pluginPipeline(plugin, StageDescription(name: "echo"), decodes: false)
        let text = bytes(String(repeating: "a\u{E9}\u{20AC}\u{1F98A}", count: 40_000))
        #expect(try pipeline.transform(text) == text)
        for size in [1, 2, 3, 5, 65_535, 65_536, 65_537] {
            var run = try pipeline.makeRun(StageContext())
            var found: [UInt8] = []
            let part = Array(text.prefix(size < 9 ? 1000 : text.count))
            for chunk in chunks(part, of: size) {
                try run.process(chunk.span)
                found += run.output
            }
            try run.finish()
            #expect(found + run.output == part)
        }
    }

    @Test("bytes that a stage left are passed later, and a sequence may be made of several calls")
    func later() throws {
        let source = PluginSource("") {
            // Every call settles what came before the last byte of the text so far.
            $0.create = "return calloc(1, sizeof(size_t));"
            $0.process = """
                size_t *left = stage;
                *left += count;
                output->pass(output->context, *left - 1);
                *left = 1;
                return 0;
                """
            $0.finish = """
                size_t *left = stage;
                output->pass(output->context, *left);
                *left = 0;
                EMIT(0, "\\342"); EMIT(0, "\\202\\254");
                return 0;
                """
        }
        let plugin = try source.load()
        let pipeline = try pluginPipeline(plugin, StageDescription(name: "echo"))
        for size in [1, 3, 100] {
            var run = try pipeline.makeRun(StageContext())
            // The handle takes one text after the other.
            for text in [
                bytes("na\u{EF}ve \u{1F98A}"), bytes("x"), [], bytes(String(repeating: "\u{2019}", count: 50)),
            ] {
                var found: [UInt8] = []
                for chunk in chunks(text, of: size) {
                    try run.process(chunk.span)
                    found += run.output
                }
                try run.finish()
                #expect(found + run.output == (text.isEmpty ? [] : text) + bytes("\u{20AC}"))
            }
        }
    }

    @Test("symbols are traced through the stage to their bytes")
    func tracing() throws {
        let pipeline = try pluginPipeline(quotes, StageDescription(name: "quotes"))
        let text = bytes("a\u{201C}b\u{2019}\u{1F98A}c")
        let traced = try pipeline.trace(text)
        #expect(
            traced.map { String(decoding: $0.symbol.bytes, as: UTF8.self) } == ["a", "\"", "b", "'", "\u{1F98A}", "c"])
        #expect(traced.map(\.range) == [0..<1, 1..<4, 4..<5, 5..<8, 8..<12, 12..<13])
    }

    @Test("options come as one JSON object of strings, which the header's own reader takes apart")
    func json() throws {
        let options = ["b": "q\"u\\o\u{1}\n\u{7F}/\u{E9}\u{1F98A}", "a": "", "\"": "x", "Z": "{\"a\":1}"]
        let text = PluginOptions.json(options)
        #expect(try JSONDecoder().decode([String: String].self, from: Data(text.utf8)) == options)
        #expect(PluginOptions.json([:]) == "{}")
        let source = PluginSource("") {
            $0.create = """
                char name[32], value[32];
                size_t length = 0;
                while (runic_plugin_next_option(&options, name, sizeof name, value, sizeof value) == 1)
                    length += (size_t)sprintf(error->text + length, "<%s=%s>", name, value);
                return NULL;
                """
        }
        let plugin = try source.load()
        let shown = oneLine(options.sorted { $0.key < $1.key }.map { "<\($0.key)=\($0.value)>" }.joined())
        #expect(
            throws: TextError.pluginStage(
                path: plugin.path, stage: "echo", text: nil, reason: oneLine("\(shown) (options \(text))"))
        ) { try pluginPipeline(plugin, StageDescription(name: "echo", options: options)) }
    }

    @Test("the path of the text reaches the stage, and every handle is destroyed")
    func handles() throws {
        let source = PluginSource("") {
            $0.create = "char *copy = malloc(strlen(path) + 1); live++; return strcpy(copy, path);"
            $0.destroy = "live--; free(stage);"
            $0.finish = #"char text[99]; sprintf(text, "%s:%d", (char *)stage, live); EMIT(0, text); return 0;"#
        }
        let plugin = try source.load()
        let pipeline = try pluginPipeline(plugin, StageDescription(name: "echo"))
        #expect(try pipeline.transform(bytes("x")) == bytes("x:1"))
        var run: PipelineRun? = try pipeline.makeRun(StageContext(path: "a.txt"))
        try run?.finish()
        #expect(run?.output == bytes("a.txt:1"))
        run = nil
        #expect(try pipeline.transform([]) == bytes(":1"))
    }

    @Test("several handles are used at once")
    func threads() async throws {
        let pipeline = try pluginPipeline(quotes, StageDescription(name: "quotes"))
        let text = bytes(String(repeating: Self.speech, count: 500))
        let expected = try pipeline.transform(text)
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<8 { group.addTask { try pipeline.transform(text) } }
            for try await found in group { #expect(found == expected) }
        }
    }

    @Test("an archive names the plugin's version and hash, and finds no other")
    func registry() throws {
        let description = try pluginPipeline(quotes, StageDescription(name: "quotes")).description
        #expect(description.stages[1] == StageDescription(name: "quotes", version: 1, library: quotes.sha256))
        let read = try JSONDecoder().decode(PipelineDescription.self, from: try JSONEncoder().encode(description))

        func reason(_ registry: StageRegistry) -> String {
            do {
                _ = try TextPipeline(read, registry: registry)
                return ""
            } catch { return error.description }
        }
        var registry = StageRegistry.builtIn
        #expect(
            reason(registry)
                == "stage 'quotes' version 1 comes from a plugin that is not given, the one with SHA-256 \(quotes.sha256); "
                + "give its file with --plugin")
        let other = try PluginSource("") { $0.stages = #"{"quotes", 2, 0, create, process, finish, destroy}"# }.load()
        try registry.register(other)
        #expect(
            reason(registry)
                == "stage 'quotes' comes from the plugin with SHA-256 \(quotes.sha256), but the plugin given has "
                + "\(other.sha256); give that file with --plugin")
        #expect(
            throws: TextError.pluginStage(
                path: quotes.path, stage: "quotes", text: nil,
                reason: "another stage has this name; leave out one of the two")
        ) { try registry.register(quotes) }
        registry = StageRegistry.builtIn
        try registry.register(quotes)
        try registry.register(quotes)
        #expect(reason(registry) == "")
    }

    @Test("flags reach the definition, and the pipeline knows what is lossless")
    func flags() throws {
        for (flags, isLossless, isSplittable) in [
            (0, false, false), (1, true, false), (2, false, true), (3, true, true),
        ] {
            let source = PluginSource("") { $0.stages = "{\"echo\", 7, \(flags), create, process, finish, destroy}" }
            let plugin = try source.load()
            let definition = try #require(plugin.definitions.first)
            #expect(definition.version == 7)
            #expect(definition.isLossless([:]) == isLossless && definition.isSplittable([:]) == isSplittable)
            #expect(try pluginPipeline(plugin, StageDescription(name: "echo")).isLossless == isLossless)
        }
    }
}
