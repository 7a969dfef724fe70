/// What a submitted line asks of the one who runs the session.
public enum REPLAction: Hashable, Sendable {
    /// Call `step()` until it returns nil.
    case generate
    /// Show what was asked for.
    case answer(String)
    /// Say that it is done; not worth saying where nobody watches.
    case confirmation(String)
    /// Say in one line why the line was refused; nothing has changed.
    case refusal(String)
    /// Load the model of this file and call `replaceModel`.
    case load(String)
    /// Leave.
    case quit
}
