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

    /// Lines of a result; on a terminal those that are too wide are broken between words.
    static func result(_ text: String) {
        verbatim(TextLayout.fitted(text, columns: Terminal.outputColumns))
    }

    /// Lines of a result that stay as they are, such as paths, which a person copies.
    static func verbatim(_ text: String) {
        write(text.hasSuffix("\n") ? text : text + "\n", to: .standardOutput)
    }

    /// One JSON object.
    static func json(_ value: some Encodable) throws {
        do {
            verbatim(try PrettyJSON.text(value))
        } catch {
            throw Failure("the result cannot be written as JSON: \(error)")
        }
    }

    /// A remark on standard error.
    static func note(_ text: String) {
        guard !isQuiet.load(ordering: .relaxed) else { return }
        say(text)
    }

    /// The line of something odd that does not stop the command.
    static func warn(_ message: String) {
        guard !isQuiet.load(ordering: .relaxed) else { return }
        error("warning: " + message)
    }

    /// The line of a failure, filtered so that text from files and options cannot control a terminal.
    static func error(_ message: String) {
        say("runic: " + message.replacing("\n", with: " "))
    }

    /// Writes to standard error; on a terminal filtered, and broken between words.
    private static func say(_ text: String) {
        let columns = Terminal.errorColumns
        let safe = columns == nil ? text : TerminalFilter.filtered(text)
        write(TextLayout.fitted(safe, columns: columns) + "\n", to: .standardError)
    }

    private static func write(_ text: String, to handle: FileHandle) {
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            // A closed pipe ends the program, as it ends any filter.
            exit(1)
        }
    }
}
