import Foundation
import Testing

@testable import RunicDisplay

@Suite("A word of a shell command")
struct ShellWordTests {
    private static let texts = [
        "runs/first", "a run", "it's", "", "$HOME", "`id`", "a\"b", "back\\slash", "*", "~", "~root", "a;b", "a&b",
        "a=b", "#x", "!1", "{a,b}", "-x", "été", "한국", "'", "''", "line\nbreak", "tab\t'quoted'\\", "\u{1B}[31m7",
        "\u{85}", "x\u{7F}",
    ]

    @Test("means the text to bash, on one line", arguments: texts)
    func quoted(text: String) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", "printf '%s|' \(text.shellQuoted)"]
        process.standardOutput = output
        try process.run()
        let found = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(Array(found) == Array((text + "|").utf8))
        #expect(!text.shellQuoted.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }

    @Test("is left as it is where a shell takes nothing in it for its own")
    func plain() {
        for text in ["runs/first-2_b.runic", "a,b", "x:y", "50%", "a@b", "1.5"] { #expect(text.shellQuoted == text) }
    }

    @Test("of a path is no option")
    func paths() {
        #expect("-x".shellPath == "./-x" && "x".shellPath == "x" && "- x".shellPath == "'./- x'")
    }

    @Test("A figure of a million or more is short")
    func figures() {
        #expect(NumberFormat.figure(4.25, 3) == "4.250" && NumberFormat.figure(999_999, 0) == "999999")
        #expect(NumberFormat.figure(1e6, 3) == "1.00e6" && NumberFormat.figure(4.512e77, 3) == "4.51e77")
        #expect(NumberFormat.figure(.infinity, 3) == "-" && NumberFormat.figure(.nan, 3) == "-")
    }
}
