/// The starts of the documents of a text: the last symbol of every separator, before which the state is reset.
///
/// A position depends only on the symbols up to it, so overlapping separators all count (three line ends, where two
/// separate). The beginning of the text is not included.
package struct DocumentStarts: Sendable, Hashable {
    /// Indices from the beginning of the text, ascending.
    package let positions: [Int]

    /// - Parameter separator: its symbols; empty: the text is one document.
    /// - Complexity: O(symbols).
    package init(_ symbols: SymbolSequence, separator: [UInt16]) {
        guard !separator.isEmpty else {
            positions = []
            return
        }
        var matcher = SeparatorMatcher(separator)
        var positions: [Int] = []
        for (position, symbol) in symbols.enumerated() where matcher.take(symbol) { positions.append(position) }
        self.positions = positions
    }

    /// Whether a document begins at a position.
    ///
    /// - Complexity: O(log positions).
    package func contains(_ position: Int) -> Bool {
        var found = false
        forEach(in: position..<(position + 1)) { _ in found = true }
        return found
    }

    /// Whether a document begins at an index of a slice of a text; nil if the text is one document.
    package static func startsAt(_ part: SymbolSequence, separator: [UInt16]) -> ((Int) -> Bool)? {
        guard !separator.isEmpty else { return nil }
        let starts = DocumentStarts(part, separator: separator)
        return { starts.contains($0 - part.startIndex) }
    }

    /// Calls `body` with every position within a range, in order.
    ///
    /// - Complexity: O(log positions + positions within the range), without allocating.
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
