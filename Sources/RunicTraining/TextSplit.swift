/// A text cut into training, validation and test parts, contiguous and in file order.
package struct TextSplit: Sendable {
    package let training, validation, test: ArraySlice<UInt16>
    /// What stands between two documents; none: each part is one document.
    package let separator: [UInt16]

    /// - Parameter shares: three shares that add up to 1; the cuts are rounded down, as nanoGPT's are.
    package init(_ symbols: [UInt16], shares: [Double], separator: [UInt16] = []) {
        precondition(shares.count == 3, "\(shares.count) shares")
        self.separator = separator
        let first = min(Int(Double(symbols.count) * shares[0] + 1e-9), symbols.count)
        let second =
            shares[2] == 0
            ? symbols.count
            : min(max(Int(Double(symbols.count) * (shares[0] + shares[1]) + 1e-9), first), symbols.count)
        training = symbols[..<first]
        validation = symbols[first..<second]
        test = symbols[second...]
    }
}
