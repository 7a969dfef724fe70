/// The code points of every unknown symbol of a text, in the order of the text.
///
/// Memory holds four bytes for each of them, or nothing while all have one code point, as in most texts.
package struct UnknownLengths: Sendable, Hashable {
    /// The number of unknown symbols.
    package private(set) var count = 0
    /// The code points of each; empty while all have one.
    private var lengths: [UInt32] = []

    package init() {}

    /// Unknown symbols of one code point each.
    init(ones count: Int) { self.count = count }

    /// Whether every unknown symbol has one code point.
    var isUniform: Bool { lengths.isEmpty }

    /// Appends a symbol of so many code points. Amortised constant time.
    mutating func append(_ codePoints: Int) {
        count += 1
        if lengths.isEmpty && codePoints == 1 { return }
        if lengths.isEmpty { lengths = Array(repeating: 1, count: count - 1) }
        lengths.append(UInt32(clamping: codePoints))
    }

    /// Appends the symbols of the text that follows.
    mutating func append(_ next: UnknownLengths) {
        if isUniform && next.isUniform {
            count += next.count
        } else {
            for index in 0..<next.count { append(next[index]) }
        }
    }

    /// The code points of an unknown symbol.
    ///
    /// - Precondition: there are more than `index`.
    package subscript(index: Int) -> Int {
        precondition(index >= 0 && index < count, "unknown symbol \(index) of \(count)")
        return lengths.isEmpty ? 1 : Int(lengths[index])
    }

    /// The code points of a range of the unknown symbols.
    ///
    /// - Precondition: the range is within the symbols.
    package func sum(_ range: Range<Int>) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "unknown symbols \(range) of \(count)")
        return lengths.isEmpty ? range.count : lengths[range].reduce(0) { $0 + Int($1) }
    }
}
