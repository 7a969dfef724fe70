/// A symbol and its bytes in the original text.
public struct TracedSymbol: Sendable, Hashable {
    /// The symbol, after all stages.
    public let symbol: Symbol
    /// Its bytes in the original text; empty, at its place, if a stage inserted it.
    ///
    /// A symbol that a stage made of several bytes, such as a composed letter, has all of them.
    public let range: Range<Int>
}

/// Traces the symbols of one text to its bytes.
struct SymbolTracer: SymbolConsumer {
    private(set) var symbols: [TracedSymbol] = []
    private(set) var symbolCount = 0
    private var tracks: [EditTrack]
    private var position = 0
    /// The indices of the symbols to keep.
    private let wanted: Range<Int>

    init(stages: Int, wanted: Range<Int>) {
        tracks = Array(repeating: EditTrack(), count: stages)
        self.wanted = wanted
    }

    /// Adds the edits of all stages for a chunk, before its symbols.
    mutating func follow(_ edits: [EditList]) {
        for (index, list) in edits.enumerated() { tracks[index].append(list) }
    }

    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>) {
        var start = start
        for k in 0..<ends.count {
            let end = base + Int(ends[k])
            let length = end - start
            if wanted.contains(symbolCount) {
                symbols.append(
                    TracedSymbol(
                        symbol: Symbol((start..<end).map { bytes[$0] }), range: source(of: position..<position + length)
                    ))
            }
            symbolCount += 1
            position += length
            start = end
        }
        forget()
    }

    private func source(of range: Range<Int>) -> Range<Int> {
        tracks.reversed().reduce(range) { $1.source(of: $0) }
    }

    private mutating func forget() {
        var rest = position..<position
        for index in tracks.indices.reversed() {
            let source = tracks[index].source(of: rest)
            tracks[index].forget(before: rest.lowerBound)
            rest = source
        }
    }
}
