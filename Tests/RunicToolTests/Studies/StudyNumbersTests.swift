import RunicTesting
import Foundation
import Testing

@Suite("runic study memory and gradients")
struct StudyNumbersTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let short = [
        "--hidden", "4", "--batch", "4", "--steps", "60", "--lags", "4,6", "--learning-rate", "1e-2,1e-3", "--threads",
        "1",
    ]

    @Test("memory prints a table and leaves results, curves and page in the folder", arguments: ["adding", "copy"])
    func memory(task: String) throws {
        let out = folder.file("results")
        let outcome = try Tool.run(
            ["study", "memory", "--task", task, "--cells", "lstm,rnn", "--out", out] + Self.short)
        #expect(outcome.status == 0 && outcome.errors == "")
        #expect(outcome.lines.count == 5 && outcome.lines[0].hasPrefix("cell  lag  seed"))
        #expect(outcome.lines[0].contains("recalled") == (task == "copy"))
        let results = try #require(
            try JSONSerialization.jsonObject(with: Data(try folder.read("results/results.json"))) as? [String: Any])
        let runs = try #require(results["runs"] as? [[String: Any]])
        #expect(results["task"] as? String == task && runs.count == 8)
        #expect(
            runs.compactMap { $0["learning_rate"] as? Double } == [0.01, 0.001, 0.01, 0.001, 0.01, 0.001, 0.01, 0.001])
        let csv = String(decoding: try folder.read("results/curves.csv"), as: UTF8.self).split(separator: "\r\n")
        #expect(csv.count == 1 + 8 * 2 && csv[1].hasPrefix("\(task),lstm,4,1,0.01,50,"))
        let page = String(decoding: try folder.read("results/memory.html"), as: UTF8.self)
        #expect(page.contains("lag 4") && page.contains("lag 6") && page.hasSuffix("</html>\n"))
        let again = try Tool.run(["study", "memory", "--task", task, "--cells", "lstm,rnn", "--json"] + Self.short)
        let object = try again.object()
        func losses(_ object: [String: Any]) -> [Double] {
            ((object["runs"] as? [[String: Any]]) ?? []).flatMap { ($0["curve"] as? [[String: Any]]) ?? [] }
                .compactMap { $0["loss"] as? Double }
        }
        #expect(losses(object) == losses(results) && losses(object).count == 16)
    }

    @Test("gradients prints a table, and writes a page and its numbers")
    func gradients() throws {
        let page = folder.file("page.html")
        let arguments = ["study", "gradients", "--cells", "rnn,lstm", "--steps", "30", "--hidden", "8", "-o", page]
        let outcome = try Tool.run(arguments)
        #expect(outcome.status == 0 && outcome.errors == "")
        #expect(
            outcome.lines.count == 7
                && outcome.lines.suffix(2) == [Substring(folder.file("page.csv")), Substring(page)])
        #expect(String(decoding: try folder.read("page.html"), as: UTF8.self).hasPrefix("<!DOCTYPE html>"))
        let csv = String(decoding: try folder.read("page.csv"), as: UTF8.self).split(separator: "\r\n")
        #expect(csv.count == 1 + 4 * 30)
        let series = try #require(
            try Tool.run(arguments + ["--json", "--threads", "1"]).object()["series"] as? [[String: Any]])
        #expect(series.compactMap { $0["cell"] as? String } == ["rnn", "rnn", "lstm", "lstm"])
    }

    @Test("gradients shows trained models, which need a text that is long enough")
    func trained() throws {
        let tiny = try TinyModel.run()
        let page = folder.file("page.html")
        let arguments = ["study", "gradients", "--cells", "", "--steps", "40", "-o", page, "--model", tiny.model]
        let outcome = try Tool.run(arguments + [tiny.text])
        #expect(outcome.status == 0 && outcome.lines.count == 4 && outcome.lines[1].contains("run"))
        let short = try folder.write(Array("Line 1.\n".utf8), to: "short.txt")
        try Tool.expectFailure(arguments + [short], status: 1, saying: "short.txt: 8 symbols")
        try Tool.expectFailure(arguments, status: 64, saying: "--model needs a text")
        try Tool.expectFailure(
            ["study", "gradients", "-o", page, tiny.text], status: 64, saying: "give one with --model")
        try Tool.expectFailure(
            ["study", "gradients", "-o", page, "--model", "/nowhere/m.runic", tiny.text], status: 1,
            saying: "/nowhere/m.runic")
        let text = try folder.write(Array(repeating: 0x61, count: 500), to: "page.csv")
        try Tool.expectFailure(arguments + [text], status: 64, saying: "page.csv, which is read")
    }

    @Test(
        "Options of memory have their ranges",
        arguments: [
            ("--task", "reading"), ("--lags", "1"), ("--lags", "5,"), ("--lags", "x"), ("--cells", "lstm,lstn"),
            ("--cells", ""),
            ("--hidden", "0"), ("--batch", "0"), ("--seeds", "0"), ("--steps", "0"), ("--max-time", "0"),
            ("--learning-rate", "-1"), ("--learning-rate", "1e-3,,"), ("--clip", "0"), ("--remember", "-1"),
            ("--out", ""),
            ("--threads", "0"),
        ])
    func memoryOptions(option: String, value: String) throws {
        let task = option == "--task" ? [] : ["--task", "adding"]
        try Tool.expectFailure(["study", "memory", "\(option)=\(value)"] + task, status: 64, saying: option)
    }

    @Test(
        "Options of gradients have their ranges",
        arguments: [
            ("--cells", "lstn"), ("--steps", "0"), ("--hidden", "0"), ("--remember", "-2"), ("--gain", "0"),
            ("--out", ""),
            ("--threads", "0"),
        ])
    func gradientOptions(option: String, value: String) throws {
        let out = option == "--out" ? [] : ["--out", folder.file("p.html")]
        try Tool.expectFailure(["study", "gradients", "\(option)=\(value)"] + out, status: 64, saying: option)
    }

    @Test("Places that cannot be written to are reported before anything is trained or measured")
    func places() throws {
        let file = try folder.write([0x61], to: "file")
        try Tool.expectFailure(
            ["study", "memory", "--task", "copy", "--out", file + "/x"] + Self.short, status: 1,
            saying: "file: is not a folder")
        try Tool.expectFailure(
            ["study", "gradients", "--steps", "5", "--hidden", "4", "-o", folder.file("no/p.html")], status: 1,
            saying: "/no/p.html")
    }

    @Test("The help names the options")
    func help() throws {
        for (study, options) in [
            (
                "memory",
                "--task --lags --cells --hidden --batch --seeds --steps --max-time --learning-rate --clip --remember --out --json --threads"
            ),
            ("gradients", "--cells --model --out --steps --hidden --remember --gain --seed --json --threads"),
        ] {
            let help = try Tool.run(["study", study, "--help-all"]).text
            for option in options.split(separator: " ") { #expect(help.contains(option), "\(option)") }
            #expect(try Tool.run(["study", "--help"]).text.contains("  \(study) "))
        }
    }
}
