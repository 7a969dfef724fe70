/// What one step of a generation gives.
public enum REPLOutput: Hashable, Sendable {
    /// Part of the prompt was read; there is nothing to show.
    case reading
    /// A line for the user about the text.
    case notice(String)
    /// The bytes of one generated symbol.
    case text([UInt8])
}
