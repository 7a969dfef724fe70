/// What part of some pieces stands in another text word for word.
struct CopiedPassages {
    /// A passage of a piece.
    struct Passage: Hashable {
        let piece: Int
        let symbols: Range<Int>
    }

    /// For each piece and symbol, how long the longest passage is that ends there and occurs in the text.
    private let ending: [[Int]]

    init(_ finder: PassageFinder) { ending = finder.longestEnding() }

    /// The first of the longest passages; nil where nothing occurs in the text.
    var longest: Passage? {
        var best: Passage?
        for (piece, lengths) in ending.enumerated() {
            for (place, length) in lengths.enumerated() where length > (best?.symbols.count ?? 0) {
                best = Passage(piece: piece, symbols: place + 1 - length..<place + 1)
            }
        }
        return best
    }

    /// The fraction of all symbols that lie in passages of at least `length` symbols that occur in the text; 0 without symbols.
    ///
    /// - Complexity: O(symbols).
    func fraction(inPassagesOf length: Int) -> Double {
        var (covered, all) = (0, 0)
        for lengths in ending {
            all += lengths.count
            // Where the passages that end at or after the place begin.
            var start = lengths.count
            for place in lengths.indices.reversed() {
                if lengths[place] >= length { start = min(start, place + 1 - lengths[place]) }
                if place >= start { covered += 1 }
            }
        }
        return all == 0 ? 0 : Double(covered) / Double(all)
    }
}
