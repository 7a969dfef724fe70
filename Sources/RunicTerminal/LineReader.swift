/// Where the typed lines of a REPL come from.
public protocol LineReader {
    /// Whether a person sees prompts and messages; if not, only results are printed.
    var isInteractive: Bool { get }
    /// Reads the next line, after showing the prompt where somebody sees it.
    mutating func readLine(prompt: String) -> LineReading
}

/// What reading a line came back with.
public enum LineReading: Hashable, Sendable {
    /// A line without its line end.
    case line(String)
    /// Ctrl-C: the line that was begun is thrown away.
    case interrupted
    /// There are no more lines.
    case end
}
