/// Ends a text before the first of some stop texts, wherever it lies; the text comes in chunks.
///
///     var stop = StopText([Array("\n\n".utf8)])
///     while !stop.isFound { show(stop.add(nextBytes())) }
///     show(stop.finish())
///
/// Bytes that may begin a stop text are held back until it is known whether they do. Of stop texts that overlap, the one that is
/// complete first counts, and of those the longest, however the text is divided into chunks.
public struct StopText: Sendable {
    private let stops: [[UInt8]]
    private var held: [UInt8] = []
    /// Whether a stop text came; whatever follows it is not shown.
    public private(set) var isFound = false

    /// Looks for any of `stops`, in UTF-8; empty ones are ignored.
    public init(_ stops: [[UInt8]] = []) {
        self.stops = stops.filter { !$0.isEmpty }
    }

    /// Takes the next bytes and returns those that can be shown now.
    ///
    /// - Complexity: O(bytes × total length of the stop texts).
    public mutating func add(_ bytes: [UInt8]) -> [UInt8] {
        guard !isFound else { return [] }
        guard !stops.isEmpty else { return bytes }
        held += bytes
        if let found = firstComplete {
            isFound = true
            defer { held = [] }
            return Array(held[..<found])
        }
        let beginning = held.indices.first { place in stops.contains { $0.starts(with: held[place...]) } }
        let ready = Array(held[..<(beginning ?? held.endIndex)])
        held.removeFirst(ready.count)
        return ready
    }

    /// Ends the text: returns the bytes that were held back, which begin no stop text after all.
    public mutating func finish() -> [UInt8] {
        defer { held = [] }
        return held
    }

    /// Where the stop text begins that ends first, within the bytes that are held back.
    private var firstComplete: Int? {
        held.indices.lazy.flatMap { place in
            stops.filter { held[place...].starts(with: $0) }.map { (start: place, end: place + $0.count) }
        }.min { ($0.end, $0.start) < ($1.end, $1.start) }?.start
    }
}
