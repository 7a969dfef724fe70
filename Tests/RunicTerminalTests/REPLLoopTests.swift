import RunicREPL
import RunicTerminal
import Synchronization
import Testing

struct REPLLoopTests {
    private let never = InterruptFlag(isRequested: { false }, clear: {})

    private func run(
        _ lines: [String], interactive: Bool = false, length: Int = 3, usesColour: Bool = false,
        sink: MemorySink = MemorySink(),
        interrupt: InterruptFlag? = nil
    ) throws -> (results: String, messages: String, refusals: Int) {
        var session = try REPLSession(model: CountingModel(), length: length)
        var reader = ScriptedReader(isInteractive: interactive, script: lines.map { .line($0) })
        let refusals = runREPL(
            session: &session, reader: &reader, sink: sink, interrupt: interrupt ?? never, usesColour: usesColour
        ) { path throws(CommandError) in
            guard path == "good" else { throw CommandError("\(path): no model") }
            return CountingModel(name: "good")
        }
        return (String(decoding: sink.results, as: UTF8.self), String(decoding: sink.messages, as: UTF8.self), refusals)
    }

    @Test("From a pipe only results are printed, and refusals go to standard error")
    func pipe() throws {
        let done = try run([
            "x", "/temperature 1", "/bad", "/length", "?", "/load bad", "/load good", "y", "/quit", "z",
        ])
        #expect(done.results == "abc\nlength 3\ndef\nabc\n")
        #expect(done.refusals == 2)
        #expect(done.messages.split(separator: "\n").count == 3)
        #expect(done.messages.contains("runic: bad: no model"))
    }

    @Test("On a terminal everything goes one way and control characters are shown")
    func terminal() throws {
        let done = try run(["x", "/length 28", "", "/bad"], interactive: true)
        #expect(done.results.hasPrefix("abc\nlength 28\ndefghijklmnopqrstuvwxyz␛\u{FFFD}abc\n"))
        #expect(done.results.hasSuffix("slash\n\n"))
        #expect(done.messages.isEmpty)
    }

    @Test("Colour tells generated text from what was typed, and each piece ends its own; a pipe has none")
    func colour() throws {
        let done = try run(["x", "/length"], interactive: true, usesColour: true)
        #expect(
            done.results
                == "\u{1B}[36ma\u{1B}[0m\u{1B}[36mb\u{1B}[0m\u{1B}[36mc\u{1B}[0m\nlength 3\n\n")
        #expect(try !run(["x"], usesColour: true).results.contains("\u{1B}"))
        #expect(try !run(["x"], interactive: true).results.contains("\u{1B}"))
    }

    @Test("A stop text that cannot occur is warned of where it is set and where a model is loaded")
    func oddStop() throws {
        let done = try run(["/stop ?", "/load good"])
        #expect(done.messages == "runic: warning: no ?\nrunic: warning: no ?\n")
        #expect(done.refusals == 0)
    }

    @Test("From a pipe the bytes of the model pass unchanged")
    func unchanged() throws {
        let sink = MemorySink()
        _ = try run([""], length: 28, sink: sink)
        #expect(sink.results.suffix(4) == [UInt8(ascii: "z"), 0x1B, 0xFF, 0x0A])
    }

    @Test("From a pipe to a terminal the model's control characters are shown, and messages stay apart")
    func pipeToTerminal() throws {
        let sink = MemorySink()
        sink.isTerminal = true
        let done = try run(["", "/bad"], length: 28, sink: sink)
        #expect(done.results == "abcdefghijklmnopqrstuvwxyz␛\u{FFFD}\n")
        #expect(done.messages.hasPrefix("runic: ") && done.refusals == 1)
    }

    @Test("An interrupt stops the text and keeps it; from a pipe it ends the session")
    func interrupted() throws {
        for interactive in [true, false] {
            let asked = Mutex(0)
            let flag = InterruptFlag(
                isRequested: {
                    asked.withLock {
                        $0 += 1
                        return $0 == 5
                    }
                }, clear: {})
            let done = try run(["x", "y"], interactive: interactive, length: 10, interrupt: flag)
            #expect(done.results == (interactive ? "abcd\nefghijklmn\n\n" : "abcd\n"))
        }
    }

    @Test("Output that takes no more ends the session")
    func closed() throws {
        let sink = MemorySink()
        sink.capacity = 100
        _ = try run(Array(repeating: "x", count: 20), length: 1000, sink: sink)
        #expect(sink.results.count < 200)
    }
}
