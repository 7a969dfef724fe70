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
        var counts = [Int](repeating: 0, count: exact)
        // Longer lines are few: a text has less than one for every 4,096 symbols.
        var longer: [Int] = []
        var bins = [Int](repeating: 0, count: Int.bitWidth)
        var (lines, longest) = (0, 0)
        splitter.forEach(of: symbols, in: 0..<symbols.count) { line in
            lines += 1
            longest = max(longest, line.count)
            if line.count < exact { counts[line.count] += 1 } else { longer.append(line.count) }
            bins[Int.bitWidth - 1 - line.count.leadingZeroBitCount] += 1
        }
        var below = 0
        let short = counts.firstIndex { count in
            below += count
            return below * 2 >= lines
        }
        // The longer lines follow the others in order of length; the median is the ⌈lines / 2⌉-th.
        median = lines == 0 ? 0 : short ?? longer.sorted()[(lines + 1) / 2 - below - 1]
        self.lines = lines
        self.longest = longest
        self.bins = bins.enumerated().filter { $0.element > 0 }.map { Bin(from: 1 << $0.offset, lines: $0.element) }
    }
}
