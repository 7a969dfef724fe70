internal import Foundation
public import RunicREPL
internal import RunicDisplay

/// Runs a session until the lines end or cannot be read, `/quit`, or the output takes no more.
///
/// Generated text is written symbol by symbol. An interrupt stops the text and keeps it; it ends the loop if input is not
/// interactive.
/// - Parameters:
///   - session: the session; afterwards in its state at the end.
///   - reader: the source of lines.
///   - sink: receives the output.
///   - interrupt: read after every symbol.
///   - usesColour: whether generated text is coloured and messages are dimmed.
///   - columns: the width of the terminal, for which messages are laid out; nil for none.
///   - load: loads the model for `/load`; its error is one line for the user.
/// - Returns: the number of refused lines.
@discardableResult
public func runREPL<Model, Reader: LineReader, Sink: ByteSink>(
    session: inout REPLSession<Model>, reader: inout Reader, sink: Sink, interrupt: InterruptFlag = .signals,
    usesColour: Bool = false, columns: Int? = nil, load: (_ path: String) throws(CommandError) -> Model
) -> Int {
    let isInteractive = reader.isInteractive
    var printer = REPLPrinter(
        sink: sink, isInteractive: isInteractive, usesColour: usesColour, columns: columns)
    var refusals = 0
    while !printer.isClosed {
        let line: String
        switch reader.readLine(prompt: prompt(for: session.model.name)) {
        case .end:
            printer.leavePrompt()
            return refusals
        case .failed: return refusals
        case .interrupted:
            guard isInteractive else { return refusals }
            interrupt.clear()
            continue
        case .line(let typed): line = typed
        }
        switch session.submit(line: line) {
        case .quit: return refusals
        case .answer(let text): printer.answer(text)
        case .confirmation(let text): printer.confirmation(text)
        case .warning(let text): printer.message("runic: warning: \(text)")
        case .refusal(let reason):
            refusals += 1
            printer.message("runic: \(reason)")
        case .load(let path):
            do throws(CommandError) {
                try change(&session, to: load(NSString(string: path).expandingTildeInPath))
                printer.confirmation("\(session.model.name) is loaded; the text is empty")
                if let problem = session.stopProblem { printer.message("runic: warning: \(problem)") }
            } catch {
                refusals += 1
                printer.message("runic: \(error.message)")
            }
        case .generate:
            let isDone = stream(&session, to: &printer, interrupt: interrupt)
            if !isDone, !isInteractive { return refusals }
            interrupt.clear()
        }
    }
    return refusals
}

/// Prints a continuation; false if it was interrupted.
private func stream<Model, Sink: ByteSink>(
    _ session: inout REPLSession<Model>, to printer: inout REPLPrinter<Sink>, interrupt: InterruptFlag
) -> Bool {
    defer { printer.endText() }
    while let output = session.step() {
        switch output {
        case .reading: break
        case .notice(let text): printer.message("runic: \(text)")
        case .text(let bytes): printer.text(bytes)
        }
        if interrupt.isRequested || printer.isClosed {
            printer.text(session.heldText)
            let note = session.interrupt()
            if let note {
                printer.message("runic: \(note)")
            }
            return false
        }
    }
    return true
}

private func change<Model>(_ session: inout REPLSession<Model>, to model: Model) throws(CommandError) {
    do {
        try session.replaceModel(model)
    } catch {
        throw CommandError("\(error)")
    }
}

/// The prompt: the model's name, harmless and short enough for one line.
private func prompt(for name: String) -> String {
    let line = TerminalFilter.filtered(TextEscapes.escapeLines(name))
    return (line.count > 30 ? String(line.prefix(29)) + "…" : line) + "> "
}
