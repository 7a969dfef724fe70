import RunicTesting
import Foundation
import Testing

@Suite("runic study gates")
struct StudyCommandTests {
    private let tiny: TinyModel.Run
    private let folder: TemporaryFolder

    init() throws {
        tiny = try TinyModel.run()
        folder = try TemporaryFolder()
    }

    @Test("writes a page, prints the best units and the path last, and says what it omitted")
    func page() throws {
        let path = folder.file("page.html")
        let outcome = try Tool.run(["study", "gates", tiny.model, tiny.text, "--out", path, "--length", "500"])
        #expect(outcome.status == 0)
        #expect(outcome.lines.last == Substring(path))
        #expect(outcome.lines.first?.split(separator: " ") == ["feature", "layer", "unit", "r", "AUC"])
        #expect(outcome.lines.contains { $0.hasPrefix("position in line  ") })
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("the first 500 of "))
        let page = String(decoding: try folder.read("page.html"), as: UTF8.self)
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("input gate"))
        #expect(page.contains(try Tool.run(["evaluate", tiny.model, tiny.text]).status == 0 ? "nats" : "?"))
    }

    @Test("Nothing is said when nothing is left out, standard input is a text, and the same input gives the same page")
    func whole() throws {
        let text = Array(TinyModel.sentences.utf8.prefix(700))
        let arguments = ["study", "gates", tiny.model, "-", "--units", "all", "-o"]
        let outcome = try Tool.run(arguments + [folder.file("a.html")], input: text)
        #expect(outcome.status == 0 && outcome.errors == "")
        #expect(try Tool.run(arguments + [folder.file("b.html"), "--threads", "1"], input: text).status == 0)
        #expect(try folder.read("a.html") == folder.read("b.html"))
    }

    @Test("Failures are one line that names what is wrong")
    func failures() throws {
        let out = folder.file("p.html")
        try Tool.expectFailure(
            ["study", "gates", "/nowhere/m.runic", tiny.text, "-o", out], status: 1, saying: "/nowhere/m.runic")
        try Tool.expectFailure(
            ["study", "gates", tiny.text, tiny.text, "-o", out], status: 1, saying: "text.txt")
        try Tool.expectFailure(
            ["study", "gates", tiny.model, "/nowhere/t.txt", "-o", out], status: 1, saying: "/nowhere/t.txt")
        let bad = try folder.write([0x61, 0xFF, 0x62], to: "bad.txt")
        try Tool.expectFailure(["study", "gates", tiny.model, bad, "-o", out], status: 1, saying: "byte 1")
        let repaired = try Tool.run(["study", "gates", tiny.model, bad, "-o", out, "--repair"])
        #expect(repaired.status == 0)
        try Tool.expectFailure(
            ["study", "gates", tiny.model, tiny.text, "-o", folder.file("no/p.html"), "--measure", "50"], status: 1,
            saying: "/no/p.html: cannot be written")
        try Tool.expectFailure(
            ["study", "gates", tiny.model, tiny.text, "-o", folder.path, "--measure", "50"], status: 1,
            saying: "is a folder")
    }

    @Test(
        "Options have their ranges",
        arguments: [
            ("--length", "0"), ("--length", "100001"), ("--measure", "0"), ("--measure", "2000001"),
            ("--units", "some"), ("--units", "-1"), ("--out", ""), ("--precision", "f16"), ("--threads", "0"),
        ])
    func options(option: String, value: String) throws {
        let out = option == "--out" ? [] : ["--out", folder.file("p.html")]
        try Tool.expectFailure(
            ["study", "gates", tiny.model, tiny.text, "\(option)=\(value)"] + out, status: 64, saying: option)
    }

    @Test("What is read is not written over")
    func overwriting() throws {
        try Tool.expectFailure(
            ["study", "gates", tiny.model, tiny.text, "--out", tiny.text], status: 64, saying: "which is read")
    }

    @Test("The help names the studies and their options")
    func help() throws {
        #expect(try Tool.run(["study", "--help"]).text.contains("  gates "))
        let help = try Tool.run(["study", "gates", "--help-all"]).text
        for option in ["--out", "--length", "--measure", "--units", "--repair", "--precision", "--threads"] {
            #expect(help.contains(option), "\(option)")
        }
    }

    private static let browser = ["chromium", "chromium-browser", "google-chrome"].first {
        (try? Tool.program($0)) != nil
    }

    @Test("A browser draws the page without a word of complaint", .enabled(if: browser != nil))
    func drawn() throws {
        let program = try Tool.program(try #require(Self.browser))
        let text = try folder.write(
            Array("Line 1. \"The otter\"\n</script><b>&\n\u{202E}שלום\tA\u{0}\n猫👩‍👧 Line 2.\n".utf8), to: "t.txt")
        let page = folder.file("page.html")
        #expect(try Tool.run(["study", "gates", tiny.model, text, "--units", "4", "-o", page]).status == 0)
        let outcome = try Tool.run(
            program,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.file("profile"))",
                "--enable-logging=stderr", "--virtual-time-budget=4000", "--dump-dom",
                "file://\(page)#layer=1&unit=2&show=f&at=9",
            ])
        #expect(outcome.status == 0)
        let dom = outcome.text
        #expect(!outcome.errors.contains("CONSOLE"), "\(outcome.errors)")
        #expect(dom.contains("<html lang=\"en\" data-ready=\""))
        #expect(dom.contains("<b>Layer 1, unit 2. </b>") && dom.contains("Coloured by the forget gate, f"))
        #expect(dom.components(separatedBy: "<span data-t=\"").count > 40)
        #expect(dom.components(separatedBy: "background-color: rgb(").count > 40)
        #expect(dom.contains("class=\"at\"") || dom.contains(" at\""))
    }
}
