import RunicTesting
import Foundation
import Testing

@Suite("runic train")
struct TrainCommandTests {
    private let folder: TemporaryFolder
    private let tiny: TinyModel.Run

    init() throws {
        folder = try TemporaryFolder()
        tiny = try TinyModel.run()
    }

    private func records(_ path: String) throws -> [[String: Any]] {
        try String(decoding: TemporaryFolder.bytes(of: path + "/log.jsonl"), as: UTF8.self).split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test("Results go to standard output, progress to standard error as plain lines")
    func streams() throws {
        let lines = tiny.outcome.output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.first?.hasPrefix("validation ") == true && lines.first?.contains("perplexity") == true)
        #expect(lines.dropFirst().first?.hasPrefix("test ") == true)
        #expect(lines.last.map(String.init) == tiny.model)
        #expect(tiny.outcome.errors.contains("vocabulary ") && tiny.outcome.errors.contains("symbols/s"))
        #expect(!tiny.outcome.errors.contains("\u{1B}") && !tiny.outcome.errors.contains("\r"))
    }

    @Test("The run folder holds settings, log, both models and what resuming needs, and nothing else")
    func runFolder() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: tiny.folder).sorted()
        #expect(
            names == [
                "best.runic", "last.runic", "log.jsonl", "resume-previous.runic", "resume.runic", "settings.json",
            ])
        let settings = try JSONSerialization.jsonObject(
            with: Data(TemporaryFolder.bytes(of: tiny.folder + "/settings.json")))
        #expect((settings as? [String: Any])?["hidden"] as? Int == 16)
    }

    @Test("Every line of the log has the contract's keys; the validation loss where there was a validation")
    func logKeys() throws {
        let always: Set = [
            "step", "epoch", "symbols", "seconds", "train_nats", "learning_rate", "gradient_norm",
            "symbols_per_second",
        ]
        let records = try records(tiny.folder)
        for record in records {
            #expect(Set(record.keys).subtracting(["validation_nats"]) == always)
            let (step, symbols) = try (#require(record["step"] as? Int), #require(record["symbols"] as? Int))
            #expect(symbols == step * 4 * 32)
        }
        let steps = records.compactMap { $0["step"] as? Int }
        #expect(steps == steps.sorted() && Set(steps).count == steps.count)
        let losses = records.compactMap { $0["validation_nats"] as? Double }
        #expect(losses.count == 4, "one a passage through the text")
        #expect(try #require(losses.last) < #require(losses.first))
    }

    @Test("A text is the same from a file, a folder and standard input")
    func sources() throws {
        let texts = try folder.folder("texts/deeper")
        let middle = TinyModel.sentences.utf8.count / 2 + 11
        let bytes = Array(TinyModel.sentences.utf8)
        _ = try folder.write(Array(bytes[..<middle]), to: "texts/a.txt")
        try Data(bytes[middle...]).write(to: URL(fileURLWithPath: texts + "/b.txt"))
        _ = try folder.write(Array("hidden".utf8), to: "texts/.hidden")
        let whole = try folder.write(bytes, to: "whole.txt")
        var found: [[UInt8]] = []
        for (index, source) in [whole, folder.file("texts"), "-"].enumerated() {
            let outcome = try Tool.run(
                ["train", source, "--out", folder.file("run\(index)"), "--epochs", "1"] + TinyModel.options,
                input: source == "-" ? bytes : [])
            try #require(outcome.status == 0, "\(outcome.errors)")
            found.append(try TensorBytes.of(folder.file("run\(index)/last.runic")))
        }
        #expect(found[0] == found[1] && found[0] == found[2])
    }

    @Test("The number of threads changes nothing, the seed does")
    func threads() throws {
        let base = ["train", tiny.text, "--epochs", "1", "--batch", "32", "--sequence", "16", "--hidden", "24"]
        var found: [[UInt8]] = []
        for (index, more) in [["--threads", "1"], ["--threads", "3"], ["--threads", "3", "--seed", "2"]].enumerated() {
            let outcome = try Tool.run(base + ["--out", folder.file("run\(index)"), "--dropout", "0.1"] + more)
            try #require(outcome.status == 0, "\(outcome.errors)")
            found.append(try TensorBytes.of(folder.file("run\(index)/last.runic")))
        }
        #expect(found[0] == found[1])
        #expect(found[0] != found[2])
    }

    @Test(
        "Every cell, unit and form trains, and its model samples",
        arguments: [
            ["--cell", "rnn"], ["--cell", "gru", "--layers", "2"], ["--unit", "codepoint", "--normalize", "nfd"],
            ["--unit", "byte", "--normalize", "none"], ["--embedding", "5", "--dropout", "0.2"], ["--split", "1,0,0"],
            ["--min-count", "40", "--newlines", "lf"], ["--max-time", "0.2s"],
            ["--optimizer", "adam", "--clip", "0.5", "--ema", "0.99"],
            ["--optimizer", "sgd", "--momentum", "0.9", "--schedule", "step", "--decay-epochs", "1"],
            ["--optimizer", "rmsprop", "--alpha", "0.95", "--schedule", "exponential", "--decay-after", "1"],
            ["--optimizer", "nt-asgd", "--learning-rate", "1", "--patience", "1", "--validate-every", "3"],
            ["--schedule", "plateau", "--patience", "2", "--validate-every", "3", "--document-separator", #".\n"#],
            ["--checkpoint-every", "0.1s"],
        ])
    func options(options: [String]) throws {
        var arguments = ["train", tiny.text, "--out", folder.file("run")]
        let pairs = stride(from: 0, to: TinyModel.options.count, by: 2).map { Array(TinyModel.options[$0..<($0 + 2)]) }
        for pair in pairs where !options.contains(pair[0]) { arguments += pair }
        if !options.contains("--max-time") { arguments += ["--epochs", "1"] }
        let outcome = try Tool.run(arguments + options)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let sample = try Tool.run(["sample", folder.file("run/best.runic"), "--length", "20", "--prompt", "The"])
        #expect(sample.status == 0, "\(sample.errors)")
        #expect(sample.text.hasPrefix("The"))
    }

    @Test("What every option says is in the settings of the run")
    func settings() throws {
        let options = [
            "--schedule", "step", "--decay-factor", "0.7", "--decay-epochs", "3", "--decay-after", "4", "--patience",
            "6",
            "--final-share", "0.3", "--optimizer", "rmsprop", "--weight-decay", "0.02", "--momentum", "0.4", "--beta1",
            "0.6", "--beta2", "0.8", "--epsilon", "1e-3", "--alpha", "0.95", "--clip", "2", "--ema", "0.9",
            "--embedding-dropout", "0.11", "--dropout", "0.12", "--output-dropout", "0.13", "--recurrent-dropout",
            "0.14",
            "--variational", "--weight-drop", "0.15", "--zoneout-hidden", "0.16", "--activation-penalty", "2",
            "--temporal-penalty", "1", "--label-smoothing", "0.18", "--document-separator", #"\n"#,
        ]
        let outcome = try Tool.run(
            ["train", tiny.text, "--out", folder.file("run"), "--epochs", "1"] + TinyModel.options + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let saved = try JSONSerialization.jsonObject(with: Data(folder.read("run/settings.json"))) as? [String: Any]
        let training = try #require(saved?["training"] as? [String: Any])
        for (key, value) in [
            "decay_factor": 0.7, "decay_epochs": 3, "decay_after": 4, "patience": 6, "final_share": 0.3,
            "weight_decay": 0.02, "momentum": 0.4, "beta1": 0.6, "beta2": 0.8, "epsilon": 1e-3, "alpha": 0.95,
            "clip_norm": 2, "ema": 0.9, "embedding_dropout": 0.11, "dropout": 0.12, "output_dropout": 0.13,
            "recurrent_dropout": 0.14, "weight_drop": 0.15, "zoneout_hidden": 0.16, "activation_penalty": 2,
            "temporal_penalty": 1, "label_smoothing": 0.18,
        ] { #expect((training[key] as? Double) == value, "\(key)") }
        for (key, value) in ["schedule": "step", "optimizer": "rmsprop", "document_separator": "\n"] {
            #expect((training[key] as? String) == value, "\(key)")
        }
        #expect((training["variational"] as? Bool) == true && (training["random_lengths"] as? Bool) == false)
    }

    @Test("A separator that the text lacks is named", arguments: ["§", #".\n\n"#])
    func separator(separator: String) throws {
        try Tool.expectFailure(
            ["train", tiny.text, "--out", folder.file("run"), "--document-separator", separator] + TinyModel.options,
            status: 1, saying: "--document-separator is ")
    }

    @Test("--finetune starts from a model, on another text, and says how many symbols are new")
    func finetune() throws {
        let other = try folder.write(Array(TinyModel.sentences.replacing("eels", with: "jäger").utf8), to: "other.txt")
        let common = ["train", other, "--epochs", "1"]
        let fresh = try Tool.run(common + TinyModel.options + ["--out", folder.file("fresh")])
        // The first four options are the sizes.
        let outcome = try Tool.run(
            common + TinyModel.options.dropFirst(4) + ["--finetune", tiny.model, "--out", folder.file("run")])
        try #require(outcome.status == 0 && fresh.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("starting from run, with 3 new symbols"), "\(outcome.errors)")
        let losses = try ["run", "fresh"].map { run in
            try #require(try records(folder.file(run)).compactMap { $0["validation_nats"] as? Double }.last)
        }
        #expect(losses[0] < losses[1] - 0.1, "after one passage: \(losses)")
        let sample = try Tool.run(["sample", folder.file("run/best.runic"), "--length", "20", "--prompt", "jäger"])
        #expect(sample.status == 0 && sample.text.hasPrefix("jäger"), "\(sample.errors)")
        let resumed = try Tool.run(["train", "--resume", folder.file("run")])
        #expect(resumed.status == 0 && resumed.output == outcome.output, "\(resumed.errors)")
    }

    @Test("A model that cannot be read to start from is named")
    func noModel() throws {
        try Tool.expectFailure(
            ["train", tiny.text, "--finetune", tiny.text, "--out", folder.file("run")], status: 1, saying: tiny.text)
    }

    @Test("Licence and description are in the model")
    func notes() throws {
        let outcome = try Tool.run(
            [
                "train", tiny.text, "--out", folder.file("run"), "--epochs", "1", "--licence", "CC0-1.0",
                "--description",
                "Herons and \"otters\"",
            ] + TinyModel.options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let object = try Tool.run(["inspect", "--json", folder.file("run/best.runic")]).object()
        let metadata = try #require(object["metadata"] as? [String: Any])
        #expect(metadata["licence"] as? String == "CC0-1.0")
        #expect(metadata["description"] as? String == "Herons and \"otters\"")
    }
}
