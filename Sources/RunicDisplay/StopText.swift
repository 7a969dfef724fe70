/// Ends a text before the first of some stop texts, wherever it lies; the text comes in chunks.
///
///     var stop = StopText([Array("\n\n".utf8)])
///     while !stop.isFound { show(stop.add(nextBytes())) }
///     show(stop.finish())
///
/// Bytes that may begin a stop text are held back until it is known whether they do.
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
        if let place = held.indices.first(where: { place in stops.contains { held[place...].starts(with: $0) } }) {
            isFound = true
            defer { held = [] }
            return Array(held[..<place])
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
}
