import RunicTesting
import Foundation
import Testing

@Suite("Disks that take no more")
struct DiskTests {
    private let folder: TemporaryFolder
    private let tiny: TinyModel.Run
    private let options: [String]

    init() throws {
        folder = try TemporaryFolder()
        tiny = try TinyModel.run()
        options = ["train", tiny.text, "--epochs", "8", "--validate-every", "5"] + TinyModel.options
    }

    /// Expects the end of a run that cannot write: status 1, and one line of the error after those of the progress.
    private func expectStop(_ outcome: Tool.Outcome, saying words: String) {
        #expect(outcome.status == 1 && outcome.text == "")
        let lines = outcome.errorLines.filter { $0.hasPrefix("runic: ") }
        #expect(lines.count == 1 && outcome.errorLines.last == lines.last, "\(outcome.errors)")
        #expect(lines.last?.contains(words) == true, "\(outcome.errors)")
    }

    /// Runs `runic` in a process whose files cannot have more than `kilobytes`.
    private func limited(kilobytes: Int, _ arguments: [String]) throws -> Tool.Outcome {
        // A parent may ignore the signal that the limit sends, and its children then do too.
        // dash counts in half kilobytes, bash, unless it is asked for POSIX, in whole ones.
        let command =
            "(set -o posix) 2>/dev/null && set -o posix; ulimit -f \(2 * kilobytes) && exec env --default-signal=XFSZ \"$0\" \"$@\""
        return try Tool.run("/bin/sh", ["-c", command, Tool.path] + arguments)
    }

    @Test("A checkpoint that cannot be written ends the run; the one before remains, and the run can be resumed")
    func fullCheckpoint() throws {
        let command = options + ["--checkpoint-every", "0s"]
        let whole = try Tool.run(command + ["--out", folder.file("whole")])
        try #require(whole.status == 0, "\(whole.errors)")
        // Before the first validation there are no best parameters in it: 37 kB instead of 49.
        let run = folder.file("run")
        expectStop(
            try limited(kilobytes: 45, command + ["--out", run]),
            saying: "\(run)/resume.runic: cannot be written: file too large")
        let names = try FileManager.default.contentsOfDirectory(atPath: run)
        #expect(!names.contains { $0.hasPrefix(".runic-") } && names.contains("resume.runic"), "\(names)")
        let resumed = try Tool.run(["train", "--resume", run])
        #expect(resumed.status == 0, "\(resumed.errors)")
        try RunFiles.expectSame(run, RunFiles(folder.file("whole")))
    }

    @Test("A log that cannot grow ends the run, and an incomplete line is written again")
    func fullLog() throws {
        let command = options + ["--checkpoint-every", "1h"]
        let whole = try Tool.run(command + ["--out", folder.file("whole")])
        try #require(whole.status == 0, "\(whole.errors)")
        let run = folder.file("run")
        expectStop(
            try limited(kilobytes: 20, command + ["--out", run]),
            saying: "\(run)/log.jsonl: cannot be written: file too large")
        #expect(try RunFiles.log(run).count > 50)
        let resumed = try Tool.run(["train", "--resume", run])
        #expect(resumed.status == 0, "\(resumed.errors)")
        try RunFiles.expectSame(run, RunFiles(folder.file("whole")))
    }

    /// A shell in which folders can be mounted that nobody else sees, where the system permits it.
    private static let isolation = ["-rm", "/bin/sh", "-c"]
    static let canMount: Bool = {
        let outcome = try? Tool.run(Tool.program("unshare"), isolation + ["mount -t tmpfs tmpfs /mnt"])
        return outcome?.status == 0
    }()

    /// Runs a script with a disk of its own at `$1/disk`, with `$0` the program, and what else is given from `$2` on.
    private func onDisk(kilobytes: Int, _ script: String, _ arguments: [String]) throws -> Tool.Outcome {
        let disk = try folder.folder("disk")
        let mount = "mount -t tmpfs -o size=\(kilobytes)k tmpfs '\(disk)' || exit 9; cd '\(folder.path)'; "
        return try Tool.run(
            Tool.program("unshare"), Self.isolation + [mount + script, Tool.path, folder.path] + arguments)
    }

    @Test("A disk that is full ends the run with a line; with more room it continues", .enabled(if: canMount))
    func fullDisk() throws {
        let command = options + ["--checkpoint-every", "0s", "--out", "disk/run"]
        let whole = try Tool.run(options + ["--checkpoint-every", "0s", "--out", folder.file("whole")])
        try #require(whole.status == 0, "\(whole.errors)")
        let outcome = try onDisk(
            kilobytes: 128,
            """
            shift; "$0" "$@" 2> errors; echo $? > status; ls -a disk/run > names
            mount -o remount,size=4m disk && "$0" train --resume disk/run && cp -r disk/run run
            """, command)
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(try folder.read("status") == Array("1\n".utf8))
        let line = try #require(String(decoding: folder.read("errors"), as: UTF8.self).split(separator: "\n").last)
        #expect(line.hasPrefix("runic: disk/run/") && line.hasSuffix(": no space left on device"), "\(line)")
        #expect(!String(decoding: try folder.read("names"), as: UTF8.self).contains(".tmp"))
        try RunFiles.expectSame(folder.file("run"), RunFiles(folder.file("whole")))
    }

    @Test("A folder that becomes read-only ends the run with a line; so does one that is", .enabled(if: canMount))
    func readOnly() throws {
        let command = options + ["--checkpoint-every", "0s", "--out", "disk/run"]
        let outcome = try onDisk(
            kilobytes: 4_000,
            """
            shift; "$0" "$@" 2> errors & running=$!
            while [ ! -e disk/run/best.runic ]; do sleep 0.01; done
            until mount -o remount,ro disk 2> /dev/null; do :; done
            wait $running; echo $? > status
            "$0" train --resume disk/run 2> again; echo $? >> status
            "$0" "$@" 2> taken; echo $? >> status
            mount -o remount,rw disk && "$0" train --resume disk/run
            """, command)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(String(decoding: try folder.read("status"), as: UTF8.self) == "1\n1\n1\n")
        let line = try #require(String(decoding: folder.read("errors"), as: UTF8.self).split(separator: "\n").last)
        #expect(line.hasPrefix("runic: disk/run/") && line.lowercased().contains("read-only file system"), "\(line)")
        #expect(
            String(decoding: try folder.read("again"), as: UTF8.self)
                == "runic: disk/run: the folder cannot be written to: read-only file system\n")
    }
}
