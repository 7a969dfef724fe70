import RunicKernels
import RunicSymbols
import Testing

@Suite struct DocumentStartsTests {
    @Test(
        "a document begins with the last symbol of a separator",
        arguments: [
            ([1, 2, 9, 3, 9, 4], [9], [2, 4]), ([1, 9, 9, 3, 9, 4, 9, 9], [9, 9], [2, 7]),
            // Every separator counts, also where two overlap.
            ([9, 9, 9, 1], [9, 9], [1, 2]), ([1, 2, 1, 2, 1, 3], [1, 2, 1], [2, 4]),
            ([1, 1, 2, 1, 1, 1, 2], [1, 1, 2], [2, 6]),
            ([], [9], []), ([1, 2], [], []), ([1, 2], [1, 2, 3], []), ([9], [9], [0]),
        ] as [([UInt16], [UInt16], [Int])])
    func positions(symbols: [UInt16], separator: [UInt16], expected: [Int]) {
        #expect(DocumentStarts(SymbolSequence(symbols), separator: separator).positions == expected)
        // Positions count from the beginning of the part, not of the text.
        #expect(
            DocumentStarts(SymbolSequence([9, 1] + symbols).dropFirst(2), separator: separator).positions == expected)
    }

    @Test("texts of two symbols agree with a plain search", arguments: 0..<60)
    func plain(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let symbols = (0..<300).map { _ in UInt16(generator.next() % 2) }
        let separator = (0..<(seed % 6 + 1)).map { _ in UInt16(generator.next() % 2) }
        let expected = symbols.indices.filter { end in
            end + 1 >= separator.count && Array(symbols[(end + 1 - separator.count)...end]) == separator
        }
        let starts = DocumentStarts(SymbolSequence(symbols), separator: separator)
        #expect(starts.positions == expected)
        for low in stride(from: 0, to: 300, by: 37) {
            for high in [low, low + 1, low + 20, 300] {
                var found: [Int] = []
                starts.forEach(in: low..<max(low, high)) { found.append($0) }
                #expect(found == expected.filter { (low..<high).contains($0) })
            }
        }
    }
}
