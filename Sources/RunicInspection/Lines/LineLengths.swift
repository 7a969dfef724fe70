/// How long the lines of a text are, in symbols, empty ones left out.
package struct LineLengths: Encodable, Sendable, Hashable {
    /// Lines of a length that lies between powers of two.
    package struct Bin: Encodable, Sendable, Hashable {
        /// The shortest length of the bin; the longest is one less than twice that.
        package let from: Int
        package let lines: Int
    }

    /// Lines with at least one symbol.
    package let lines: Int
    /// Half of the lines are at most this long.
    package let median: Int
    /// The longest line.
    package let longest: Int
    package let bins: [Bin]

    /// - Complexity: O(symbols).
    package init(of symbols: Span<UInt16>, splitter: PassageSplitter) {
        let exact = 1 << 12
        var counts = [Int](repeating: 0, count: exact + 1)
        var bins = [Int](repeating: 0, count: Int.bitWidth)
        var (lines, longest) = (0, 0)
        splitter.forEach(of: symbols, in: 0..<symbols.count) { line in
            lines += 1
            longest = max(longest, line.count)
            counts[min(line.count, exact)] += 1
            bins[Int.bitWidth - 1 - line.count.leadingZeroBitCount] += 1
        }
        var below = 0
        median =
            counts.firstIndex { count in
                below += count
                return below * 2 >= lines
            } ?? 0
        self.lines = lines
        self.longest = longest
        self.bins = bins.enumerated().filter { $0.element > 0 }.map { Bin(from: 1 << $0.offset, lines: $0.element) }
    }
}
