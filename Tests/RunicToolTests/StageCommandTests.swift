import RunicTesting
import Foundation
import Testing

@Suite("Stages on the command line")
struct StageCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("text --stages lists all stages with their options, one line each")
    func list() throws {
        let outcome = try Tool.run(["text", "--stages"])
        #expect(outcome.status == 0 && outcome.errors == "")
        let names = outcome.lines.map { $0.prefix { $0 != ":" } }
        for name in ["abc", "dedupe", "fields", "spaces", "strip", "segment", "vocabulary"] {
            #expect(names.contains(Substring(name)), "\(name)")
        }
        #expect(outcome.lines.allSatisfy { $0.contains("=") || $0.hasSuffix("no options") })
        try Tool.expectFailure(["text", "--stages", "x"], status: 64, saying: "--stages reads no texts")
        try Tool.expectFailure(["text"], status: 64, saying: "no text is given")
    }

    @Test("stages work in the order in which they are given, whatever option they come from")
    func order() throws {
        let path = try folder.write(Array("q,a\n<b>x</b>,y\nx,z\n".utf8), to: "t.csv")
        let options = [
            "--stage", "fields:column=q", "--stage", "strip:what=markup", "--stage=dedupe", "--unit", "byte",
        ]
        let object = try Tool.run(["text", "--json", path] + options).object()
        // x and a line feed: the table, without the markup, without the second of two equal lines.
        #expect(object["symbols"] as? Int == 2)
        let swapped = ["--stage=dedupe", "--stage", "fields:column=q", "--stage", "strip:what=markup"]
        #expect(try Tool.run(["text", "--json", path] + swapped).object()["symbols"] as? Int == 4)
        #expect(
            try Tool.run(["text", "--json", path, "--stage", "segment:unit=byte", "--unit", "byte"]).object()["unit"]
                as? String == "byte")
    }

    @Test("a pipeline comes from a file, and --stage changes it")
    func file() throws {
        let text = try folder.write(Array("a\u{E9}\r\n".utf8), to: "t.txt")
        let pipeline = try folder.write(
            Array(#"[{"name":"decode"},{"name":"segment","options":{"unit":"byte"}}]"#.utf8), to: "p.json")
        func symbols(_ options: [String]) throws -> Int? {
            try Tool.run(["text", "--json", text, "--pipeline", pipeline] + options).object()["symbols"] as? Int
        }
        #expect(try symbols([]) == 5)
        #expect(try symbols(["--stage", "newlines:to=lf"]) == 4)
        #expect(try symbols(["--stage", "segment:unit=codepoint"]) == 4)
    }

    @Test("the pipeline of a run is in its settings, and the minimum count with it")
    func train() throws {
        let text = try folder.write(Array(TinyModel.sentences.utf8), to: "t.txt")
        let run = folder.file("run")
        let outcome = try Tool.run(
            [
                "train", text, "--out", run, "--epochs", "1", "--stage", "spaces:runs=one", "--stage",
                "vocabulary:min-count=3",
            ]
                + TinyModel.options)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let settings = String(decoding: try folder.read("run/settings.json"), as: UTF8.self)
        #expect(settings.contains("spaces") && settings.contains("runs"))
        #expect(settings.contains(#/"minimum_count"\s*:\s*3/#))
    }

    @Test(
        "what contradicts itself or is not there is refused, one line each",
        arguments: [
            (["--stage", "rot13"], "stage 'rot13' is not known"),
            (["--stage", "spaces:lines=x"], "option lines=x is not known; use a whole number"),
            (["--stage", "a:b"], "stage 'a:b': option=value must follow the colon"),
            (["--unit", "byte", "--stage", "segment:unit=grapheme"], "--unit byte and --stage segment:unit=grapheme"),
            (["--repair", "--stage", "decode:errors=stop"], "--repair and --stage decode:errors=stop contradict"),
            (["--min-count", "2", "--stage", "vocabulary:min-count=3"], "contradict each other: vocabulary has one"),
            (["--pipeline", "-"], "--pipeline is -; name a file"),
            (["--pipeline", "/nowhere/p"], "/nowhere/p: cannot be read"),
            (["--finetune", "m", "--stage", "strip"], "leave out --stage"),
        ])
    func refusals(options: [String], reason: String) throws {
        try Tool.expectFailure(
            ["train", "/nowhere/none.txt", "--out", "/nowhere/run"] + options, status: 64, saying: reason)
    }

    @Test(
        "a file that is no pipeline is named with the place in it",
        arguments: [
            (#"[{"name":"decode",]"#, "it is not JSON: "),
            (#"[{"name":"decode","options":{"bom":1}}]"#, "'0.options.bom'"),
            (#"[{"name":"decode"}]"#, "must end in one 'segment' stage"),
            (#"{"name":"decode"}"#, "p.json: not a list"),
            (#"[{"options":{}}]"#, "'0.name' is missing"),
        ])
    func badFiles(json: String, reason: String) throws {
        let pipeline = try folder.write(Array(json.utf8), to: "p.json")
        try Tool.expectFailure(["text", "/nowhere/none.txt", "--pipeline", pipeline], status: 64, saying: reason)
        let outcome = try Tool.run(["text", "/nowhere/none.txt", "--pipeline", pipeline, "--newlines", "lf"])
        #expect(outcome.status == 64 && outcome.errors.contains("--pipeline lists all stages; leave out --newlines"))
    }
}
