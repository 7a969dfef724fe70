/// Why a line was refused; its message is one line for the user.
public struct CommandError: Error, Hashable, Sendable {
    /// What is wrong and what to do.
    public var message: String

    /// Creates an error.
    public init(_ message: String) {
        self.message = message
    }
}
