/// Where the typed lines of a REPL come from.
public protocol LineReader {
    /// Whether a person sees prompts and messages; if not, only results are printed.
    var isInteractive: Bool { get }
    /// Reads the next line, after showing the prompt where somebody sees it.
    mutating func readLine(prompt: String) -> LineReading
}
