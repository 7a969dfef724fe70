internal import CRunicEdit

/// Reads lines from the terminal of standard input and output with libedit: editing keys, history, search.
///
/// Input is UTF-8 in any locale; invalid bytes become U+FFFD. Up and down step through the lines that begin with the typed
/// text, Ctrl-R searches. Backspace, Delete and the arrows take what a reader sees as one character. A pasted text of several
/// lines becomes one line in which line ends, tabs and backslashes are escaped as `\n`, `\t` and `\\`; without escapes, its
/// lines are read as if they were typed. Ctrl-C discards the line; Ctrl-D on an empty line is the end. Keys can be bound in
/// `~/.editrc` under the program's name.
@safe public final class EditLineReader: LineReader {
    /// True: a person sees prompts.
    public var isInteractive: Bool { true }

    private let editor: OpaquePointer
    private let interrupt: InterruptFlag
    private let history: HistoryFile?

    /// Creates a reader; nil if the terminal does not support editing. Call `InterruptFlag.catchSignals` first.
    ///
    /// The history is read from and kept in the file; without a usable file it lasts as long as the reader.
    ///
    /// - Parameter readsEscapes: whether a backslash in a line begins an escape.
    public init?(
        program: String = "runic", history: HistoryFile? = .standard(), readsEscapes: Bool = true,
        interrupt: InterruptFlag = .signals
    ) {
        let lines = Int32(HistoryFile.lineLimit)
        guard let editor = unsafe runic_edit_create(program, lines, countCodePoints, readsEscapes ? 1 : 0) else {
            return nil
        }
        unsafe self.editor = unsafe editor
        self.history = history
        self.interrupt = interrupt
        for line in history?.lines() ?? [] { unsafe runic_edit_remember(editor, line) }
    }

    deinit {
        unsafe runic_edit_destroy(editor)
    }

    /// Reads the next line and adds it to the history unless it is empty.
    public func readLine(prompt: String) -> LineReading {
        var found: UnsafePointer<CChar>?
        switch Int(unsafe runic_edit_read(editor, prompt, &found)) {
        case RUNIC_EDIT_LINE:
            guard let bytes = unsafe found else { return .end }
            let line = unsafe String(cString: bytes)
            remember(line)
            return .line(line)
        case RUNIC_EDIT_INTERRUPTED:
            interrupt.clear()
            return .interrupted
        default:
            return .end
        }
    }

    private func remember(_ line: String) {
        guard !line.isEmpty, line.utf8.count <= HistoryFile.lineSizeLimit else { return }
        unsafe runic_edit_remember(editor, line)
        history?.append(line)
    }
}

/// The number of code points that a reader sees as one character, at the end of the text or at its beginning.
private func countCodePoints(_ codePoints: UnsafePointer<UInt32>?, _ count: Int32, _ isLast: Int32) -> Int32 {
    let values = unsafe UnsafeBufferPointer(start: codePoints, count: Int(count))
    return unsafe Int32(clamping: CharacterLength.codePoints(of: values, atEnd: isLast != 0))
}

/// How many code points are one character to a reader.
enum CharacterLength {
    /// The code points of the last or first character of a text; 0 if it is empty.
    static func codePoints(of values: some Sequence<UInt32>, atEnd: Bool) -> Int {
        var text = String.UnicodeScalarView()
        for value in values { text.append(Unicode.Scalar(value) ?? "\u{FFFD}") }
        let characters = String(text)
        return (atEnd ? characters.last : characters.first)?.unicodeScalars.count ?? 0
    }
}
