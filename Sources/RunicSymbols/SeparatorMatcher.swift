/// Finds the ends of a separator in symbols that come one by one.
///
/// Where separators overlap (three line ends, and two separate), each of them counts.
package struct SeparatorMatcher: Sendable, Hashable {
    /// Its symbols; none: there is nothing to find.
    package let separator: [UInt16]
    /// borders[k]: how many symbols at the end of the first k + 1 are also the first ones (Knuth, Morris, Pratt 1977).
    private let borders: [Int]
    /// How many symbols of the separator the last ones are.
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
    /// - Returns: whether it is the last one of a separator, so that a document begins with it.
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
