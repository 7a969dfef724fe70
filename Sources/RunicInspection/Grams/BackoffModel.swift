internal import Foundation

/// An n-gram model that mixes all orders up to 5 (Witten and Bell 1991, method C, as Chen and Goodman 1999 write it,
/// doi 10.1006/csla.1999.0128): with c the count of a sequence, T the different symbols that follow a context,
///
///     P_k(x | s) = (c(s x) + T(s) · P_{k−1}(x | s')) / (c(s) + T(s)),  P_{−1}(x) = 1 / V
///
/// where s' is s without its first symbol; a context that was not seen leaves P_{k−1} as it is.
struct BackoffModel {
    /// tables[k] has the sequences of k + 1 symbols.
    private var tables: [GramTable] = []
    /// For the contexts of k symbols: how often each is followed by a symbol, and by how many different ones.
    private var totals: [[UInt32]] = []
    private var kinds: [[UInt32]] = []
    private let vocabularySize: Int

    /// Counts the sequences of `ranges`.
    ///
    /// - Complexity: O(symbols · orders); at most 48 bytes of memory a different sequence.
    init(of symbols: Span<UInt16>, in ranges: [Range<Int>], highest: Int, vocabularySize: Int) {
        self.vocabularySize = vocabularySize
        var walk = GramWalk(ranges)
        var contexts = 1
        for _ in 0...highest {
            let table = walk.next(symbols)
            var total = [UInt32](repeating: 0, count: contexts)
            var kind = total
            table.forEach { parent, count in
                total[parent] += UInt32(count)
                kind[parent] += 1
            }
            contexts = table.count
            tables.append(table)
            totals.append(total)
            kinds.append(kind)
        }
    }

    /// The bits that `ranges` cost in all, with the contexts of 0 symbols, of up to 1, and so on.
    ///
    /// The context starts empty in every range.
    /// - Complexity: O(symbols · orders).
    func bits(of symbols: Span<UInt16>, in ranges: [Range<Int>]) -> [Double] {
        var sums = [Double](repeating: 0, count: tables.count)
        for range in ranges {
            // contexts[k] is the node of the last k symbols.
            var contexts = [UInt32](repeating: GramTable.absent, count: tables.count)
            contexts[0] = 0
            for index in range {
                var probability = 1 / Double(vocabularySize)
                var next = GramTable.absent
                for order in 0..<tables.count {
                    let context = contexts[order]
                    var node = GramTable.absent
                    if context != GramTable.absent, Int(context) < totals[order].count {
                        let found = tables[order].find(context, symbols[index])
                        node = found.node
                        let (total, kind) = (totals[order][Int(context)], kinds[order][Int(context)])
                        if total > 0 {
                            probability =
                                (Double(found.count) + Double(kind) * probability) / (Double(total) + Double(kind))
                        }
                    }
                    sums[order] -= log2(probability)
                    if order > 0 { contexts[order] = next }
                    next = node
                }
            }
        }
        return sums
    }
}
