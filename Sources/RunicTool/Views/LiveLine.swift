internal import Foundation
internal import RunicTerminal

/// One line on a terminal that is rewritten in place; nothing elsewhere, or with `--quiet`.
final class LiveLine {
    let isLive = Console.showsProgress
    private let clock = ContinuousClock()
    private var shown: ContinuousClock.Instant?

    /// Shows a text, truncated to the terminal's width; at most ten a second, and always the last.
    func show(isLast: Bool = false, _ text: () -> String) {
        guard isLive else { return }
        let now = clock.now
        if let shown, now - shown < .milliseconds(100), !isLast { return }
        shown = now
        write(String(text().prefix(max(Terminal.columns - 1, 10))))
    }

    /// Removes the line.
    func clear() { if isLive && shown != nil { write("") } }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(("\r\u{1B}[K" + text).utf8))
    }
}
