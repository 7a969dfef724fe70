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

    /// Leaves out remarks, warnings and progress from now on.
    static func beQuiet() { isQuiet.store(true, ordering: .relaxed) }

    /// Whether standard error is a terminal on which a line can be rewritten, and is to be.
    static var showsProgress: Bool {
        !isQuiet.load(ordering: .relaxed) && Terminal.hasError && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// A line of a result; a path in it has its own bytes, so that a script can use it.
    static func result(_ text: String) {
        write(PathBytes.bytes(of: text))
    }

    /// One JSON object.
    static func json(_ value: some Encodable) throws {
        do {
            // As JSON has no other bytes than UTF-8, a path keeps the form that it has within the program.
            write(Array(try PrettyJSON.text(value).utf8))
        } catch {
            throw Failure("the result cannot be written as JSON: \(error)")
        }
    }

    /// A remark on standard error.
    static func note(_ text: String) {
        guard !isQuiet.load(ordering: .relaxed) else { return }
        remark(PathBytes.shown(text) + "\n")
    }

    /// The line of something odd that does not stop the command.
    static func warn(_ message: String) {
        guard !isQuiet.load(ordering: .relaxed) else { return }
        error("warning: " + message)
    }

    /// The line of a failure, filtered so that text from files and options cannot control a terminal.
    static func error(_ message: String) {
        let line = PathBytes.shown(message).replacing("\n", with: " ")
        remark("runic: " + (Terminal.hasError ? TerminalFilter.filtered(line) : line) + "\n")
    }

    /// Writes a result, and a line feed where it has none at its end.
    private static func write(_ bytes: [UInt8]) {
        do throws(SystemError) {
            try Descriptor.standardOutput.write(bytes.last == UInt8(ascii: "\n") ? bytes : bytes + [UInt8(ascii: "\n")])
        } catch {
            leave(after: error)
        }
    }

    /// Ends the program because its results cannot be written.
    ///
    /// A closed pipe ends it without a word, as it ends any filter.
    private static func leave(after failure: SystemError) -> Never {
        if !failure.isClosedPipe { error("standard output: cannot be written: \(failure.reason)") }
        exit(1)
    }

    /// Without standard error nobody is there to be told.
    private static func remark(_ text: String) {
        if (try? Descriptor.standardError.write(Array(text.utf8))) == nil { exit(1) }
    }
}
