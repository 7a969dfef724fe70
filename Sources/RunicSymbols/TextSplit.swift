/// A text divided into training, validation and test parts, contiguous and in file order.
package struct TextSplit: Sendable {
    package var training: SymbolSequence
    package let validation, test: SymbolSequence
    /// Where the validation part and the test part lie in the text, in its order; one range a stream.
    package let validationRanges, testRanges: [Range<Int>]
    /// The symbols between two documents; empty: each part is one document.
    package let separator: [UInt16]

    /// - Parameters:
    ///   - fractions: three fractions that add up to 1; the cuts are rounded down, like nanoGPT's.
    ///   - streams: the number of contiguous streams into which the text is divided first. Each is divided by the fractions, and the
    ///     training parts of all streams are joined, as are those of the other kinds.
    package init(_ symbols: SymbolSequence, fractions: [Double], streams: Int = 1, separator: [UInt16] = []) {
        precondition(fractions.count == 3 && streams > 0, "\(fractions.count) fractions of \(streams) streams")
        self.separator = separator
        guard streams == 1 else {
            let own = (0..<streams).map { stream in
                TextSplit(
                    symbols[(symbols.count * stream / streams)..<(symbols.count * (stream + 1) / streams)],
                    fractions: fractions)
            }
            validationRanges = own.flatMap(\.validationRanges)
            testRanges = own.flatMap(\.testRanges)
            training = SymbolSequence(own.flatMap(\.training))
            validation = SymbolSequence(own.flatMap(\.validation))
            test = SymbolSequence(own.flatMap(\.test))
            return
        }
        let start = symbols.startIndex
        let (first, second) = Self.cuts(symbols.count, fractions: fractions)
        training = symbols[start..<start + first]
        validation = symbols[start + first..<start + second]
        test = symbols[(start + second)...]
        validationRanges = [start + first..<start + second]
        testRanges = [start + second..<symbols.endIndex]
    }

    /// The starts of the validation part and the test part of `count` symbols, rounded down.
    ///
    /// - Precondition: there are three fractions.
    package static func cuts(_ count: Int, fractions: [Double]) -> (validation: Int, test: Int) {
        let first = min(Int(Double(count) * fractions[0] + 1e-9), count)
        let second =
            fractions[2] == 0
            ? count : min(max(Int(Double(count) * (fractions[0] + fractions[1]) + 1e-9), first), count)
        return (first, second)
    }
}
