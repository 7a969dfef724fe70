internal import CRunicKernels

/// The rows of a shard sorted by the symbols that they belong to.
package final class SymbolOrder: Sendable {
    /// For each symbol where its rows begin in ``order``, and the end of the last one's, (V + 1).
    let starts: Block<Int32>
    /// Row numbers, symbol by symbol, ascending within each.
    let order: Block<Int32>
    private let arena = Arena()

    /// - Parameters:
    ///   - rows: the most rows.
    ///   - symbols: V.
    package init(rows: Int, symbols: Int) {
        starts = arena.block(rows: 1, columns: symbols + 1)
        order = arena.block(rows: 1, columns: rows)
    }

    /// Sorts rows by their symbols, which are below V.
    ///
    /// - Complexity: O(rows + V).
    package func sort(_ symbols: Block<Int32>) {
        precondition(symbols.count <= order.columns && symbols.isContiguous, "\(symbols.count) symbols to sort")
        unsafe runic_order_by_symbol(symbols.count, symbols.base, starts.columns - 1, starts.base, order.base)
    }
}

/// The sums of the rows of several shards by symbol, in the order of a tree of groups.
@safe
package final class SymbolSums: @unchecked Sendable {
    // Sendable by hand: nothing changes after it is made, and the blocks follow the rule of `Block`.
    private let shards: [runic_symbol_rows]
    private let groups: Int
    private let columns: Int
    private let symbols: Int
    private let orders: [SymbolOrder]

    /// - Parameters:
    ///   - shards: the rows of each shard, all of one width, and their order; the owner of the rows outlives the sums.
    ///   - groups: a power of two that divides the number of shards.
    package init(_ shards: [(rows: Block<Float>, order: SymbolOrder)], groups: Int) {
        precondition(!shards.isEmpty && shards.count % groups == 0, "\(shards.count) shards in \(groups) groups")
        columns = shards[0].rows.columns
        symbols = shards[0].order.starts.columns - 1
        for (rows, order) in shards {
            precondition(
                rows.columns == columns && rows.rows <= order.order.columns && order.starts.columns == symbols + 1,
                "(\(rows.rows), \(rows.columns)) rows in the order of \(order.order.columns)")
        }
        self.groups = groups
        orders = shards.map(\.order)
        unsafe self.shards = shards.map {
            unsafe runic_symbol_rows(
                rows: $0.rows.base, stride: $0.rows.stride, starts: $0.order.starts.base, order: $0.order.order.base)
        }
    }

    /// table[s] = the sum of some columns of the rows of symbol s; 0 for a symbol without rows.
    ///
    /// - Parameters:
    ///   - range: the columns.
    ///   - scratch: at least log2(groups) rows as wide as the range.
    /// - Complexity: one pass over the rows, and over the table.
    package func sum(_ range: Range<Int>, to table: Block<Float>, scratch: Block<Float>) {
        precondition(
            table.rows == symbols && table.columns == range.count && range.upperBound <= columns
                && scratch.count >= groups.trailingZeroBitCount * range.count && scratch.isContiguous,
            "columns \(range) of \(columns) into (\(table.rows), \(table.columns))")
        unsafe shards.withUnsafeBufferPointer { shards in
            unsafe runic_sum_rows_by_symbol(
                shards.baseAddress, groups, shards.count / groups, symbols, range.lowerBound, range.count,
                scratch.base, table.base, table.stride)
        }
    }
}
