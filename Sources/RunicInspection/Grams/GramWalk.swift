/// Counts the sequences of a text, one length after another: the nodes of one length are the parents of the next.
struct GramWalk {
    private let ranges: [Range<Int>]
    /// For every symbol of the ranges, the node of the sequence that ends with it, or `absent` where a range is too short
    /// before it.
    private var nodes: [UInt32]
    /// How long the sequences of `nodes` are.
    private(set) var length = 0

    /// Starts with the empty sequence, node 0.
    init(_ ranges: [Range<Int>]) {
        self.ranges = ranges
        nodes = [UInt32](repeating: 0, count: ranges.reduce(0) { $0 + $1.count })
    }

    /// Symbols of the ranges.
    var symbolCount: Int { nodes.count }

    /// Counts the sequences that are one symbol longer.
    ///
    /// - Complexity: O(symbols).
    mutating func next(_ symbols: Span<UInt16>) -> GramTable {
        var table = GramTable()
        var place = 0
        for range in ranges {
            var parent = length == 0 ? 0 : GramTable.absent
            for index in range {
                let own = parent == GramTable.absent ? parent : table.add(parent, symbols[index])
                if length > 0 { parent = nodes[place] }
                nodes[place] = own
                place += 1
            }
        }
        length += 1
        return table
    }
}
