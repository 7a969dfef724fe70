import Foundation
import RunicTesting
import Testing

@Suite("What training warns of")
struct TrainWarningTests {
    private let folder: TemporaryFolder
    private let tiny: TinyModel.Run

    init() throws {
        folder = try TemporaryFolder()
        tiny = try TinyModel.run()
    }

    private func warnings(_ outcome: Tool.Outcome) -> [Substring] {
        outcome.errorLines.filter { $0.hasPrefix("runic: warning: ") }
    }

    private func train(_ text: String, _ options: [String]) throws -> Tool.Outcome {
        var arguments = ["train", text, "--out", folder.file("run")]
        let pairs = stride(from: 0, to: TinyModel.options.count, by: 2).map { Array(TinyModel.options[$0..<($0 + 2)]) }
        for pair in pairs where !options.contains(pair[0]) { arguments += pair }
        if !options.contains("--epochs") { arguments += ["--epochs", "1"] }
        let outcome = try Tool.run(arguments + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome
    }

    @Test("Nothing odd, no warning")
    func none() { #expect(!tiny.outcome.errors.contains("warning")) }

    @Test(
        "Each odd setting has one line",
        arguments: [
            (["--warm-up", "1000"], "the warm-up of 1000 updates is longer than the run of "),
            (["--residual"], "--residual has no effect"),
            (["--dropout", "0.5", "--output-dropout", "0"], "--dropout has no effect"),
            (["--variational"], "--variational has no effect"),
            (["--cell", "gru", "--zoneout-cell", "0.1"], "--zoneout-cell has no effect: the cell gru has no"),
            (["--patience", "3"], "use --early-stop 3"),
            (["--decay-factor", "0.5"], "--decay-factor has no effect: the schedule is cosine"),
            (["--momentum", "0.5"], "--momentum has no effect: the optimizer is adamw"),
            (["--schedule", "plateau", "--early-stop", "5"], "--early-stop 5 ends the run before --patience 5"),
            (["--split", "1,0,0"], "no text is left for validation, so the best model is the last one"),
            (["--split", "0.98,0.01,0.01"], "the validation part has only "),
        ])
    func odd(options: [String], words: String) throws {
        let found = warnings(try train(tiny.text, options))
        #expect(found.count == 1 && found[0].contains(words), "\(found)")
    }

    @Test("A loss worse than that of guessing is called that")
    func guessing() throws {
        let outcome = try train(
            tiny.text,
            [
                "--learning-rate", "100", "--clip", "1e6", "--warm-up", "0", "--optimizer", "sgd", "--schedule",
                "constant",
            ])
        #expect(warnings(outcome).contains { $0.contains("of guessing all symbols alike (ln ") }, "\(outcome.errors)")
    }

    @Test("Fine-tuning says that it drops the model's document separator")
    func separator() throws {
        _ = try train(tiny.text, ["--document-separator", #".\n"#])
        let options = Array(TinyModel.options.dropFirst(4)) + ["--epochs", "1"]
        let command = ["train", tiny.text, "--finetune", folder.file("run/best.runic")] + options
        let outcome = try Tool.run(command + ["--out", folder.file("next")])
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains(#"keep them with --document-separator '.\n'"#), "\(outcome.errors)")
        let kept = try Tool.run(command + ["--out", folder.file("kept"), "--document-separator", #".\n"#])
        #expect(kept.status == 0 && !kept.errors.contains("warning"), "\(kept.errors)")
    }

    @Test(
        "A text that is too short for the default batch gets a smaller one; what was asked for is refused",
        arguments: [200, 2_000])
    func short(symbols: Int) throws {
        let text = try folder.write(String(TinyModel.sentences.prefix(symbols)), to: "short.txt")
        let options = ["train", text, "--preset", "tiny", "--hidden", "16", "--threads", "1"]
        let outcome = try Tool.run(options + ["--out", folder.file("run")])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("instead of 32 × 64"), "\(outcome.errors)")
        let resumed = try Tool.run(["train", "--resume", folder.file("run")])
        #expect(resumed.status == 0 && resumed.output == outcome.output, "\(resumed.errors)")
        let part = symbols * 9 / 10
        try Tool.expectFailure(
            options + ["--out", folder.file("no"), "--batch", "32", "--sequence", "64"], status: 1,
            saying: symbols == 200
                ? "or a --batch of at most 2 or a --sequence of at most \(part / 32 - 1)"
                : "or a --batch of at most \(part / 65) or a --sequence of at most \(part / 32 - 1)")
        let compared = try Tool.run(
            ["compare", text, "--cells", "gru", "--preset", "tiny", "--hidden", "16", "--threads", "1"])
        #expect(compared.status == 0 && compared.errors.contains("instead of 32 × 64"), "\(compared.errors)")
    }

    @Test("A compared cell that is worse than guessing is named")
    func comparedGuessing() throws {
        // The validation and test parts have symbols that training never shows.
        let (early, late) = (Array("abcdefghij"), Array("klmnopqrst"))
        let text = String(
            (0..<3_000).map { (place: Int) -> Character in
                let letter: Int = place * place / 7 % 10
                return place < 2_700 ? early[letter] : late[letter]
            })
        let path = try folder.write(text, to: "turned.txt")
        let outcome = try Tool.run(["compare", path, "--cells", "gru", "--epochs", "2"] + TinyModel.options)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("runic: warning: gru, seed 1: the validation loss of "), "\(outcome.errors)")
        #expect(outcome.errors.contains("guessing all symbols alike"))
    }

    @Test("A comparison in which every run diverged shows no figures of theirs and fails")
    func diverged() throws {
        let outcome = try Tool.run(
            [
                "compare", tiny.text, "--cells", "lstm,gru", "--epochs", "1", "--optimizer", "sgd", "--clip", "1e6",
                "--momentum", "0.9",
            ]
                + TinyModel.options.map { $0 == "1e-2" ? "100" : $0 == "10" ? "0" : $0 } + ["--schedule", "constant"])
        #expect(outcome.status == 1, "\(outcome.text)")
        #expect(outcome.text.contains("lstm: 1 diverged") && outcome.text.contains("gru: 1 diverged"))
        #expect(!outcome.text.contains("better"))
        #expect(outcome.errors.contains("every run has diverged"), "\(outcome.errors)")
    }

    @Test(
        "NUL characters are named, and UTF-16 that was read as UTF-8",
        arguments: [
            (String.Encoding.utf16LittleEndian, "which --stage decode:encoding=utf-16le reads"),
            (.utf16BigEndian, "which --stage decode:encoding=utf-16be reads"),
            (.utf32LittleEndian, "which --stage decode:encoding=utf-32le reads"),
            (.utf32BigEndian, "which --stage decode:encoding=utf-32be reads"),
            (.utf8, "the text has 2 NUL characters (U+0000) among its "),
        ])
    func nulls(encoding: String.Encoding, words: String) throws {
        let text = String(TinyModel.sentences.prefix(2_000)) + (encoding == .utf8 ? "\0 and \0" : "")
        let path = try folder.write(Array(try #require(text.data(using: encoding))), to: "nul.txt")
        let found = warnings(try train(path, ["--split", "0.8,0.2,0"]))
        #expect(found.count == 1 && found[0].contains(words), "\(found)")
    }

    @Test(
        "No NUL is named where it is left out, or where symbols are bytes",
        arguments: [["--stage", "strip:what=controls"], ["--unit", "byte"]])
    func expectedNulls(options: [String]) throws {
        let path = try folder.write(String(TinyModel.sentences.prefix(4_000)) + "\0\n", to: "nul.txt")
        #expect(warnings(try train(path, options + ["--split", "0.8,0.2,0"])) == [])
    }

    @Test("A comparison names NUL characters, too")
    func comparedNulls() throws {
        let path = try folder.write(String(TinyModel.sentences.prefix(4_000)) + "\0\n", to: "nul.txt")
        let outcome = try Tool.run(
            ["compare", path, "--cells", "gru", "--epochs", "1", "--split", "0.8,0.2,0"] + TinyModel.options)
        #expect(outcome.status == 0)
        let found = warnings(outcome)
        #expect(found.contains { $0.contains("the text has 1 NUL character (U+0000)") }, "\(outcome.errors)")
    }

    @Test("A text of which no two symbols are told apart is refused, with the option that did it")
    func nothingToPredict() throws {
        let letters = String(String.UnicodeScalarView((0x4E00..<0x4F00).compactMap(Unicode.Scalar.init)))
        let unique = try folder.write(letters, to: "unique.txt"), same = try folder.write("aaaaaaaa", to: "same.txt")
        for (text, options, words) in [
            (unique, ["--min-count", "2"], "minimum count 2 leaves out all symbols of the text; lower it, or"),
            (same, ["--unknown", "never"], "the text has only one symbol, again and again"),
        ] {
            try Tool.expectFailure(
                ["train", text, "--out", folder.file("none")] + options, status: 1, saying: words)
        }
    }

    @Test("The prompt that is suggested is short, also where the text has no spaces")
    func prompt() throws {
        let path = try folder.write(String(repeating: "a", count: 3_000), to: "a.txt")
        let outcome = try train(path, [])
        let line = try #require(outcome.errorLines.first { $0.hasPrefix("next: runic sample ") })
        #expect(line.hasSuffix(" --prompt " + String(repeating: "a", count: 16)), "\(line)")
    }
}
