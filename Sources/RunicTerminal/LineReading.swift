/// What reading a line came back with.
public enum LineReading: Hashable, Sendable {
    /// A line without its line end.
    case line(String)
    /// Ctrl-C: the line that was begun is thrown away.
    case interrupted
    /// There are no more lines.
    case end
}
