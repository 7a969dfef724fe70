import RunicSampling
import Testing
@testable import RunicDisplay
@testable import RunicREPL

struct REPLSessionTests {
    private func makeSession(length: Int = 5) throws -> REPLSession<RecordingModel> {
        try REPLSession(model: RecordingModel(), settings: SamplerSettings(seed: 1), length: length)
    }

    @Test("The text continues the prompt, and the next prompt continues the text")
    func goesOn() throws {
        var session = try makeSession()
        let first = session.run("one").text
        let second = session.run("two").text
        let third = session.run("").text
        let expected = Array("one".utf8) + first + Array("two".utf8) + second + third
        #expect(session.transcript == expected)
        #expect(session.context == expected)
        #expect(!first.isEmpty && !second.isEmpty && !third.isEmpty)
    }

    @Test("Undo takes back exchange after exchange until nothing is left")
    func undo() throws {
        var session = try makeSession()
        var contexts = [session.context]
        for line in ["one", "", "two\\n", "//three"] {
            _ = session.run(line)
            contexts.append(session.context)
        }
        for context in contexts.dropLast().reversed() {
            #expect(session.submit(line: "/undo") != .quit)
            #expect(session.context == context)
            #expect(session.transcript == context)
        }
        #expect(session.submit(line: "/undo") == .refusal("there is nothing to take back"))
    }

