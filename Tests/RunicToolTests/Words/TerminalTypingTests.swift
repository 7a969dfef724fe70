import Testing

@Suite("runic repl, on a terminal")
struct TerminalTypingTests {
    private let run: TinyModel.Run

    init() throws { run = try TinyModel.run() }

    private func start(_ options: [String] = [], environment: [String: String] = [:]) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(
            ["repl", run.folder, "--seed", "1", "--length", "9"] + options, environment: environment)
        try terminal.wait(for: "run> ")
        return terminal
    }

    @Test(
        "Backspace, Delete and the arrows take what a reader sees as one character",
        arguments: [
            ("L👨‍👩‍👧\u{7F}i", "Li"), ("Le\u{301}\u{7F}i", "Li"), ("Lक्त\u{7F}i", "Li"), ("L🇩🇪🇫🇷\u{7F}\u{7F}i", "Li"),
            ("L👍🏽\u{8}i", "Li"), ("Lక్ష\u{7F}\u{7F}i", "i"), ("👨‍👩‍👧i\u{1B}[D\u{1B}[DL\u{1B}[3~", "Li"),
            ("👍🏽L\u{1}\u{1B}[C\u{1B}[3~i\u{1}\u{1B}[3~L", "Li"),
        ])
    func deletes(keys: String, text: String) throws {
        let terminal = try start()
        terminal.type("/stop \(keys)\r".replacing("\u{1}", with: "\u{1}" + String(repeating: "\u{1B}[C", count: 6)))
        try terminal.wait(for: " \"\(text)\"")
    }

    @Test("A paste with CR LF is one input, its line ends not doubled")
    func paste() throws {
        let terminal = try start()
        terminal.type("/stop \u{1B}[200~L\r\n\r\ni\tn\\\n\ne\ri\u{1B}[201~\r")
        try terminal.wait(for: #" "L\n\ni\tn\\\n\ne\ni""#)
    }

    @Test("Without escapes each line of a paste is an input, and a backslash is itself")
    func rawPaste() throws {
        let terminal = try start(["--no-escape"])
        terminal.type("\u{1B}[200~/stop L\\n\r\n/length 3\r\n\u{1B}[201~")
        try terminal.wait(for: "length 3\u{1B}[0m")
        #expect(terminal.screen.contains(#" "L\\n""#))
    }

    @Test("Generated text is coloured, unless the user forbids it")
    func colour() throws {
        let terminal = try start()
        terminal.type("The otter\r")
        #expect(try terminal.wait(for: "run> ").contains("\u{1B}[36m"))
        let plain = try start(environment: ["NO_COLOR": "1"])
        plain.type("The otter\r")
        #expect(try !plain.wait(for: "run> ").contains("\u{1B}[36m"))
    }
}
