/// Where the documents of a text begin: at the last symbol of every separator, before which the state is reset.
///
/// A position depends on the symbols up to it alone: where separators overlap (three line ends, and two separate), each of
/// them counts. The beginning of the text is not among them.
package struct DocumentStarts: Sendable, Hashable {
    /// Indices from the beginning of the text, rising.
    package let positions: [Int]

    /// - Parameter separator: its symbols; none: the text is one document.
    /// - Complexity: O(symbols).
    package init(_ symbols: ArraySlice<UInt16>, separator: [UInt16]) {
        guard !separator.isEmpty else {
            positions = []
            return
        }
        // borders[k]: how many symbols at the end of the first k + 1 are also the first ones (Knuth, Morris, Pratt 1977).
        var borders = [0]
        for symbol in separator.dropFirst() {
            borders.append(Self.advance(borders[borders.count - 1], symbol, separator, borders))
        }
        var positions: [Int] = []
        var matched = 0
        for (position, symbol) in symbols.enumerated() {
            if matched == separator.count { matched = borders[matched - 1] }
            matched = Self.advance(matched, symbol, separator, borders)
            if matched == separator.count { positions.append(position) }
        }
        self.positions = positions
    }

    private static func advance(_ matched: Int, _ symbol: UInt16, _ separator: [UInt16], _ borders: [Int]) -> Int {
        var matched = matched
        while matched > 0 && separator[matched] != symbol { matched = borders[matched - 1] }
        return separator[matched] == symbol ? matched + 1 : 0
    }

    /// Calls `body` with every position within a range, in order.
    ///
    /// - Complexity: O(log positions + positions within the range); it allocates nothing.
    package func forEach(in range: Range<Int>, _ body: (Int) -> Void) {
        var (low, high) = (0, positions.count)
        while low < high {
            let middle = (low + high) / 2
            if positions[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        while low < positions.count && positions[low] < range.upperBound {
            body(positions[low])
            low += 1
        }
    }
}
