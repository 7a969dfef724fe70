/// A text cut into training, validation and test parts, contiguous and in file order.
package struct TextSplit: Sendable {
    package var training: SymbolSequence
    package let validation, test: SymbolSequence
    /// The symbols between two documents; empty: each part is one document.
    package let separator: [UInt16]

    /// - Parameters:
    ///   - shares: three fractions that add up to 1; the cuts are rounded down, like nanoGPT's.
    ///   - streams: the number of contiguous streams into which the text is cut first. Each is cut by the fractions, and the
    ///     training parts of all streams are joined, as are those of the other kinds.
    package init(_ symbols: SymbolSequence, shares: [Double], streams: Int = 1, separator: [UInt16] = []) {
        precondition(shares.count == 3 && streams > 0, "\(shares.count) shares of \(streams) streams")
        self.separator = separator
        guard streams == 1 else {
            let own = (0..<streams).map { stream in
                TextSplit(
                    symbols[(symbols.count * stream / streams)..<(symbols.count * (stream + 1) / streams)],
                    shares: shares)
            }
            training = SymbolSequence(own.flatMap(\.training))
            validation = SymbolSequence(own.flatMap(\.validation))
            test = SymbolSequence(own.flatMap(\.test))
            return
        }
        let start = symbols.startIndex
        let (first, second) = Self.cuts(symbols.count, shares: shares)
        training = symbols[start..<start + first]
        validation = symbols[start + first..<start + second]
        test = symbols[(start + second)...]
    }

    /// The starts of the validation part and the test part of `count` symbols, rounded down.
    ///
    /// - Precondition: there are three fractions.
    package static func cuts(_ count: Int, shares: [Double]) -> (validation: Int, test: Int) {
        let first = min(Int(Double(count) * shares[0] + 1e-9), count)
        let second =
            shares[2] == 0 ? count : min(max(Int(Double(count) * (shares[0] + shares[1]) + 1e-9), first), count)
        return (first, second)
    }
}
