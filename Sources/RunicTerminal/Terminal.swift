internal import CRunicEdit
public import Foundation
internal import RunicFiles

/// The terminal on which the program runs.
public enum Terminal {
    /// Whether standard input is a terminal.
    public static var hasInput: Bool { Descriptor.standardInput.isTerminal }
    /// Whether standard output is a terminal.
    public static var hasOutput: Bool { Descriptor.standardOutput.isTerminal }
    /// Whether standard error is a terminal.
    public static var hasError: Bool { Descriptor.standardError.isTerminal }

    /// The width in columns of a terminal that does not tell it.
    private static let usualColumns = 80

    /// The width of the terminal of standard output in columns; nil if it is not a terminal.
    public static var outputColumns: Int? { hasOutput ? columns(1) : nil }
    /// The width of the terminal of standard error in columns; nil if it is not a terminal.
    public static var errorColumns: Int? { hasError ? columns(2) : nil }

    private static func columns(_ descriptor: Int32) -> Int {
        let columns = runic_terminal_columns(descriptor)
        return columns > 0 ? Int(columns) : usualColumns
    }

    /// Whether to colour output: only on a terminal that is not dumb, and if `NO_COLOR` is unset or empty
    /// (https://no-color.org).
    public static func usesColour(
        isTerminal: Bool, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Bool {
        let isRefused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return isTerminal && !isRefused && !["", "dumb"].contains(environment["TERM"] ?? "")
    }
}

/// The limit that the system sets on the size of files (`ulimit -f`).
public enum FileLimit {
    /// Makes a write beyond the limit fail with an error, as on a full disk, instead of ending the process.
    public static func reportAsError() { runic_file_limit_is_error() }
}
