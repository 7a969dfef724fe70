import Foundation
import RunicTesting
import Testing

@Suite("Text on the command line and in the REPL")
struct TypedTextTests {
    private let run: TinyModel.Run

    init() throws { run = try TinyModel.run() }

    private func sample(_ arguments: [String], input: [UInt8] = []) throws -> Tool.Outcome {
        let outcome = try Tool.run(["sample", run.model, "--length", "30", "--seed", "1"] + arguments, input: input)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome
    }

    @Test("Escapes are read in --prompt and --stop, and --no-escape turns them off")
    func escapes() throws {
        #expect(try sample(["--prompt", #"The\n\u{4c}\t\\\r"#]).text.hasPrefix("The\nL\t\\\r"))
        #expect(try sample(["--prompt", #"The\n"#, "--no-escape"]).text.hasPrefix(#"The\n"#))
        let free = try sample(["--prompt", "Line 1. The"]).text
        let line = try sample(["--prompt", "Line 1. The", "--stop", #"\n"#]).text
        let first = try #require(free.split(separator: "\n").first)
        #expect(line == first + "\n" && line != free)
        #expect(try sample(["--prompt", "Line 1. The", "--stop", #"\u{a}"#]).text == line)
    }

    @Test(
        "A backslash that begins no escape is refused with how to write one",
        arguments: [
            (["sample", "m.runic", "--prompt", #"C:\dir"#], #"\d is no escape; write \\ for a backslash"#),
            (["sample", "m.runic", "--stop", #"\u{zz}"#], #"\u{zz} is no escape"#),
            (["train", "t.txt", "--out", "r", "--document-separator", #"\q"#], #"\q is no escape"#),
            (["text", "t.txt", "--document-separator", #"a\"#], #"a \ at the end begins no escape"#),
            (["train", "t.txt", "--out", "r", "--stage", #"dedupe:by=document,separator=\q"#], #"not \q"#),
        ])
    func unknown(arguments: [String], words: String) throws {
        let outcome = try Tool.run(arguments)
        #expect(outcome.status == 64 && outcome.text == "")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }

    @Test("Texts of stages have the same escapes, and --no-escape turns those off too")
    func stages() throws {
        let folder = try TemporaryFolder()
        let text = try folder.write(#"a\n\nb\n\na"#, to: "text.txt")
        func symbols(_ options: String...) throws -> Int {
            let outcome = try Tool.run(["text", text, "--json", "--no-estimate"] + options)
            return try #require(try outcome.object()["symbols"] as? Int)
        }
        #expect(try symbols("--stage", #"dedupe:by=document,separator=\\n\\n"#) == 6)
        #expect(try symbols("--stage", #"dedupe:by=document,separator=\n\n"#, "--no-escape") == 6)
        #expect(try symbols("--stage", #"dedupe:by=document,separator=\n\n"#) == 11)
        #expect(try symbols("--stage", #"replace:pattern=a,with=\u{e9}\r\n"#) == 13)
        #expect(try symbols("--stage", #"replace:pattern=a,with=\n\n"#, "--no-escape") == 17)
    }

    @Test("A stop text that the model cannot write is warned of")
    func impossible() throws {
        let outcome = try sample(["--stop", "漢", "--stop", #"\n"#])
        #expect(
            outcome.errors == "runic: warning: the stop text \"漢\" never stops: '漢' is not in the model's vocabulary\n")
        let repl = try Tool.run(["repl", run.model, "--seed", "1"], input: Array("/stop 漢\n/stop\n".utf8))
        #expect(repl.lines == ["stop \"漢\""] && repl.errors.contains("warning: the stop text \"漢\" never stops"))
    }

    @Test("The REPL refuses a backslash that begins no escape, and --no-escape takes it as it is")
    func conversation() throws {
        let input = Array("The \\q\n/length\n".utf8)
        let refused = try Tool.run(["repl", run.model, "--length", "0"], input: input)
        #expect(refused.lines == ["length 0"])
        #expect(refused.errors.hasPrefix(#"runic: \q is no escape; write \\ for a backslash"#))
        let taken = try Tool.run(["repl", run.model, "--length", "0", "--no-escape"], input: input)
        #expect(taken.lines == ["length 0"] && !taken.errors.contains("escape"))
    }

    @Test("Without --seed the seed is told, and draws the same again")
    func seed() throws {
        let common = ["sample", run.model, "--length", "40", "--count", "2"]
        let outcome = try Tool.run(common)
        let match = try #require(
            try /^runic: seed (\d+); --seed (\d+) draws this again\n$/.wholeMatch(in: outcome.errors))
        #expect(match.1 == match.2)
        let again = try Tool.run(common + ["--seed", String(match.1)])
        #expect(again.output == outcome.output && again.errors == "")
        for options in [["--temperature", "0"], ["--length", "0"]] {
            #expect(try Tool.run(["sample", run.model] + options).errors == "")
        }
    }
}
