import Foundation
import RunicTesting
import RunicTraining
import Testing

@testable import RunicRun

@Suite("The folder of a run")
struct RunFolderTests {
    private let scratch: TemporaryFolder
    private let folder: RunFolder

    init() throws {
        scratch = try TemporaryFolder()
        folder = RunFolder(path: scratch.file("run") + "/")
    }

    private func message(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("belongs to one process at a time, and is cleared of the files of a killed one")
    func locked() throws {
        try scratch.write([1], to: "run/.runic-1.tmp")
        try scratch.write([1], to: "run/notes.tmp")
        let found = try folder.locked { () throws -> String? in
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["notes.tmp"])
            return message { try folder.locked {} }
        }
        #expect(found == "\(scratch.file("run")): another process is training in it; wait for it, or end it first")
        try folder.locked {}
    }

    @Test("is refused if it already holds a run or lies among the texts")
    func taken() throws {
        #expect(message { try folder.refuseIfTaken(texts: ["text.txt"]) } == nil)
        #expect(
            message { try folder.refuseIfTaken(texts: [scratch.path]) }?.contains("lies inside \(scratch.path)") == true
        )
        try scratch.write([1], to: "run/best.runic")
        #expect(message { try folder.refuseIfTaken(texts: []) }?.contains("already holds a run; resume it") == true)
    }

    @Test("has a log that is truncated to its length at a checkpoint, and is reported if shorter")
    func log() throws {
        #expect(try folder.syncLog() == 0 && folder.cutLog(toBytes: 0) && !folder.cutLog(toBytes: 1))
        try scratch.write("one\ntwo\n", to: "run/log.jsonl")
        #expect(try folder.syncLog() == 8)
        #expect(try folder.cutLog(toBytes: 4) && scratch.read("run/log.jsonl") == Array("one\n".utf8))
        #expect(try !folder.cutLog(toBytes: 5) && scratch.read("run/log.jsonl") == Array("one\n".utf8))
        try folder.removeLog()
        try folder.removeLog()
        #expect(try folder.syncLog() == 0)
    }

    @Test("keeps settings as JSON, and explains invalid ones")
    func settings() throws {
        #expect(message { _ = try folder.settings([String].self) }?.contains("there is no such folder") == true)
        _ = try scratch.folder("run")
        #expect(message { _ = try folder.settings([String].self) }?.contains("it has no settings.json") == true)
        try folder.write(settings: ["b/c", "a"])
        #expect(try scratch.read("run/settings.json") == Array("[\n  \"b/c\",\n  \"a\"\n]\n".utf8))
        #expect(try folder.settings([String].self) == ["b/c", "a"])
        #expect(
            message { _ = try folder.settings([Int].self) }?.contains("does not hold the settings of a run") == true)
    }
}
