internal import Foundation
internal import RunicDisplay
internal import RunicFiles
internal import RunicTerminal

/// One line on a terminal that is rewritten in place; nothing elsewhere, or with `--quiet`.
final class LiveLine {
    let isLive = Console.showsProgress
    private let clock = ContinuousClock()
    private var shown: ContinuousClock.Instant?

    /// Shows a line, or as much of it as the terminal is wide; at most ten a second, and always the last.
    func show(isLast: Bool = false, _ line: () -> StatusLine) {
        guard isLive else { return }
        let now = clock.now
        if let shown, now - shown < .milliseconds(100), !isLast { return }
        shown = now
        // The last column stays free: a terminal may break the line there.
        write(line().text(columns: max((Terminal.errorColumns ?? 80) - 1, 10)))
    }

    /// Shows a text in the same way.
    func show(isLast: Bool = false, text: () -> String) {
        show(isLast: isLast) { StatusLine(text().printable) }
    }

    /// Removes the line.
    func clear() { if isLive && shown != nil { write("") } }

    private func write(_ text: String) {
        // A stream that takes none never decides over the work.
        try? Descriptor.standardError.write(Array(("\r\u{1B}[K" + text).utf8))
    }
}