    @Test("Regen keeps the prompt and draws again; setting the seed repeats the draws")
    func regen() throws {
        var session = try makeSession(length: 30)
        let first = session.run("one").text
        let again = session.run("/regen").text
        #expect(first != again)
        #expect(session.transcript == Array("one".utf8) + again)
        _ = session.run("/seed 1")
        #expect(session.run("/regen").text == first)
        _ = session.run("/seed 9")
        let nine = session.run("").text
        _ = session.run("/seed 9")
        #expect(session.run("").text == nine)
        _ = session.run("/clear")
        #expect(
            session.run("/regen").action == .refusal("there is no continuation to draw again; type some text first"))
    }

    @Test("An interrupt at any point keeps the text so far")
    func interrupt() throws {
        for steps in 0..<6 {
            var session = try makeSession(length: 3)
            _ = session.run("begun")
            let before = session.context
            _ = session.submit(line: "and")
            for _ in 0..<steps { _ = session.step() }
            let note = session.interrupt()
            #expect((note == nil) == (steps > 0))
            #expect(session.step() == nil)
            #expect(session.transcript == session.context)
            #expect(session.context.starts(with: before))
            if steps > 0 {
                _ = session.submit(line: "/undo")
                #expect(session.context == before)
            }
        }
    }

    @Test("A long prompt is read in the chunks that the model allows, and can be interrupted between them")
    func longPrompt() throws {
        let words = String(repeating: "words ", count: 1_000)
        var session = try makeSession(length: 0)
        let line = [words, words, words].joined(separator: "|")
        _ = session.submit(line: line)
        var steps = 0
        while session.step() == .reading { steps += 1 }
        #expect(steps == 3)
        // Plain truth values: the difference of long arrays takes minutes to print.
        let isWhole = session.transcript == Array(line.utf8) && session.context == session.transcript
        #expect(isWhole)
        session = try makeSession()
        _ = session.submit(line: line)
        #expect(session.step() == .reading)
        #expect(session.interrupt()?.contains("6000 of 18002 bytes were read") == true)
        let agrees = session.transcript == Array(words.utf8) && session.transcript == session.context
        #expect(agrees)
    }

    @Test(
        "A refused command changes nothing",
        arguments: [
            "/temperature x", "/temperature -1", "/temperature nan", "/temperature 0,7", "/top-k 0", "/top-k 1.5",
            "/top-k 99999999999999999999", "/top-p 2", "/min-p -1", "/seed -1", "/seed x", "/length -1", "/length 1e9",
            "/newline perhaps", #"/stop \q"#, #"a\"#, #"a\q"#, #"//\u{zz}"#, "/load", "/load \"\"", "/", "/ ",
            "/nothing", "/t 1", "/s", "/undo 3", "/regen",
        ])
    func refused(line: String) throws {
        var session = try makeSession()
        let overview = session.submit(line: "/show")
        guard case .refusal(let reason) = session.submit(line: line) else {
            Issue.record("\(line) was not refused")
            return
        }
        #expect(!reason.isEmpty && !reason.contains("\n"))
        #expect(session.submit(line: "/show") == overview)
        #expect(session.transcript.isEmpty)
    }

    @Test(
        "The message for a refused value mentions off where it is allowed",
        arguments: [
            ("/top-k 0", "top-k cannot be 0; give a whole number of 1 or more, or off"),
            ("/top-k x", "top-k cannot be \"x\"; give a whole number, such as 40, or off"),
            ("/top-p 2", "top-p cannot be 2.0; give a number from 0 to 1, or off"),
            ("/min-p -1", "min-p cannot be -1.0; give a number from 0 to 1, or off"),
            ("/seed -1", "seed cannot be \"-1\"; give a whole number, such as 40, or off"),
            ("/temperature -1", "temperature cannot be -1.0; give a number of 0 or more"),
            ("/temperature off", "temperature cannot be \"off\"; give a number, such as 0.7"),
            ("/length off", "length cannot be \"off\"; give a whole number, such as 40"),
        ])
    func refusals(line: String, reason: String) throws {
        var session = try makeSession()
        #expect(session.submit(line: line) == .refusal(reason))
    }

    @Test("Settings change by command, by short command, and show without a value")
    func settings() throws {
        var session = try makeSession()
        #expect(session.submit(line: "/temp 0.5") == .confirmation("temperature 0.5"))
        #expect(session.submit(line: "/TOP_K=7") == .confirmation("top-k 7"))
        #expect(session.submit(line: "/top-p  0.9 ") == .confirmation("top-p 0.9"))
        #expect(session.submit(line: "/min-p 0.1") == .confirmation("min-p 0.1"))
        #expect(session.settings == SamplerSettings(temperature: 0.5, topK: 7, topP: 0.9, minP: 0.1, seed: 1))
        #expect(session.submit(line: "/top-k off") == .confirmation("top-k off"))
        #expect(session.submit(line: "/top-k") == .answer("top-k off"))
        #expect(session.submit(line: "/len 12") == .confirmation("length 12"))
        #expect(session.submit(line: "/load  \"my model.runic\" ") == .load("my model.runic"))
        #expect(session.submit(line: "/q") == .quit)
        guard case .answer(let help) = session.submit(line: "/h") else {
            Issue.record("no help")
            return
        }
        for command in SlashCommand.allCases { #expect(help.contains(command.usage)) }
    }

    @Test("Slashes, escapes and new lines reach the model as documented")
    func fed() throws {
        var session = try makeSession(length: 0)
        _ = session.run(#"a\nb\tc\\n\u{e9}\\d\r"#)
        _ = session.run("//quit")
        _ = session.run("/newline on")
        _ = session.run("line")
        _ = session.run("")
        #expect(session.transcript == Array("a\nb\tc\\né\\d\r/quitline\n".utf8))
    }

    @Test("Without escapes a backslash is a character like any other, in lines and stop texts")
    func noEscapes() throws {
        var session = try REPLSession(
            model: RecordingModel(), settings: SamplerSettings(seed: 1), length: 0, readsEscapes: false)
        _ = session.run(#"a\nb\"#)
        #expect(session.transcript == Array(#"a\nb\"#.utf8))
        _ = session.submit(line: #"/stop \n"#)
        #expect(session.stop == #"\n"#)
        guard case .answer(let help) = session.submit(line: "/help") else {
            Issue.record("no help")
            return
        }
        #expect(!help.contains("Escapes"))
    }

    @Test("The help fits a terminal of 80 columns and 24 lines with the next prompt, no line wrapped")
    func help() {
        for readsEscapes in [true, false] {
            let lines = SlashCommand.helpText(readsEscapes: readsEscapes).split(separator: "\n")
            #expect(lines.allSatisfy { $0.count < 80 }, "\(lines.map(\.count).max() ?? 0)")
            #expect(lines.count < 24)
        }
    }

    @Test("A stop text that cannot occur is set, and said to be odd; so it is with another model")
    func oddStop() throws {
        var session = try makeSession()
        #expect(session.submit(line: "/stop Ω") == .warning("Ω never stops"))
        #expect(session.stop == "Ω" && session.stopProblem == "Ω never stops")
        #expect(session.submit(line: "/stop a") == .confirmation("stop \"a\""))
        #expect(session.stopProblem == nil)
        _ = session.submit(line: "/stop Ω")
        try session.replaceModel(RecordingModel(name: "other"))
        #expect(session.stopProblem == "Ω never stops")
    }

    @Test("The symbol that shows where a stop text ends is not part of the text, nor is its draw")
    func decided() throws {
        var session = try REPLSession(
            model: RecordingModel(symbols: ["a", "b"].map { Array($0.utf8) }), settings: SamplerSettings(seed: 3),
            length: 100)
        let free = session.run("x").text
        let place = try #require(free.firstIndex(of: UInt8(ascii: "a")))
        _ = session.submit(line: "/clear")
        _ = session.submit(line: "/seed 3")
        _ = session.submit(line: "/stop a")
        #expect(session.run("x").text == Array(free[..<place]))
        #expect(session.transcript == Array("x".utf8) + free[...place])
        #expect(session.context == session.transcript)
        _ = session.submit(line: "/stop off")
        _ = session.submit(line: "/length 20")
        #expect(session.run("").text == Array(free[(place + 1)...].prefix(20)))
    }

    @Test("A stop text is not found in a symbol that the next one joins")
    func joinedStop() throws {
        let model = RecordingModel(symbols: ["a", "\u{301}"].map { Array($0.utf8) })
        for seed in 1...8 {
            var session = try REPLSession(model: model, settings: SamplerSettings(seed: UInt64(seed)), length: 40)
            let free = String(decoding: session.run("x").text, as: UTF8.self)
            let whole = free.prefix { Array($0.utf8) != Array("a".utf8) }
            _ = session.submit(line: "/clear")
            _ = session.submit(line: "/seed \(seed)")
            _ = session.submit(line: "/stop a")
            #expect(session.run("x").text == Array(whole.utf8), "seed \(seed)")
        }
    }

    @Test("A continuation ends before the stop text, which the model has generated but is not shown")
    func stop() throws {
        var session = try makeSession(length: 20_000)
        let free = session.run("x").text
        session = try makeSession(length: 20_000)
        _ = session.run("/stop b.\\n")
        let text = session.run("x").text
        let place = try #require(free.indices.first { free[$0...].starts(with: "b.\n".utf8) })
        let isCut = text == Array(free[..<place])
        #expect(isCut)
        #expect(session.transcript.suffix(3) == Array("b.\n".utf8)[...])
        #expect(session.transcript == session.context)
        #expect(session.submit(line: "/stop off") == .confirmation("stop off"))
    }

    @Test("A stop text is found across symbols, and not inside one")
    func stopInside() throws {
        let model = RecordingModel(symbols: [Array("👩\u{200D}💻".utf8)])
        for (stop, shown) in [
            ("👩", "👩\u{200D}💻👩\u{200D}💻"), ("👩\u{200D}💻", ""), ("👩\u{200D}💻👩\u{200D}💻", ""),
            ("zzz", "👩\u{200D}💻👩\u{200D}💻"),
        ] {
            var session = try REPLSession(model: model, settings: SamplerSettings(seed: 1), length: 2)
            _ = session.submit(line: "/stop \(stop)")
            #expect(session.run("x").text == Array(shown.utf8), "before \(stop)")
        }
    }

    @Test("Text that was held back for a stop text is shown at the end, and when the user interrupts")
    func held() throws {
        var session = try REPLSession(
            model: RecordingModel(symbols: [Array("b".utf8)]), settings: SamplerSettings(seed: 1), length: 1)
        _ = session.submit(line: "/stop bc")
        #expect(session.run("x").text == Array("b".utf8))
        _ = session.submit(line: "x")
        #expect(session.step() == .reading)
        #expect(session.step() == .text([]))
        #expect(session.heldText == Array("b".utf8))
        session.interrupt()
        #expect(session.heldText.isEmpty)
    }

    @Test("Unknown symbols are reported once, invisible ones by code point", arguments: [false, true])
    func unknown(leavesOut: Bool) throws {
        var session = try REPLSession(model: RecordingModel(leavesOut: leavesOut), settings: SamplerSettings(seed: 1))
        _ = session.submit(line: "Ω \u{AD}")
        #expect(session.step() == .reading)
        #expect(
            session.step()
                == .notice(
                    "2 symbols of the prompt are not in the model's vocabulary and were "
                        + "\(leavesOut ? "left out" : "read as unknown"): 'Ω' U+00AD"))
        guard case .text = session.step() else {
            Issue.record("no text after the notice")
            return
        }
    }

    @Test("Another model begins with an empty text and the same settings")
    func otherModel() throws {
        var session = try makeSession()
        _ = session.run("/temperature 0.3")
        _ = session.run("one")
        try session.replaceModel(RecordingModel(name: "other", symbols: [[65], [66]]))
        #expect(session.transcript.isEmpty && session.context.isEmpty)
        #expect(session.settings.temperature == 0.3 && session.seed == 1)
        #expect(session.run("").text.allSatisfy { $0 == 65 || $0 == 66 })
    }
}
