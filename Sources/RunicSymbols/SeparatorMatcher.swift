/// Finds the ends of separators in symbols that arrive one by one.
///
/// Overlapping separators all count (three line ends, where two separate).
package struct SeparatorMatcher: Sendable, Hashable {
    /// Its symbols; empty: nothing is found.
    package let separator: [UInt16]
    /// borders[k]: the length of the longest proper suffix of the first k + 1 symbols that is also a prefix (Knuth, Morris,
    /// Pratt 1977).
    private let borders: [Int]
    /// The number of the separator's symbols matched so far.
    private var matched = 0

    package init(_ separator: [UInt16]) {
        self.separator = separator
        guard !separator.isEmpty else {
            borders = []
            return
        }
        var borders = [0]
        for symbol in separator.dropFirst() {
            borders.append(Self.advance(borders[borders.count - 1], symbol, separator, borders))
        }
        self.borders = borders
    }

    /// Takes one symbol.
    ///
    /// - Returns: whether it ends a separator, so a document begins with it.
    /// - Complexity: O(1), amortised.
    package mutating func take(_ symbol: UInt16) -> Bool {
        guard !separator.isEmpty else { return false }
        if matched == separator.count { matched = borders[matched - 1] }
        matched = Self.advance(matched, symbol, separator, borders)
        return matched == separator.count
    }

    private static func advance(_ matched: Int, _ symbol: UInt16, _ separator: [UInt16], _ borders: [Int]) -> Int {
        var matched = matched
        while matched > 0 && separator[matched] != symbol { matched = borders[matched - 1] }
        return separator[matched] == symbol ? matched + 1 : 0
    }
}
