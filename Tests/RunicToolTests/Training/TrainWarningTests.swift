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
}
