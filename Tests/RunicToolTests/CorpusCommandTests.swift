import RunicTesting
import Foundation
import RunicDisplay
import RunicText
import Testing

@Suite("runic corpus")
struct CorpusCommandTests {
    private let folder: TemporaryFolder
    private let server: CorpusServer
    private let text: [UInt8]
    private let out: String

    init() throws {
        folder = try TemporaryFolder()
        server = try CorpusServer()
        // Large enough for many pieces, small enough to be quick.
        text = (0..<200_000).map { UInt8(truncatingIfNeeded: ($0 &* $0 / 7) % 253) }
        _ = try server.folder.write(text, to: "text")
        out = folder.file("names.txt")
    }

    private var hash: String { SHA256.hexadecimalDigest(of: text) }

    /// The arguments that fetch the text under options of the server.
    private func arguments(_ options: String, _ more: [String] = [], name: String = "text") -> [String] {
        ["corpus", "get", "names", "--out", out, "--sha256", hash, "--from", server.address(options, name)] + more
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    /// Expects that a text was fetched, and that no other file is there.
    private func expectText(_ outcome: Tool.Outcome, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(try names() == ["names.txt"], sourceLocation: sourceLocation)
        #expect(try TemporaryFolder.bytes(of: out) == text, sourceLocation: sourceLocation)
    }

    /// Expects an end with status 1 and one line of the error after those of the progress.
    private func expectEnd(
        _ outcome: Tool.Outcome, saying words: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(outcome.status == 1 && outcome.text == "", sourceLocation: sourceLocation)
        let lines = outcome.errorLines.filter { $0.hasPrefix("runic: ") }
        #expect(
            lines.count == 1 && outcome.errorLines.last == lines.first, "\(outcome.errors)",
            sourceLocation: sourceLocation)
        #expect(lines.first?.contains(words) == true, "\(outcome.errors)", sourceLocation: sourceLocation)
    }

