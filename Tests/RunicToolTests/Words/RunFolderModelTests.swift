import Foundation
import RunicTesting
import Testing

@Suite("A run's folder where a model is asked for")
struct RunFolderModelTests {
    private let run: TinyModel.Run
    private let scratch: TemporaryFolder

    init() throws {
        run = try TinyModel.run()
        scratch = try TemporaryFolder()
    }

    @Test(
        "means its best model",
        arguments: [
            ["sample", "MODEL", "--seed", "1", "--length", "20"], ["evaluate", "MODEL", "TEXT"], ["inspect", "MODEL"],
            ["inspect", "MODEL", "--json"], ["verify", "MODEL"], ["unpack", "MODEL", "--to", "OUT/unpacked"],
            ["quantize", "MODEL", "--to", "int8", "-o", "OUT/small.runic"],
            ["study", "gates", "MODEL", "TEXT", "-o", "OUT/page.html", "--length", "50", "--measure", "50"],
        ])
    func best(arguments: [String]) throws {
        func outcome(_ model: String) throws -> Tool.Outcome {
            let filled = arguments.map { argument in
                argument == "MODEL"
                    ? model : argument == "TEXT" ? run.text : argument.replacing("OUT", with: scratch.path)
            }
            let outcome = try Tool.run(filled)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome
        }
        let file = try outcome(run.model)
        for folder in [run.folder, run.folder + "/"] { #expect(try outcome(folder).text == file.text) }
    }

    @Test("is fine-tuned, and loaded in the REPL, which is called after the folder")
    func others() throws {
        let tuned = try Tool.run(
            [
                "train", run.text, "--out", scratch.file("tuned"), "--finetune", run.folder, "--epochs", "1",
                "--threads",
                "1", "--batch", "4", "--sequence", "32",
            ])
        #expect(tuned.status == 0, "\(tuned.errors)")
        let input = "/show\n/load \(scratch.file("tuned"))\n/show\n/load \(scratch.file("tuned"))/last.runic\n/show\n"
        let talk = try Tool.run(["repl", run.folder], input: Array(input.utf8))
        for name in ["run", "tuned", "tuned/last"] {
            #expect(talk.lines.contains { $0 == name }, "\(name): \(talk.text)")
        }
    }

    @Test(
        "without one is refused in one line",
        arguments: [["sample"], ["repl"], ["inspect"], ["verify"], ["evaluate", "TEXT"], ["unpack", "--to", "x"]])
    func none(command: [String]) throws {
        let empty = try scratch.folder("empty")
        let rest = command.dropFirst().map { $0 == "TEXT" ? run.text : $0 }
        try Tool.expectFailure(
            [command[0], empty] + rest, status: 1, saying: "is a folder without best.runic; name a .runic file")
    }

    @Test("A quantized model does not replace the one it is made of")
    func same() throws {
        try Tool.expectFailure(
            ["quantize", run.folder, "--to", "int8", "-o", run.model], status: 64, saying: "which is read")
    }
}
