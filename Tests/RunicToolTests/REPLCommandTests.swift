import RunicTesting
import Foundation
import Testing

@Suite("runic repl, fed from a pipe")
struct REPLCommandTests {
    private let model: String

    init() throws { model = try TinyModel.run().model }

    private func talk(_ lines: [UInt8], _ options: String...) throws -> Tool.Outcome {
        let outcome = try Tool.run(["repl", model, "--seed", "1", "--length", "12"] + options, input: lines)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome
    }

    private func talk(_ lines: String) throws -> Tool.Outcome { try talk(Array(lines.utf8)) }

    @Test("Only continuations are printed: no prompt, no greeting, no echo")
    func results() throws {
        let outcome = try talk("The otter\n/temperature 0.5\nThe heron\n")
        #expect(outcome.errors == "")
        #expect(!outcome.text.contains("> ") && !outcome.text.contains("otter\n") && !outcome.text.contains("\u{1B}"))
        #expect(try talk("The otter\n/temperature 0.5\nThe heron\n").output == outcome.output)
    }

    @Test("What is asked for is a result")
    func answers() throws {
        let outcome = try talk("/temperature\n/show\n/help\n")
        #expect(outcome.lines.first == "temperature 0.8")
        #expect(outcome.text.contains("/quit") && outcome.text.contains("lstm 1 × 16"))
        #expect(outcome.errors == "")
    }

    @Test(
        "A command that fails is one line on standard error, and the session continues",
        arguments: [
            ("/nonsense", "/nonsense"), ("/temperature -1", "temperature"), ("/temperature x", "temperature"),
            ("/top-k 0", "top-k"), ("/top-p 7", "top-p"), ("/min-p nan", "min-p"), ("/length -1", "length"),
            ("/length 99999999999999999999", "length"), ("/seed x", "seed"), ("/load", "/load"),
            ("/load /nowhere/none.runic", "/nowhere/none.runic"), ("/undo", "take back"), ("/regen", "draw again"),
        ])
    func refusals(line: String, words: String) throws {
        let outcome = try talk(line + "\n/length\n")
        #expect(outcome.lines == ["length 12"])
        #expect(outcome.errors.hasPrefix("runic: ") && outcome.errorLines.count == 1)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }

    @Test("/undo takes back, /clear forgets, /quit leaves at once")
    func taking() throws {
        let plain = try talk("The otter\n").output
        #expect(try talk("The otter\n/quit\nThe heron\n").output == plain)
        let seeded = try talk("A heron\n/undo\n/seed 1\nThe otter\n")
        #expect(Array(seeded.output.suffix(plain.count)) == plain)
        let cleared = try talk("A heron\n/clear\n/seed 1\nThe otter\n")
        #expect(Array(cleared.output.suffix(plain.count)) == plain)
    }

    @Test("/load changes the model")
    func load() throws {
        let folder = try TemporaryFolder()
        let other = try folder.write(TemporaryFolder.bytes(of: model), to: "second.runic")
        let outcome = try talk("/load \(other)\n/show\n")
        #expect(outcome.lines.contains("second"), "\(outcome.text) \(outcome.errors)")
    }

    @Test(
        "NUL, invalid bytes, carriage returns and a last line without an end are text like any other",
        arguments: [
            [0x00, 0x0A], [0xFF, 0xFE, 0x0A], [0xC3, 0x0A], [0xED, 0xA0, 0x80, 0x0A], [0x61, 0x0D, 0x0A], [0x61],
            [0x1B, 0x5B, 0x32, 0x4A, 0x0A], [0x2F, 0xFF, 0x0A], [0x2F, 0x00, 0x0A],
        ] as [[UInt8]])
    func strangeBytes(line: [UInt8]) throws {
        let outcome = try talk(line + Array("\n/length\n".utf8))
        #expect(outcome.lines.last == "length 12")
    }

    @Test("A line of 100,000 bytes is read")
    func longLine() throws {
        let outcome = try talk([UInt8](repeating: 0x61, count: 100_000) + Array("\n/length\n".utf8))
        #expect(outcome.lines.last == "length 12")
    }

    @Test("No input is no output")
    func nothing() throws {
        let outcome = try talk("")
        #expect(outcome.output.isEmpty && outcome.errors == "")
    }
}
