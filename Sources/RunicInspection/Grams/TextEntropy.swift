internal import Foundation

/// How uncertain the next symbol of a text is when the last ones are known: H(x_t | x_{t−k} … x_{t−1}) of the text's own
/// frequencies, in bits a symbol, for k from 0 to 5.
///
/// The figure falls with the order for two reasons: context is informative, and contexts become so rare that each is
/// followed by one symbol by chance. ``Order/excess`` is the least amount of the fall that is due to chance.
package struct TextEntropy: Encodable, Sendable, Hashable {
    package struct Order: Encodable, Sendable, Hashable {
        /// k, the symbols of a context.
        package let order: Int
        /// H, bits a symbol.
        package let bits: Double
        /// Different contexts.
        package let contexts: Int
        /// Contexts that occur once: the symbol after them is not uncertain at all.
        package let contextsSeenOnce: Int
        /// Different sequences of a context and a symbol.
        package let sequences: Int
        /// How far the figure is too low because the text is short, bits a symbol: the first term of its bias
        /// (Miller 1955), (sequences − contexts) / (2 N ln 2). The true bias of rare contexts is larger.
        package let excess: Double

        /// Symbols that have a context of this length before them.
        package let symbols: Int

        /// Whether the figure is reliable: the known bias is below a twentieth of it, and fewer than a twentieth of the
        /// symbols follow a context that occurs once.
        package var isTelling: Bool { excess <= 0.05 * bits && contextsSeenOnce * 20 <= symbols }

        private enum CodingKeys: String, CodingKey {
            case order, bits, contexts, sequences, excess, symbols
            case contextsSeenOnce = "contexts_seen_once"
        }
    }

    /// Symbols that were counted.
    package let symbols: Int
    /// The number of contiguous ranges that were counted: 1 for the whole text.
    package let stretches: Int
    package let orders: [Order]

    /// - Parameters:
    ///   - limit: the most symbols that are counted; a longer text is sampled in evenly spread ranges.
    /// - Complexity: O(counted symbols · orders); memory 4 bytes a counted symbol and at most 48 a different sequence.
    package init(of symbols: Span<UInt16>, highest: Int = 5, limit: Int = 1 << 23) {
        let ranges = RangeSample.sample([0..<symbols.count], limit: limit)
        var walk = GramWalk(ranges)
        self.symbols = walk.symbolCount
        stretches = ranges.count
        var orders: [Order] = []
        var contexts = 1
        for order in 0...highest {
            let table = walk.next(symbols)
            var totals = [Int](repeating: 0, count: contexts)
            var sum = 0.0
            table.forEach { parent, count in
                totals[parent] += count
                sum -= Double(count) * log2(Double(count))
            }
            var (used, once, all) = (0, 0, 0)
            for total in totals where total > 0 {
                used += 1
                all += total
                once += total == 1 ? 1 : 0
                sum += Double(total) * log2(Double(total))
            }
            guard all > 0 else { break }
            orders.append(
                Order(
                    order: order, bits: max(sum, 0) / Double(all), contexts: used, contextsSeenOnce: once,
                    sequences: table.count, excess: Double(table.count - used) / (2 * Double(all) * M_LN2), symbols: all
                ))
            contexts = table.count
        }
        self.orders = orders
    }
}
