import Foundation
import RunicTerminal
import RunicTesting
import Synchronization
import Testing

@Suite(.serialized)
struct TerminalTests {
    @Test("The history is private, is kept in order, and is cut when it grows")
    func history() throws {
        let folder = try TemporaryFolder()
        let history = try #require(HistoryFile.standard(environment: ["XDG_STATE_HOME": folder.path]))
        #expect(history.url.path == folder.path + "/runic/history")
        #expect(history.lines() == [])
        for line in ["one", "猫 two", "/show"] { history.append(line) }
        #expect(history.lines() == ["one", "猫 two", "/show"])
        let file = try FileManager.default.attributesOfItem(atPath: history.url.path)
        let parent = try FileManager.default.attributesOfItem(atPath: folder.path + "/runic")
        #expect(file[.posixPermissions] as? Int == 0o600)
        #expect(parent[.posixPermissions] as? Int == 0o700)
        let large = (0..<3000).map { "\($0)" + String(repeating: "x", count: 500) }
        try Data(large.joined(separator: "\n").utf8).write(to: history.url)
        #expect(history.lines() == Array(large.suffix(1000)))
        history.append("last")
        #expect(history.lines().last == "last")
        #expect(try Data(contentsOf: history.url).count < 600_000)
        let cut = try FileManager.default.attributesOfItem(atPath: history.url.path)
        #expect(cut[.posixPermissions] as? Int == 0o600)
    }

    @Test("Without a place the history is just not there")
    func noHistory() {
        #expect(HistoryFile.standard(environment: [:]) == nil)
        #expect(
            HistoryFile.standard(environment: ["HOME": "/home/x"])?.url.path == "/home/x/.local/state/runic/history")
        let nowhere = HistoryFile(url: URL(fileURLWithPath: "/dev/null/runic/history"))
        nowhere.append("line")
        #expect(nowhere.lines() == [])
    }

    @Test("Colour needs a terminal that supports it and a user who does not forbid it")
    func colour() {
        #expect(Terminal.usesColour(isTerminal: true, environment: ["TERM": "xterm"]))
        #expect(Terminal.usesColour(isTerminal: true, environment: ["TERM": "xterm", "NO_COLOR": ""]))
        #expect(!Terminal.usesColour(isTerminal: true, environment: ["TERM": "xterm", "NO_COLOR": "1"]))
        #expect(!Terminal.usesColour(isTerminal: true, environment: ["TERM": "dumb"]))
        #expect(!Terminal.usesColour(isTerminal: false, environment: ["TERM": "xterm"]))
        #expect((Terminal.outputColumns == nil) == !Terminal.hasOutput)
        #expect((Terminal.errorColumns == nil) == !Terminal.hasError)
    }

    @Test("A caught interrupt sets the flag and does not end the process")
    func interrupt() {
        InterruptFlag.catchSignals(terminations: true)
        defer { InterruptFlag.releaseSignals() }
        #expect(!InterruptFlag.signals.isRequested)
        for signal in [SIGINT, SIGTERM] {
            kill(getpid(), signal)
            var waits = 0
            while !InterruptFlag.signals.isRequested, waits < 1000 {
                Thread.sleep(forTimeInterval: 0.001)
                waits += 1
            }
            #expect(InterruptFlag.signals.isRequested)
            InterruptFlag.signals.clear()
            #expect(!InterruptFlag.signals.isRequested)
        }
    }

    @Test("Quit from the keyboard is ignored while signals are caught, and works again afterwards")
    func quit() {
        // A handler of our own before and after, so that a signal that is let through does not end the tests.
        let original = signal(SIGQUIT) { _ in QuitCount.count.add(1, ordering: .relaxed) }
        defer { signal(SIGQUIT, original) }
        // The threads of a pool block signals, and `raise` sends to its own thread.
        var (wanted, mask) = (sigset_t(), sigset_t())
        unsafe sigemptyset(&wanted)
        unsafe sigaddset(&wanted, SIGQUIT)
        unsafe pthread_sigmask(SIG_UNBLOCK, &wanted, &mask)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &mask, nil) }
        raise(SIGQUIT)
        #expect(QuitCount.count.load(ordering: .relaxed) == 1)
        InterruptFlag.catchSignals()
        InterruptFlag.catchSignals()
        raise(SIGQUIT)
        #expect(QuitCount.count.load(ordering: .relaxed) == 1)
        #expect(!InterruptFlag.signals.isRequested)
        InterruptFlag.releaseSignals()
        raise(SIGQUIT)
        #expect(QuitCount.count.load(ordering: .relaxed) == 2)
    }

    @Test(
        "A history that is a link is not used, and its target keeps content and permissions", arguments: [true, false])
    func linkedHistory(isThere: Bool) throws {
        let folder = try TemporaryFolder()
        let target = folder.file("target")
        if isThere {
            try folder.write("secret\n", to: "target")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: target)
        }
        try FileManager.default.createSymbolicLink(atPath: folder.file("history"), withDestinationPath: target)
        let history = HistoryFile(url: URL(fileURLWithPath: folder.file("history")))
        history.append("typed")
        #expect(history.lines() == [])
        #expect(try folder.names == (isThere ? ["history", "target"] : ["history"]))
        guard isThere else { return }
        #expect(try folder.read("target") == Array("secret\n".utf8))
        #expect(try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int == 0o644)
    }

    @Test("A history of any size keeps its last lines, also where they are long")
    func longHistory() throws {
        let folder = try TemporaryFolder()
        let lines = (0..<1_500).map { "\($0) " + String(repeating: "x", count: 12_000) }
        try folder.write(lines.joined(separator: "\n") + "\n", to: "history")
        let history = HistoryFile(url: URL(fileURLWithPath: folder.file("history")))
        for _ in 0..<2 {
            #expect(history.lines() == Array(lines.suffix(1_000)))
            #expect(try folder.names == ["history"])
        }
        history.append("last")
        #expect(history.lines() == Array(lines.suffix(999)) + ["last"])
    }

    @Test("Sessions that reduce a history lose no line that others add meanwhile")
    func sharedHistory() throws {
        let folder = try TemporaryFolder()
        let filler = String(repeating: "x", count: 1_200)
        try folder.write((0..<1_100).map { "\($0) \(filler)\n" }.joined(), to: "history")
        let history = HistoryFile(url: URL(fileURLWithPath: folder.file("history")))
        DispatchQueue.concurrentPerform(iterations: 6) { session in
            for index in 0..<25 {
                if session < 3 { history.append("\(session)-\(index) \(filler)") } else { _ = history.lines() }
            }
        }
        let kept = Set(history.lines().map { $0.prefix { $0 != " " } })
        let lost = (0..<3).flatMap { session in (0..<25).map { "\(session)-\($0)" } }.filter { !kept.contains($0[...]) }
        #expect(lost == [])
        #expect(try folder.names == ["history"])
    }

    @Test("A pipe in place of a history is not waited for")
    func pipeHistory() throws {
        let folder = try TemporaryFolder()
        let made = unsafe mkfifo(folder.file("history"), 0o600)
        try #require(made == 0)
        let history = HistoryFile(url: URL(fileURLWithPath: folder.file("history")))
        history.append("typed")
        #expect(history.lines() == [])
    }
}

/// How many quits a test's own handler saw.
private enum QuitCount {
    static let count = Atomic(0)
}