    @Test("list names the corpora, as lines and as JSON")
    func list() throws {
        let lines = try Tool.run(["corpus", "list"])
        #expect(lines.status == 0 && lines.errors == "" && lines.text.contains("enwik8"))
        let corpora = try #require(try Tool.run(["corpus", "list", "--json"]).object()["corpora"] as? [[String: Any]])
        #expect(corpora.count == lines.lines.count)
        let enwik8 = try #require(corpora.first { $0["name"] as? String == "enwik8" })
        #expect(enwik8["bytes"] as? Int == 100_000_000 && enwik8["archive_bytes"] as? Int == 36_445_475)
        let keys: Set = ["name", "description", "address", "file", "bytes", "sha256", "licence", "archive_bytes"]
        for corpus in corpora { #expect(Set(corpus.keys) == keys) }
    }

    @Test("A text is fetched and reported; the second time it is there, and no server is asked")
    func plain() throws {
        let outcome = try Tool.run(arguments("plain"))
        try expectText(outcome)
        #expect(outcome.lines.count == 3 && outcome.text.contains(hash) && outcome.text.contains("licence: MIT"))
        let again = try Tool.run(arguments("plain", ["--json"]))
        let object = try again.object()
        #expect(object["downloaded"] as? Bool == false && object["sha256"] as? String == hash)
        #expect(object["bytes"] as? Int == text.count && object["path"] as? String == out)
        let requests = try server.requests()
        #expect(requests.count == 1 && requests.first?["accept-encoding"] == "identity")
        #expect(requests.first?["user-agent"] == "runic/" + RunicVersion.current)
    }

    @Test(
        "A broken download continues where it stopped, whatever the server supports of ranges and versions",
        arguments: [
            "cut=90000", "norange,cut=90000", "changed,cut=90000", "untagged,cut=90000", "fail=1", "to=to=cut=90000",
        ])
    func mended(options: String) throws {
        let outcome = try Tool.run(arguments(options))
        try expectText(outcome)
        #expect(outcome.errors.contains("trying again in 1 s"), "\(outcome.errors)")
        let last = try #require(try server.requests().last)
        switch options {
        case "cut=90000", "to=to=cut=90000":
            #expect(last["range"] == "bytes=90000-" && last["if-range"]?.hasPrefix("\"") == true)
        case "untagged,cut=90000": #expect(last["range"] == "bytes=90000-" && last["if-range"] == nil)
        default: break
        }
    }

    @Test("A connection that is lost for good leaves the received bytes, and the same command continues from there")
    func cut() throws {
        let outcome = try Tool.run(arguments("stuck=70000", ["--retries", "1"]))
        expectEnd(outcome, saying: "was lost at byte 70000 of 200000; the same command continues from byte 70000")
        #expect(try names() == ["names.txt.part", "names.txt.part.json"])
        #expect(try TemporaryFolder.bytes(of: out + ".part") == Array(text.prefix(70_000)))
        let mended = try Tool.run(arguments("plain"))
        try expectText(mended)
        #expect(mended.errors.contains("continuing from byte 70000"))
    }

    @Test("A silent server counts as a lost connection")
    func silent() throws {
        let outcome = try Tool.run(arguments("silent=30000", ["--retries", "0", "--timeout", "1s"]))
        expectEnd(
            outcome, saying: "the server is silent at byte 30000 of 200000; the same command continues from byte 30000")
    }

    @Test("A wrong text is refused with both hashes, and none of it is kept")
    func wrong() throws {
        var wrong = text
        wrong[123_456] ^= 0x20
        _ = try server.folder.write(wrong, to: "wrong")
        let found = SHA256.hexadecimalDigest(of: wrong)
        expectEnd(
            try Tool.run(arguments("plain", name: "wrong")), saying: "the SHA-256 is \(found) instead of \(hash)")
        #expect(try names() == [])
    }

    @Test("An endless server is stopped")
    func endless() throws {
        expectEnd(try Tool.run(arguments("endless")), saying: "the file has more bytes than")
        #expect(try names() == [])
    }

    @Test(
        "What is no file is one line", arguments: [("status=404", "404 (Not Found)"), ("status=500", "500 (Internal")])
    func refused(options: String, words: String) throws {
        expectEnd(try Tool.run(arguments(options, ["--retries", "0"])), saying: words)
        #expect(try names() == [])
    }

    @Test("Where no server is, one line says so; no name, scheme or option that is wrong gets that far")
    func noServer() throws {
        let get = ["corpus", "get", "names", "--out", out]
        for (more, status, words) in [
            (["--from", "http://127.0.0.1:1/x", "--retries", "0"], 1, "the server takes no connection"),
            (["--from", "gopher://127.0.0.1/x"], 1, "give an address that begins with https:"),
            (["--from", "file:\(folder.file("nothing"))"], 1, "nothing: cannot be read: no such file or directory"),
            (["--sha256", "12"], 64, "give 64 hexadecimal digits"),
            (["--out", folder.path], 1, "is a folder"),
            (
                ["--out", folder.file("none/x"), "--from", server.address("plain", "text")], 1,
                "cannot be written: no such file"
            ),
        ] as [([String], Int32, String)] {
            try Tool.expectFailure(get + more, status: status, saying: words)
        }
        try Tool.expectFailure(["corpus", "get", "enwik7"], status: 1, saying: "use one of tinyshakespeare, warpeace")
        #expect(try names() == [])
    }

    @Test("A file of another content is not overwritten without --force")
    func occupied() throws {
        _ = try folder.write(Array("mine".utf8), to: "names.txt")
        expectEnd(try Tool.run(arguments("plain")), saying: "already holds another file (4 bytes, SHA-256 ")
        #expect(try folder.read("names.txt") == Array("mine".utf8))
        try expectText(try Tool.run(arguments("plain", ["--force"])))
    }

    @Test("A zip that Python wrote is unpacked, from a server and from a file; so is one written to a pipe")
    func zip() throws {
        let script = """
            import io, sys, zipfile
            text = open(sys.argv[1] + "/text", "rb").read()
            class Pipe(io.RawIOBase):
                def __init__(self, path): self.file = open(path, "wb")
                def writable(self): return True
                def write(self, bytes): return self.file.write(bytes)
            for name in ["file.zip", "pipe.zip"]:
                path = sys.argv[1] + "/" + name
                with zipfile.ZipFile(path if name == "file.zip" else Pipe(path), "w", zipfile.ZIP_DEFLATED) as archive:
                    archive.writestr("text", text)
            """
        let made = try Tool.run(Tool.program("python3"), ["-c", script, server.folder.path])
        try #require(made.status == 0, "\(made.errors)")
        for address in [
            server.address("plain", "file.zip"), server.address("cut=500", "pipe.zip"),
            "file:\(server.folder.path)/pipe.zip",
        ] {
            let outcome = try Tool.run(["corpus", "get", "text8", "--out", out, "--sha256", hash, "--from", address])
            try expectText(outcome)
            try FileManager.default.removeItem(atPath: out)
        }
    }

    @Test("Ctrl-C leaves the received bytes, and the same command continues from there")
    func interrupted() throws {
        let running = try RunningTool(Tool.path, arguments("pause=20"))
        let part = out + ".part"
        while running.isRunning, ((try? TemporaryFolder.bytes(of: part)) ?? []).count < 20_000 {
            Thread.sleep(forTimeInterval: 0.01)
        }
        running.send(SIGINT)
        let outcome = try running.finish()
        let count = try TemporaryFolder.bytes(of: part).count
        #expect(count > 0 && count < text.count)
        expectEnd(outcome, saying: "stopped; the same command continues from byte \(count)")
        try expectText(try Tool.run(arguments("plain")))
    }

    @Test("A process that is killed leaves the received bytes, too")
    func killed() throws {
        let running = try RunningTool(Tool.path, arguments("pause=20"))
        while running.isRunning, ((try? TemporaryFolder.bytes(of: out + ".part")) ?? []).count < 20_000 {
            Thread.sleep(forTimeInterval: 0.01)
        }
        running.send(SIGKILL)
        _ = try running.finish()
        let outcome = try Tool.run(arguments("plain"))
        try expectText(outcome)
        #expect(outcome.errors.contains("continuing from byte "))
    }

    @Test("A full disk is one line, and with more room the same command continues", .enabled(if: DiskTests.canMount))
    func fullDisk() throws {
        _ = try folder.folder("disk")
        let script = """
            mount -t tmpfs -o size=100k tmpfs "$1/disk" || exit 9
            shift; "$0" "$@" 2> "$OLD/errors"; echo $? > "$OLD/status"
            mount -o remount,size=1m "$OLD/disk" && "$0" "$@" && cp "$OLD/disk/names.txt" "$OLD/copy"
            """
        var command = arguments("plain")
        command[4] = folder.file("disk/names.txt")
        let outcome = try Tool.run(
            Tool.program("unshare"),
            ["-rm", "/usr/bin/env", "OLD=\(folder.path)", "/bin/sh", "-c", script, Tool.path, folder.path] + command)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try folder.read("status") == Array("1\n".utf8))
        let errors = String(decoding: try folder.read("errors"), as: UTF8.self)
        #expect(errors == "runic: \(folder.file("disk/names.txt.part")): cannot be written: no space left on device\n")
        #expect(outcome.errors.contains("continuing from byte "), "\(outcome.errors)")
        #expect(try folder.read("copy") == text)
    }

