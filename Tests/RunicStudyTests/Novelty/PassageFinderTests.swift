import Testing

@testable import RunicStudy

@Suite("Passages that occur in another text")
struct PassageFinderTests {
    /// Symbols that repeat in no simple way, of an alphabet of `size`.
    private static func symbols(_ count: Int, size: Int, seed: Int) -> [UInt16] {
        var value = UInt32(truncatingIfNeeded: seed &* 7919 &+ 1)
        return (0..<count).map { _ in
            value = value &* 1_664_525 &+ 1_013_904_223
            return UInt16(value >> 16) % UInt16(size)
        }
    }

    /// The same by comparing everything with everything.
    private static func plain(_ pieces: [[UInt16]], in text: [UInt16], gap: UInt16?) -> [[Int]] {
        pieces.map { piece in
            piece.indices.map { end in
                text.indices.map { place in
                    var length = 0
                    while length <= min(end, place), piece[end - length] == text[place - length],
                        text[place - length] != gap
                    {
                        length += 1
                    }
                    return length
                }.max() ?? 0
            }
        }
    }

    @Test("are those that a comparison of every place with every place finds", arguments: [1, 2, 3, 7], [nil, 1])
    func againstPlain(size: Int, gap: UInt16?) {
        for seed in 0..<6 {
            let pieces = [
                Self.symbols(40 + seed, size: size, seed: seed), [], Self.symbols(1, size: size, seed: seed + 50),
                Self.symbols(70, size: size, seed: seed + 100),
            ]
            let text = Self.symbols(90, size: size, seed: seed + 200)
            var finder = PassageFinder(pieces)
            // In parts: a passage may go across them.
            finder.read(text[..<31], gap: gap)
            finder.read(text[31...], gap: gap)
            #expect(finder.longestEnding() == Self.plain(pieces, in: text, gap: gap), "seed \(seed)")
        }
    }

    @Test("do not go from one piece to the next, nor across a symbol that equals nothing")
    func borders() {
        var finder = PassageFinder([[1, 2, 3], [4, 5, 6]])
        finder.read([1, 2, 3, 4, 5, 6])
        #expect(finder.longestEnding() == [[1, 2, 3], [1, 2, 3]])
        var gapped = PassageFinder([[1, 9, 2]])
        gapped.read([1, 9, 2], gap: 9)
        #expect(gapped.longestEnding() == [[1, 0, 1]])
    }

    @Test("cover the symbols that lie in one, and the first of the longest is told")
    func coverage() throws {
        // Of "abcdXabY", "abcd" and "ab" are in the text.
        var finder = PassageFinder([[1, 2, 3, 4, 8, 1, 2, 9]])
        finder.read([1, 2, 3, 4, 7, 7])
        let passages = CopiedPassages(finder)
        #expect(passages.fraction(inPassagesOf: 1) == 6.0 / 8)
        #expect(passages.fraction(inPassagesOf: 2) == 6.0 / 8)
        #expect(passages.fraction(inPassagesOf: 3) == 4.0 / 8)
        #expect(passages.fraction(inPassagesOf: 5) == 0)
        let longest = try #require(passages.longest)
        #expect(longest.piece == 0 && longest.symbols == 0..<4)
    }

    @Test("Where nothing is copied, or there is nothing at all, the fraction is 0 and no passage is the longest")
    func nothing() {
        var finder = PassageFinder([[1, 1]])
        finder.read([2, 2])
        #expect(CopiedPassages(finder).fraction(inPassagesOf: 1) == 0)
        #expect(CopiedPassages(finder).longest == nil)
        #expect(CopiedPassages(PassageFinder([])).fraction(inPassagesOf: 1) == 0)
    }
}
