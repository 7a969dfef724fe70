internal import Foundation
internal import RunicREPL
internal import RunicTerminal
internal import RunicDisplay

/// Prints a sample as it comes, and ends it before a stop text.
///
/// One that is not live yet keeps what it would print: several samples are drawn at once and printed one by one.
struct SampleOutput {
    private let prompt: [UInt8]
    private let stops: [[UInt8]]
    /// Bytes that could be the beginning of a stop text.
    private var held: [UInt8] = []
    /// Bytes that wait for the sample's turn.
    private var waiting: [UInt8] = []
    private var isLive: Bool
    private(set) var isStopped = false
    private var assembler = UTF8Assembler()
    private var filter = TerminalFilter()
    private let isTerminal = Terminal.hasOutput

    init(prompt: [UInt8], stops: [[UInt8]], isLive: Bool) {
        self.prompt = prompt
        self.stops = stops
        self.isLive = false
        if isLive { becomeLive() }
    }

    /// Prints the prompt and what waits, and from now on everything as it comes.
    mutating func becomeLive() {
        guard !isLive else { return }
        isLive = true
        emit(prompt + waiting)
        waiting = []
    }

    /// Adds what the model wrote.
    mutating func write(_ bytes: [UInt8]) {
        guard !stops.isEmpty else { return emit(bytes) }
        held += bytes
        let found = stops.compactMap { stop in position(of: stop) }.min()
        if let found {
            isStopped = true
            emit(Array(held[..<found]))
            held = []
            return
        }
        let longest = (stops.map(\.count).max() ?? 1) - 1
        let ready = max(0, held.count - longest)
        emit(Array(held[..<ready]))
        held.removeFirst(ready)
    }

    /// Ends the sample, which is live, with a line end.
    mutating func finish() {
        if !isStopped { emit(held) }
        if isTerminal { show(assembler.finish()) }
        send(Array("\n".utf8))
    }

    private func position(of stop: [UInt8]) -> Int? {
        guard held.count >= stop.count else { return nil }
        return (0...(held.count - stop.count)).first { held[$0..<($0 + stop.count)].elementsEqual(stop) }
    }

    private mutating func emit(_ bytes: [UInt8]) {
        guard isLive else { return waiting += bytes }
        guard isTerminal else { return send(bytes) }
        show(assembler.add(bytes))
    }

    /// Control characters that the model wrote must not disturb the terminal.
    private mutating func show(_ text: String) { send(Array(filter.filter(text).utf8)) }

    private func send(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        if !StandardStreams().write(bytes, to: .result) { exit(1) }
    }
}
