import Foundation
import RunicTesting
import Testing

@Suite("Installation")
struct InstallationTests {
    private let folder: TemporaryFolder
    private let tree: String
    private let prefix: String

    init() throws {
        folder = try TemporaryFolder()
        tree = try Self.staged.get()
        prefix = folder.file("prefix")
    }

    /// A folder of this process, gone with it.
    private static let place = FileManager.default.temporaryDirectory
        .appendingPathComponent("runic-tree-\(ProcessInfo.processInfo.processIdentifier)").path

    /// All that is installed, laid out once for all tests.
    private static let staged = Result {
        atexit { try? FileManager.default.removeItem(atPath: InstallationTests.place) }
        let programs = URL(fileURLWithPath: Tool.path).deletingLastPathComponent().path
        let outcome = try script("stage", [programs, place])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return place
    }

    private static func script(_ name: String, _ arguments: [String]) throws -> Tool.Outcome {
        try Tool.run("\(DocumentedCommands.root)/scripts/\(name)", arguments)
    }

    private func install(_ tree: String, _ prefix: String) throws -> Tool.Outcome {
        try Self.script("install-tree", ["--from", tree, prefix])
    }

    /// All files and folders below a folder, sorted.
    private static func contents(of path: String) -> [String] {
        ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []).sorted()
    }

    @Test("puts programs, completions, manual pages, documents and a model in place, and says what to type next")
    func installed() throws {
        let outcome = try install(tree, prefix)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let model = prefix + "/share/runic/models/hearth-gru.runic"
        #expect(outcome.text.contains("runic repl \(model)\n") && outcome.text.contains("export PATH=\"\(prefix)/bin:"))
        for name in [
            "bin/runic", "bin/runic-fetch", "share/bash-completion/completions/runic",
            "share/zsh/site-functions/_runic",
            "share/fish/vendor_completions.d/runic.fish", "share/man/man1/runic.1", "share/man/man1/runic-train.1",
            "share/man/man1/runic-study-gates.1", "share/doc/runic/README.md", "share/doc/runic/docs/cells/gru.md",
            "share/runic/corpora/hearth.txt",
        ] {
            #expect(FileManager.default.fileExists(atPath: "\(prefix)/\(name)"), "\(name)")
        }
        let written = try Tool.run(prefix + "/bin/runic", ["sample", model, "--prompt", "The fox", "--length", "5"])
        #expect(written.status == 0 && written.text.hasPrefix("The fox"), "\(written.errors)")
    }

    @Test("is taken away again, with what an earlier version had installed, and nothing else")
    func removed() throws {
        try folder.write("mine", to: "prefix/share/doc/mine.txt")
        _ = try folder.folder("prefix/share/empty")
        let before = Self.contents(of: prefix)
        let earlier = folder.file("earlier")
        #expect(try Tool.run(Tool.program("cp"), ["-al", tree, earlier]).status == 0)
        try folder.write("old", to: "earlier/share/runic/old/file")
        #expect(try install(earlier, prefix).status == 0)
        #expect(try install(tree, prefix).status == 0)
        #expect(!FileManager.default.fileExists(atPath: prefix + "/share/runic/old"))
        let outcome = try Self.script("install", ["--uninstall", prefix])
        #expect(outcome.status == 0 && outcome.text == "Removed runic from \(prefix)\n", "\(outcome.errors)")
        #expect(Self.contents(of: prefix) == before)
        let again = try Self.script("install", ["--uninstall", prefix])
        #expect(again.status == 1 && again.errors.hasPrefix("scripts/install: nothing is installed in \(prefix);"))
    }

    @Test("below DESTDIR says the paths that will be, and leaves no folder behind that it made")
    func staged() throws {
        let package = folder.file("package")
        let outcome = try Tool.run(
            "/usr/bin/env",
            ["DESTDIR=\(package)", "\(DocumentedCommands.root)/scripts/install-tree", "--from", tree, "/usr"])
        #expect(
            outcome.status == 0 && outcome.text.contains("    runic repl /usr/share/runic/models/"), "\(outcome.errors)"
        )
        #expect(FileManager.default.isExecutableFile(atPath: package + "/usr/bin/runic"))
        #expect(try Self.script("install-tree", ["--uninstall", package + "/usr"]).status == 0)
        #expect(Self.contents(of: package) == [])
    }

    @Test("with wrong arguments, or where it may not write, is one line before anything is built")
    func refused() throws {
        try folder.write("text", to: "file")
        for (arguments, status, words) in [
            (["--frob"], 64, "there is no option --frob"), (["a", "b"], 64, "give one folder, not both a and b"),
            ([folder.file("file/runic")], 1, "\(folder.file("file")) is not a folder"),
        ] as [([String], Int32, String)] {
            let outcome = try Self.script("install", arguments)
            #expect(
                outcome.status == status && outcome.text == "" && outcome.errorLines.count == 1, "\(outcome.errors)")
            #expect(outcome.errors.hasPrefix("scripts/install: \(words)"), "\(outcome.errors)")
        }
    }

    @Test("has a manual page of every command, with all its options, that roff takes without a warning")
    func manual() throws {
        let help = try Tool.run(["--experimental-dump-help"]).object()
        let root = try #require(help["command"] as? [String: Any])
        var names: Set<String> = []
        try check(root, "runic", &names)
        let pages = tree + "/share/man/man1"
        #expect(Set(Self.contents(of: pages)) == names)
        let roff = try Tool.run(
            Tool.program("groff"),
            ["-K", "utf8", "-man", "-T", "utf8", "-w", "w", "-z"] + names.map { "\(pages)/\($0)" })
        #expect(roff.status == 0 && roff.errors == "")
    }

    /// Checks the page of a command and of those below it.
    private func check(_ command: [String: Any], _ name: String, _ names: inout Set<String>) throws {
        let file = name + ".1"
        names.insert(file)
        let page = String(decoding: try TemporaryFolder.bytes(of: "\(tree)/share/man/man1/\(file)"), as: UTF8.self)
        var wanted = ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "SEE ALSO"].map { "\n.SH \($0)\n" }
        for argument in command["arguments"] as? [[String: Any]] ?? [] where argument["abstract"] != nil {
            for option in argument["names"] as? [[String: String]] ?? [] where option["kind"] == "long" {
                wanted.append("\\fB--\(try #require(option["name"]))\\fR".replacing("-", with: "\\-"))
            }
        }
        let missing = wanted.filter { !page.contains($0) }
        #expect(missing.isEmpty, "\(file)")
        for child in command["subcommands"] as? [[String: Any]] ?? [] {
            let word = try #require(child["commandName"] as? String)
            if word != "help" { try check(child, "\(name)-\(word)", &names) }
        }
    }
}
