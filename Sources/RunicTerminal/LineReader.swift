/// A source of typed lines for a REPL.
public protocol LineReader {
    /// Whether a person sees prompts and messages; otherwise only results are printed.
    var isInteractive: Bool { get }
    /// Reads the next line, after showing the prompt if a person sees it.
    mutating func readLine(prompt: String) -> LineReading
}

/// The result of reading a line.
public enum LineReading: Hashable, Sendable {
    /// A line without its line end.
    case line(String)
    /// Ctrl-C: the line begun is discarded.
    case interrupted
    /// There are no more lines.
    case end
    /// The input cannot be read on; the reader knows why.
    case failed
}
