/// The two ways out of a program.
public enum OutputChannel: Hashable, Sendable {
    /// Standard output: what was asked for.
    case result
    /// Standard error: messages.
    case message
}
