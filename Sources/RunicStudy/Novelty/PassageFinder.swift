/// Finds which passages of some pieces of text also occur in another text, which is read once and may be of any length.
///
/// A suffix automaton of the pieces (Blumer et al. 1985, doi 10.1016/0304-3975(85)90157-4): a state stands for passages that
/// end at the same places, and knows the longest one; its link leads to the state of the longest one that also ends elsewhere.
///
///     var finder = PassageFinder(samples)
///     finder.read(trainingText)
///     let lengths = finder.longestEnding()
struct PassageFinder {
    private static let root: Int32 = 0
    private static let none: Int32 = -1

    /// Of each state: the length of its longest passage.
    private var lengths: [Int32] = [0]
    private var links: [Int32] = [Self.none]
    /// Of each state: the symbols of the longest of its passages that was read in the other text.
    private var found: [Int32] = [0]
    /// The state after a symbol, by ``key(_:_:)``.
    private var next: [UInt64: Int32] = [:]
    /// Of each state: the symbols that lead on.
    private var symbols: [[UInt32]] = [[]]
    /// Of each piece: the state after each of its symbols.
    private var places: [[Int32]] = []
    /// Where the other text has been read to: the state, and the symbols that match.
    private var current = Self.root
    private var matched: Int32 = 0

    /// - Complexity: O(symbols) time and memory.
    /// - Precondition: the pieces have fewer than 2³⁰ symbols.
    init(_ pieces: [[UInt16]]) {
        precondition(pieces.reduce(0) { $0 + $1.count } < 1 << 30, "pieces of more than 2³⁰ symbols")
        var last = Self.root
        for (index, piece) in pieces.enumerated() {
            places.append(
                piece.map { symbol in
                    last = append(UInt32(symbol), after: last)
                    return last
                })
            // No text has this symbol, so that no passage spans two pieces.
            last = append(UInt32(UInt16.max) + 1 + UInt32(index), after: last)
        }
    }

    private static func key(_ state: Int32, _ symbol: UInt32) -> UInt64 { UInt64(UInt32(state)) << 32 | UInt64(symbol) }

    private mutating func addState(length: Int32, link: Int32) -> Int32 {
        lengths.append(length)
        links.append(link)
        found.append(0)
        symbols.append([])
        return Int32(lengths.count - 1)
    }

    private mutating func connect(_ state: Int32, _ symbol: UInt32, _ target: Int32) {
        if next.updateValue(target, forKey: Self.key(state, symbol)) == nil { symbols[Int(state)].append(symbol) }
    }

    /// Adds a symbol to the end of the pieces.
    private mutating func append(_ symbol: UInt32, after last: Int32) -> Int32 {
        let added = addState(length: lengths[Int(last)] + 1, link: Self.root)
        var state = last
        while state != Self.none, next[Self.key(state, symbol)] == nil {
            connect(state, symbol, added)
            state = links[Int(state)]
        }
        guard state != Self.none, let target = next[Self.key(state, symbol)] else { return added }
        let length = lengths[Int(state)] + 1
        guard lengths[Int(target)] != length else {
            links[Int(added)] = target
            return added
        }
        let copy = addState(length: length, link: links[Int(target)])
        for known in symbols[Int(target)] {
            if let after = next[Self.key(target, known)] { connect(copy, known, after) }
        }
        while state != Self.none, next[Self.key(state, symbol)] == target {
            connect(state, symbol, copy)
            state = links[Int(state)]
        }
        links[Int(target)] = copy
        links[Int(added)] = copy
        return added
    }

    /// Reads the next symbols of the other text.
    ///
    /// - Parameter gap: a symbol that equals nothing, itself included; nil: there is none.
    /// - Complexity: O(symbols).
    mutating func read(_ text: some Sequence<UInt16>, gap: UInt16? = nil) {
        for symbol in text {
            if symbol == gap {
                (current, matched) = (Self.root, 0)
                continue
            }
            var target = next[Self.key(current, UInt32(symbol))]
            while target == nil, current != Self.root {
                current = links[Int(current)]
                matched = lengths[Int(current)]
                target = next[Self.key(current, UInt32(symbol))]
            }
            guard let target else { continue }
            (current, matched) = (target, matched + 1)
            if matched > found[Int(target)] { found[Int(target)] = matched }
        }
    }

    /// Of each piece, for each of its symbols: how long the longest passage is that ends with it and occurs in the other text.
    ///
    /// - Complexity: O(symbols of the pieces), times the logarithm of their number.
    func longestEnding() -> [[Int]] {
        let byLength = lengths.indices.sorted { lengths[$0] < lengths[$1] }
        var longest = found
        // A passage that was found has all its ends in the text, too.
        for state in byLength.reversed() where longest[state] > 0 && links[state] >= 0 {
            longest[Int(links[state])] = lengths[Int(links[state])]
        }
        for state in byLength where longest[state] == 0 && links[state] >= 0 {
            longest[state] = longest[Int(links[state])]
        }
        return places.map { $0.map { Int(longest[Int($0)]) } }
    }
}
