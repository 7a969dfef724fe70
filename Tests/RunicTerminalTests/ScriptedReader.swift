import RunicTerminal

/// Gives the lines of a script.
struct ScriptedReader: LineReader {
    var isInteractive: Bool
    var script: [LineReading]

    mutating func readLine(prompt: String) -> LineReading {
        script.isEmpty ? .end : script.removeFirst()
    }
}
