/// Ends a text before the first of some stop texts; the text comes symbol by symbol.
///
///     var stop = StopText([Array("\n\n".utf8)])
///     while !stop.isFound { show(stop.add(nextSymbol())) }
///     show(stop.finish())
///
/// A stop text is found only where it consists of whole symbols: `a` is not found in `á`, nor a thumb in a brown thumb. So where
/// the next symbol could join the last one of a stop text, the stop text is not found before that symbol has come.
///
/// Bytes that may belong to a stop text are held back until it is known whether they do. Of stop texts that overlap, the one that is
/// complete first counts, and of those the longest.
public struct StopText: Sendable {
    /// A text to look for.
    public struct Stop: Hashable, Sendable {
        /// Its UTF-8.
        public var bytes: [UInt8]
        /// Whether a symbol that follows may join its last one, as an accent joins its letter.
        public var mayBeJoined: Bool

        /// Creates a stop text.
        public init(_ bytes: [UInt8], mayBeJoined: Bool = false) {
            self.bytes = bytes
            self.mayBeJoined = mayBeJoined
        }
    }

    /// A place where a stop text lies in `text`.
    private struct Place: Comparable {
        let start, end: Int
        let mayBeJoined: Bool

        static func < (one: Place, other: Place) -> Bool { (one.end, one.start) < (other.end, other.start) }
    }

    /// The bytes before those held back that are kept to tell where symbols end, up to twice as many.
    private static let contextLimit = 1024

    private let stops: [Stop]
    private let symbolEnds: (@Sendable (_ text: [UInt8]) -> [Int])?
    /// The end of the text.
    private var text: [UInt8] = []
    /// Where the symbols in `text` end.
    private var ends: [Int] = []
    /// How much of `text` was shown.
    private var shown = 0

    /// Why some stop texts cannot occur, one line each.
    public let problems: [String]
    /// Whether a stop text came; whatever follows it is not shown.
    public private(set) var isFound = false
    /// Whether a stop text is complete, and the next symbol decides whether it is one.
    public private(set) var isWaiting = false
    /// Whether the symbol that was added last is not part of the stop text that was found: it only showed that there is one.
    public private(set) var isFoundBeforeLast = false

    /// Looks for any of `stops`; empty ones are ignored.
    ///
    /// - Parameters:
    ///   - problems: why some of them cannot occur, for ``problems``.
    ///   - symbolEnds: where the symbols of a text end, its own end included; nil if symbols never join.
    public init(
        _ stops: [Stop], problems: [String] = [], symbolEnds: (@Sendable (_ text: [UInt8]) -> [Int])? = nil
    ) {
        self.stops = stops.filter { !$0.bytes.isEmpty }
        self.problems = problems
        self.symbolEnds = symbolEnds
    }

    /// Looks for any of `stops`, in UTF-8, in a text whose symbols never join.
    public init(_ stops: [[UInt8]] = []) {
        self.init(stops.map { Stop($0) })
    }

    /// Takes the next symbol and returns the bytes that can be shown now.
    ///
    /// - Parameter symbol: in UTF-8; nothing if it is empty.
    /// - Complexity: O(bytes held back × total length of the stop texts), and a call of `symbolEnds` where one of them is complete.
    public mutating func add(_ symbol: [UInt8]) -> [UInt8] {
        guard !isFound, !symbol.isEmpty else { return [] }
        guard !stops.isEmpty else { return symbol }
        // A stop text that waited ends where the new symbol begins.
        let before = text.count
        text += symbol
        ends.append(text.count)
        isWaiting = false
        if let place = firstPlace(endingFrom: before, isFinal: false) { return found(place) }
        return show(upTo: firstHeld)
    }

    /// Ends the text: returns the bytes that were held back and belong to no stop text.
    public mutating func finish() -> [UInt8] {
        guard !isFound else { return [] }
        if isWaiting, let place = firstPlace(endingFrom: text.count, isFinal: true) { return found(place) }
        isWaiting = false
        return show(upTo: text.count)
    }

    private mutating func found(_ place: Place) -> [UInt8] {
        isFound = true
        isWaiting = false
        isFoundBeforeLast = place.end < text.count
        return Array(text[shown..<place.start])
    }

    /// The first stop text that ends at `least` or later; sets `isWaiting` where the next symbol decides.
    private mutating func firstPlace(endingFrom least: Int, isFinal: Bool) -> Place? {
        var known: Set<Int>?
        for place in places(endingFrom: least).sorted() {
            if !isFinal && place.mayBeJoined && place.end == text.count {
                isWaiting = true
                return nil
            }
            if let symbolEnds {
                let all = known ?? Set(symbolEnds(text))
                known = all
                guard (place.start == 0 || all.contains(place.start)) && all.contains(place.end) else { continue }
            }
            return place
        }
        return nil
    }

    /// Where stop texts lie from symbol to symbol, ending at `least` or later.
    private func places(endingFrom least: Int) -> [Place] {
        ends.reversed().prefix { $0 >= least }.flatMap { end in
            stops.compactMap { stop in
                let start = end - stop.bytes.count
                guard start >= shown, text[start..<end].elementsEqual(stop.bytes), start == 0 || ends.contains(start)
                else { return nil }
                return Place(start: start, end: end, mayBeJoined: stop.mayBeJoined)
            }
        }
    }

    /// Where the first symbol begins that is not shown and may begin a stop text.
    private var firstHeld: Int {
        let open = ends.reversed().prefix { $0 >= shown }.reversed()
        return (shown == 0 ? [0] : []).first(where: mayBeginStop) ?? open.first(where: mayBeginStop) ?? text.count
    }

    private func mayBeginStop(_ start: Int) -> Bool {
        start < text.count && stops.contains { $0.bytes.starts(with: text[start...]) }
    }

    private mutating func show(upTo end: Int) -> [UInt8] {
        let ready = Array(text[shown..<end])
        shown = end
        forget()
        return ready
    }

    /// Drops text that is no longer needed to tell where symbols end.
    private mutating func forget() {
        guard shown >= 2 * Self.contextLimit, let start = ends.first(where: { $0 >= shown - Self.contextLimit }) else {
            return
        }
        text.removeFirst(start)
        ends = ends.filter { $0 > start }.map { $0 - start }
        shown -= start
    }
}
