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

    /// Lines of a result; on a terminal those that are too wide are broken between words.
    static func result(_ text: String) {
        verbatim(TextLayout.fitted(shown(text), columns: Terminal.outputColumns))
    }

    /// Lines of a result that stay as they are, such as paths, which a person copies.
    ///
    /// A path in it has its own bytes, so that a script can use it, but for a terminal, which they could control.
    static func verbatim(_ text: String) {
        let line = text.hasSuffix("\n") ? text : text + "\n"
        result(bytes: PathBytes.bytes(of: shown(line)))
    }

    /// A result as standard output takes it.
    private static func shown(_ text: String) -> String {
        Terminal.hasOutput ? TerminalFilter.filtered(PathBytes.shown(text)) : text
    }

    /// Bytes of a result, as they are.
    static func result(bytes: [UInt8]) {
        do throws(SystemError) {
            try Descriptor.standardOutput.write(bytes)
        } catch {
            endsWithoutOutput(error.isClosedPipe ? nil : error.reason)
        }
    }

    /// Ends the program, whose results go nowhere.
    ///
    /// - Parameter reason: the system's; nil for a closed pipe, which ends it without a word, as it ends any filter.
    static func endsWithoutOutput(_ reason: String?) -> Never {
        if let reason { error("standard output cannot be written: \(reason)") }
        exit(1)
    }

    /// One JSON object.
    static func json(_ value: some Encodable) throws {
        do {
            // As JSON has no other bytes than UTF-8, a path keeps the form that it has within the program.
            result(bytes: Array((try PrettyJSON.text(value) + "\n").utf8))
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

    /// The line of a failure.
    static func error(_ message: String) {
        say("runic: " + message.replacing("\n", with: " "))
    }

    /// Writes to standard error, on a terminal broken between words.
    private static func say(_ text: String) {
        let plain = PathBytes.shown(text)
        // Names and notes may come from files. What they become when they are harmless takes its room.
        let safe = Terminal.hasError ? TerminalFilter.filtered(plain) : plain
        // A stream that takes none never decides over the work.
        try? Descriptor.standardError.write(
            Array((TextLayout.fitted(safe, columns: Terminal.errorColumns) + "\n").utf8))
    }
}