    @Test("A limit on the size of files is one line")
    func fileLimit() throws {
        let command = "ulimit -f 100 && exec env --default-signal=XFSZ \"$0\" \"$@\""
        expectEnd(
            try Tool.run("/bin/sh", ["-c", command, Tool.path] + arguments("plain")),
            saying: "names.txt.part: cannot be written: file too large")
    }

    @Test("A read-only folder is one line", .enabled(if: DiskTests.canMount))
    func readOnly() throws {
        _ = try folder.folder("disk")
        let script = "mount -t tmpfs -o ro tmpfs \"$1/disk\" || exit 9; shift; exec \"$0\" \"$@\""
        var command = arguments("plain")
        command[4] = folder.file("disk/names.txt")
        let outcome = try Tool.run(
            Tool.program("unshare"), ["-rm", "/bin/sh", "-c", script, Tool.path, folder.path] + command)
        expectEnd(outcome, saying: "\(folder.file("disk/names.txt.part")): cannot be written: read-only file system")
    }

    @Test("What comes in faster than it is taken waits at the server, and no byte comes twice")
    func slowReader() throws {
        // More than a pipe and the buffers of a connection hold.
        let long = [[UInt8]](repeating: text, count: 200).flatMap { $0 }
        _ = try server.folder.write(long, to: "long")
        let fetch = URL(fileURLWithPath: Tool.path).deletingLastPathComponent().appendingPathComponent("runic-fetch")
        let script = """
            import os, shutil, sys, time
            sys.stdin.buffer.readline()
            time.sleep(2)
            sys.stderr.write("all came" if os.path.exists(sys.argv[1] + "/sent") else "held back")
            shutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)
            """
        let outcome = try Tool.run(
            "/bin/sh",
            [
                "-c", "\"$0\" \"$1\" 1 | \"$2\" -c \"$3\" \"$4\"", fetch.path, server.address("plain", "long"),
                Tool.program("python3"), script, server.folder.path,
            ])
        #expect(outcome.errors == "held back")
        #expect(outcome.output.count == long.count)
        #expect(outcome.output == long)
    }
}
