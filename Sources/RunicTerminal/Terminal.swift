internal import CRunicEdit
public import Foundation
internal import RunicFiles

/// What is known about the terminal that a program runs on.
public enum Terminal {
    /// Whether standard input is a terminal.
    public static var hasInput: Bool { Descriptor.standardInput.isTerminal }
    /// Whether standard output is a terminal.
    public static var hasOutput: Bool { Descriptor.standardOutput.isTerminal }
    /// Whether standard error is a terminal.
    public static var hasError: Bool { Descriptor.standardError.isTerminal }

    /// The width of the terminal of standard error or output in columns, or 80 where there is none.
    public static var columns: Int {
        for descriptor: Int32 in [2, 1] {
            let columns = runic_terminal_columns(descriptor)
            if columns > 0 { return Int(columns) }
        }
        return 80
    }

    /// Whether to colour what goes to a terminal: not if `NO_COLOR` is set to anything (https://no-color.org) or the terminal is dumb.
    public static func usesColour(
        isTerminal: Bool, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Bool {
        let isRefused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return isTerminal && !isRefused && !["", "dumb"].contains(environment["TERM"] ?? "")
    }
}

/// The limit that the system sets on the size of files (`ulimit -f`).
public enum FileLimit {
    /// Lets a write beyond the limit fail with an error that can be told, as a full disk does, instead of ending the process.
    public static func reportAsError() { runic_file_limit_is_error() }
}
