import Foundation
import RunicTesting
import Testing

@Suite("The commands of the documents", .serialized)
struct DocumentedCommandTests {
    /// A page, and what its reader has before reading it.
    struct Page: CustomTestStringConvertible, Sendable {
        let name: String
        var hasRun = false

        var testDescription: String { name }
    }

    @Test(
        "run as they are printed, one after another",
        arguments: [
            Page(name: "README.md"), Page(name: "docs/TEXTS.md"), Page(name: "docs/SHIPPING.md", hasRun: true),
            Page(name: "models/README.md"),
        ])
    func run(page: Page) throws {
        let folder = try Self.readersFolder()
        if page.hasRun {
            try FileManager.default.createDirectory(atPath: folder.file("runs"), withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: TinyModel.run().folder, toPath: folder.file("runs/mine"))
        }
        let path = DocumentedCommands.root + "/" + page.name
        let commands = DocumentedCommands.inPage(String(decoding: try TemporaryFolder.bytes(of: path), as: UTF8.self))
        #expect(!commands.isEmpty)
        let programs = URL(fileURLWithPath: Tool.path).deletingLastPathComponent().path
        for command in commands {
            let script = "cd \"$0\" && PATH=\"$1:$PATH\"\n\(command)"
            let outcome = try Tool.run("/bin/sh", ["-c", script, folder.path, programs])
            #expect(outcome.status == 0, "\(command)\n\(outcome.errors.suffix(300))")
        }
    }

    @Test("are found in blocks without a language, with their continuation")
    func found() {
        let page = """
            Use `runic text`.

                $ runic train a.txt \\
                      --out b
                step 1
                runic text c.txt   # a remark

            ```
            runic verify d
            ```

            ```swift
            runic inspect e
            ```
            """
        let expected = ["runic train a.txt \\\n--out b", "runic text c.txt   # a remark", "runic verify d"]
        #expect(DocumentedCommands.inPage(page) == expected)
    }

    /// A folder with the files that the pages name: the shipped model, and short texts so that trainings are short.
    private static func readersFolder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let model = "models/hearth-gru.runic"
        try folder.write(TemporaryFolder.bytes(of: DocumentedCommands.root + "/" + model), to: model)
        let hearth = try TemporaryFolder.bytes(of: DocumentedCommands.root + "/corpora/hearth.txt")
        try folder.write(Array(hearth.prefix(20_000)), to: "corpora/hearth.txt")
        try folder.write(Array(hearth.prefix(8000)), to: "my-text.txt")
        try folder.write(Array(hearth.prefix(3000)), to: "my-texts/first.txt")
        try folder.write(Array(hearth.dropFirst(3000).prefix(3000)), to: "my-texts/second.txt")
        try folder.write(Array(hearth.suffix(2000)), to: "held-back.txt")
        let lines = (1...150).map { "Zeile \($0): Über \($0 * 7 % 101) Bäume fällt das Licht." }
        let latin = try #require(lines.joined(separator: "\n").data(using: .isoLatin1))
        try folder.write(Array(latin), to: "old.txt")
        let questions = (1...150).map { "\"What is \($0)?\",\"It is \($0 * 7 % 101), I think.\",0\r\n" }
        try folder.write("Q,A,label\r\n" + questions.joined(), to: "chat.csv")
        let turns = (1...150).map {
            #"{"turns": [{"utterance": "Hello, \#($0)."}, {"utterance": "And you, \#($0 * 7 % 101)."}]}"#
        }
        try folder.write("[" + turns.joined(separator: ",\n") + "]", to: "dialogues.json")
        let tunes = (1...60).map {
            "X:\($0)\nT:Tune \($0)\nM:6/8\nL:1/8\nK:D\nDFA \($0 % 2 == 0 ? "dfa" : "d2a")|bag fed:|\n\n"
        }
        try folder.write(tunes.joined(), to: "tunes.abc")
        try folder.write("<p>Ἄνδρα μοι <b>ἔννεπε</b>, Μοῦσα, πολύτροπον.</p>\n", to: "pages/odyssey.html")
        return folder
    }
}
