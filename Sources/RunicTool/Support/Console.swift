internal import Foundation
internal import RunicREPL
internal import RunicTerminal
internal import RunicDisplay
internal import RunicFiles
internal import Synchronization

/// Output of the commands: results on standard output, everything else on standard error.
enum Console {
    /// Whether remarks and warnings are left out.
    static let isQuiet = Atomic<Bool>(false)

    /// A line of a result.
    static func result(_ text: String) {
        write(text.hasSuffix("\n") ? text : text + "\n", to: .standardOutput, isTerminal: Terminal.hasOutput)
    }

    /// One JSON object.
    static func json(_ value: some Encodable) throws {
        do {
            result(try PrettyJSON.text(value))
        } catch {
            throw Failure("the result cannot be written as JSON: \(error)")
        }
    }

    /// A remark on standard error.
    static func note(_ text: String) {
        guard !isQuiet.load(ordering: .relaxed) else { return }
        write(text + "\n", to: .standardError, isTerminal: Terminal.hasError)
    }

    /// The line of something odd that does not stop the command.
    static func warn(_ message: String) {
        guard !isQuiet.load(ordering: .relaxed) else { return }
        error("warning: " + message)
    }

    /// The line of a failure.
    static func error(_ message: String) {
        let line = message.replacing("\n", with: " ")
        write("runic: " + line + "\n", to: .standardError, isTerminal: Terminal.hasError)
    }

    /// Writes text, whose names and notes may come from files: on a terminal it is filtered, so that they cannot control it.
    private static func write(_ text: String, to handle: FileHandle, isTerminal: Bool) {
        do {
            try handle.write(contentsOf: Data((isTerminal ? TerminalFilter.filtered(text) : text).utf8))
        } catch {
            // A closed pipe ends the program, as it ends any filter.
            exit(1)
        }
    }
}
