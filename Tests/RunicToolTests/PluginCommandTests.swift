import RunicTesting
import Foundation
import Testing

/// The plugin of Examples/c-plugin, a changed copy of it, and a model that was trained with it.
private enum Quotes {
    /// A folder of this process, gone with it.
    static let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("runic-tool-plugin-\(ProcessInfo.processInfo.processIdentifier)").path
    static let library = folder + "/libquotes.so"
    static let changed = folder + "/changed/libquotes.so"
    static let model = folder + "/run/best.runic"
    static let text = folder + "/text.txt"

    private static let made: Result<Void, any Error> = Result {
        atexit { try? FileManager.default.removeItem(atPath: Quotes.folder) }
        try FileManager.default.createDirectory(atPath: folder + "/changed", withIntermediateDirectories: true)
        try build(to: library)
        try build(to: changed, "-Dquotes_create=made")
        let curly = TinyModel.sentences.replacing("otter", with: "\u{201C}otter\u{201D}")
        try Data(curly.utf8).write(to: URL(fileURLWithPath: text))
        let outcome = try Tool.run(
            ["train", text, "--out", folder + "/run", "--epochs", "1", "--plugin", library, "--stage", "quotes"]
                + TinyModel.options)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// Makes all of it once.
    static func make() throws { try made.get() }

    static func build(to library: String, _ options: String..., source: String? = nil) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let outcome = try Tool.run(
            Tool.program("cc"),
            ["-std=c99", "-shared", "-fPIC", "-I", root + "/Sources/CRunicPlugin/include", "-o", library] + options
                + [source ?? root + "/Examples/c-plugin/quotes.c"])
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    static func hash(_ path: String) throws -> String {
        let outcome = try Tool.run(Tool.program("sha256sum"), [path])
        return String(try #require(outcome.text.split(separator: " ").first))
    }
}

@Suite("runic --plugin")
struct PluginCommandTests {
    init() throws { try Quotes.make() }

    @Test("a model's archive names stage, version and hash of the plugin, and inspect shows them")
    func inspect() throws {
        let hash = try Quotes.hash(Quotes.library)
        let shown = try Tool.run(["inspect", Quotes.model])
        #expect(shown.status == 0)
        #expect(shown.text.contains("\n  plugin     stage 'quotes' version 1, SHA-256 \(hash)\n"), "\(shown.text)")
        let metadata = try #require(
            Tool.run(["inspect", "--json", Quotes.model]).object()["metadata"] as? [String: Any])
        let pipeline = try #require(metadata["pipeline"] as? [[String: Any]])
        #expect(pipeline.map { $0["name"] as? String } == ["decode", "newlines", "quotes", "normalize", "segment"])
        #expect(pipeline[2]["library"] as? String == hash && pipeline[2]["version"] as? Int == 1)
        let note = try #require((metadata["training"] as? [String: Any])?["options"] as? [String: Any])
        let plugins = try #require(note["plugins"] as? [[String: String]])
        #expect(plugins == [["path": "libquotes.so", "sha256": hash]])
    }

    @Test("the stage is at work: curly marks are none of the model's symbols, and none that it does not know")
    func works() throws {
        let outcome = try Tool.run(["evaluate", Quotes.model, Quotes.text, "--plugin", Quotes.library, "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.object()["unknown_symbols"] as? Int == 0)
        #expect(try outcome.object()["lossy"] as? Bool == true)
        let metadata = try #require(
            Tool.run(["inspect", "--json", Quotes.model]).object()["metadata"] as? [String: Any])
        let symbols = try #require((metadata["vocabulary"] as? [String: Any])?["symbols"] as? [String])
        #expect(symbols.contains("\"") && !symbols.contains("\u{201C}"))
    }

    /// Commands that read a model, without `--plugin`.
    private static let commands: [[String]] = [
        ["evaluate", "MODEL", "TEXT"], ["sample", "MODEL", "--length", "5"], ["repl", "MODEL"], ["verify", "MODEL"],
        ["quantize", "MODEL", "--to", "int8", "--out", "OUT", "--check", "TEXT"],
        ["study", "gates", "MODEL", "TEXT", "--out", "OUT"],
        ["study", "gradients", "--model", "MODEL", "TEXT", "--out", "OUT", "--cells", ""],
        ["train", "--finetune", "MODEL", "TEXT", "--out", "OUT", "--epochs", "1"],
    ]

    @Test("a model that needs a plugin runs with it, and is refused without it or with another", arguments: commands)
    func models(command: [String]) throws {
        let folder = try TemporaryFolder()
        let arguments = command.map { word in
            ["MODEL": Quotes.model, "TEXT": Quotes.text, "OUT": folder.file("made")][word] ?? word
        }
        let hash = try Quotes.hash(Quotes.library)
        try Tool.expectFailure(
            arguments, status: 1,
            saying: "stage 'quotes' version 1 comes from a plugin that is not given, the one with SHA-256 \(hash); "
                + "give its file with --plugin\n")
        try Tool.expectFailure(
            arguments + ["--plugin", Quotes.changed], status: 1,
            saying: "stage 'quotes' comes from the plugin with SHA-256 \(hash), but the plugin given has "
                + "\(Quotes.hash(Quotes.changed)); give that file with --plugin\n")
        let outcome = try Tool.run(arguments + ["--plugin", Quotes.library])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test("text and compare take the plugin's stages, with options")
    func texts() throws {
        let stage = ["--plugin", Quotes.library, "--stage", "quotes:to=curly,unclosed=stop"]
        func vocabularySize(_ options: [String]) throws -> Int {
            let report = try Tool.run(["text", Quotes.text, "--json"] + options)
            #expect(report.status == 0, "\(report.errors)")
            return try #require(report.object()["vocabulary_size"] as? Int)
        }
        // Two curly marks become one.
        let curly = try vocabularySize([])
        #expect(try vocabularySize(["--stage", "quotes", "--plugin", Quotes.library]) == curly - 1)
        #expect(try vocabularySize(stage) == curly)
        let folder = try TemporaryFolder()
        let compared = try Tool.run(
            ["compare", Quotes.text, "--cells", "rnn", "--epochs", "1", "--out", folder.file("c")] + stage
                + TinyModel.options)
        #expect(compared.status == 0, "\(compared.errors)")
        let shown = try Tool.run(["inspect", folder.file("c/rnn-1.runic")])
        #expect(shown.text.contains("stage 'quotes' version 1"), "\(shown.text) \(shown.errors)")

        let open = try folder.write(Array("a \"b\n\nc\n".utf8), to: "open.txt")
        try Tool.expectFailure(
            ["text", open] + stage, status: 1,
            saying: "runic: \(Quotes.library): stage 'quotes' on \(open): the quotation that begins in line 1 is not "
                + "closed where its paragraph ends\n")
    }

    @Test("what is wrong with --plugin and --stage is one line")
    func wrong() throws {
        let folder = try TemporaryFolder()
        let (out, text) = (folder.file("run"), Quotes.text)
        let absent = folder.file("none.so")
        for command in [
            ["train", text, "--out", out], ["text", text], ["compare", text], ["evaluate", Quotes.model, text],
        ] {
            try Tool.expectFailure(
                command + ["--plugin", absent], status: 1,
                saying: "runic: \(absent): the plugin cannot be read: no such file or directory\n")
            try Tool.expectFailure(
                command + ["--plugin", text], status: 1,
                saying: "runic: \(text): cannot be loaded as a shared library: ")
        }
        try Tool.expectFailure(
            ["train", text, "--out", out, "--plugin", Quotes.library], status: 1,
            saying: "runic: \(Quotes.library): no stage of this plugin is used; add --stage quotes\n")
        try Tool.expectFailure(
            ["text", text, "--stage", "quotes"], status: 64, saying: "runic: stage 'quotes' is not known; ")
        try Tool.expectFailure(
            ["text", text, "--plugin", Quotes.library, "--stage", "quotes:to=bent"], status: 1,
            saying: "runic: \(Quotes.library): stage 'quotes': use to=straight or curly, and unclosed=keep or stop "
                + "(options {\"to\":\"bent\"})\n")
        for (stage, words) in [
            ("", "stage '': it does not begin with the name of a stage"),
            (":a=b", "stage ':a=b': it does not begin with the name"),
            ("quotes:to", "stage 'quotes:to': option=value must follow"),
            ("quotes:to=a,to=b", "stage 'quotes:to=a,to=b': option to is given twice"),
            ("quotes:", "stage 'quotes:': option=value must follow"),
        ] {
            try Tool.expectFailure(["text", text, "--stage", stage], status: 64, saying: words)
        }
        try Tool.expectFailure(
            ["train", text, "--finetune", Quotes.model, "--out", out, "--stage", "spaces"], status: 64,
            saying: "leave out --stage")
    }

    /// A stage that refuses a text with a question mark at a chunk's start.
    private static let statements = """
        #include <stdio.h>
        #include "runic_plugin.h"
        static void *create(const char *options, const char *path, runic_plugin_error *error) { return (void *)path; }
        static int process(void *stage, const uint8_t *bytes, size_t count, const runic_plugin_output *output,
                           runic_plugin_error *error) {
            if (*bytes == '?') {
                snprintf(error->text, sizeof error->text, "questions are not read");
                return 1;
            }
            return output->pass(output->context, count);
        }
        static int finish(void *stage, const runic_plugin_output *output, runic_plugin_error *error) { return 0; }
        static void destroy(void *stage) {}
        static const runic_plugin_stage stages[] = {{"statements", 3, 0, create, process, finish, destroy}};
        static const runic_plugin plugin = {RUNIC_PLUGIN_HEAD, 1, stages};
        const runic_plugin *runic_plugin_describe(void) { return &plugin; }
        """

    @Test("a prompt that a stage refuses is an error of sample and a notice of repl")
    func prompts() throws {
        let folder = try TemporaryFolder()
        let library = folder.file("statements.so")
        try Quotes.build(to: library, source: try folder.write(Array(Self.statements.utf8), to: "statements.c"))
        let trained = try Tool.run(
            [
                "train", Quotes.text, "--out", folder.file("run"), "--epochs", "1", "--plugin", library, "--stage",
                "statements",
            ] + TinyModel.options)
        #expect(trained.status == 0, "\(trained.errors)")
        let words = "\(library): stage 'statements' on a text in memory: questions are not read"
        let model = [folder.file("run/best.runic"), "--plugin", library, "--length", "3"]
        try Tool.expectFailure(
            ["sample"] + model + ["--prompt", "?"], status: 1, saying: "runic: --prompt: \(words)\n")
        let talk = try Tool.run(["repl"] + model, input: Array("?\n".utf8))
        #expect(talk.status == 0 && talk.errors.contains("not read: \(words)\n"), "\(talk.errors)")
    }

    @Test("/load finds the plugins that repl was given")
    func load() throws {
        let tiny = try TinyModel.run().model
        let input = Array("/load \(Quotes.model)\na\n".utf8)
        let outcome = try Tool.run(["repl", tiny, "--plugin", Quotes.library, "--length", "3"], input: input)
        #expect(outcome.status == 0 && !outcome.errors.contains("plugin that is not given"), "\(outcome.errors)")
        let without = try Tool.run(["repl", tiny, "--length", "3"], input: input)
        #expect(without.errors.contains("comes from a plugin that is not given"), "\(without.errors)")
    }

    @Test("--resume loads no plugin that only the folder names, and with --plugin the same one alone")
    func resume() throws {
        let folder = try TemporaryFolder()
        let library = folder.file("own.so")
        try FileManager.default.copyItem(atPath: Quotes.library, toPath: library)
        let hash = try Quotes.hash(library)
        // Named as a file of the current folder: the remembered path is absolute.
        let command =
            "cd '\(folder.path)' && exec '\(Tool.path)' train '\(Quotes.text)' --out '\(folder.file("run"))' --epochs 1 "
            + "--plugin own.so --stage quotes \(TinyModel.options.joined(separator: " "))"
        let trained = try Tool.run("/bin/sh", ["-c", command])
        #expect(trained.status == 0, "\(trained.errors)")
        let settings = try #require(
            JSONSerialization.jsonObject(with: Data(folder.read("run/settings.json"))) as? [String: Any])
        let remembered = try #require(settings["plugins"] as? [[String: String]])
        #expect(remembered.map { $0["sha256"] } == [hash])
        #expect(remembered.first?["path"]?.hasSuffix("/own.so") == true)
        let path = try #require(remembered.first?["path"])

        let resume = ["train", "--resume", folder.file("run")]
        try Tool.expectFailure(
            resume, status: 1,
            saying: "needs the plugin \(path) with SHA-256 \(hash), which would run with all rights of this program; "
                + "if you trust it, name it again with --plugin\n")
        let resumed = try Tool.run(resume + ["--plugin", library])
        #expect(resumed.status == 0, "\(resumed.errors)")
        // The same file elsewhere is the same plugin.
        let moved = folder.file("moved.so")
        try FileManager.default.moveItem(atPath: library, toPath: moved)
        let again = try Tool.run(resume + ["--plugin", moved])
        #expect(again.status == 0, "\(again.errors)")

        try Tool.expectFailure(
            resume + ["--plugin", library], status: 1,
            saying: "own.so: the plugin cannot be read: no such file or directory\n")
        try Tool.expectFailure(
            resume + ["--plugin", Quotes.changed], status: 1,
            saying: "was not started with this plugin (SHA-256 \(Quotes.hash(Quotes.changed)))\n")
    }
}
