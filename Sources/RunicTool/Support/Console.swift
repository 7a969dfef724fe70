internal import Foundation
internal import RunicREPL
internal import RunicTerminal
internal import RunicDisplay
internal import RunicFiles

/// What the commands print: results to standard output, everything else to standard error.
enum Console {
    /// A line of a result.
    static func result(_ text: String) {
        write(text.hasSuffix("\n") ? text : text + "\n", to: .standardOutput)
    }

    /// One JSON object.
    static func json(_ value: some Encodable) throws {
        do {
            result(try PrettyJSON.text(value))
        } catch {
            throw Failure("the result has no JSON: \(error)")
        }
    }

    /// A remark beside the results.
    static func note(_ text: String) { write(text + "\n", to: .standardError) }

    /// The line of a failure; what files and options bring into it cannot disturb a terminal.
    static func error(_ message: String) {
        let line = message.replacing("\n", with: " ")
        note("runic: " + (Terminal.hasError ? TerminalFilter.filtered(line) : line))
    }

    private static func write(_ text: String, to handle: FileHandle) {
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            // Nobody reads on: a closed pipe ends the program, as it ends any filter.
            exit(1)
        }
    }
}
