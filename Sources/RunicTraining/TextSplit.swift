/// A text cut into training, validation and test parts, contiguous and in file order.
package struct TextSplit: Sendable {
    package var training: ArraySlice<UInt16>
    package let validation, test: ArraySlice<UInt16>
    /// What stands between two documents; none: each part is one document.
    package let separator: [UInt16]

    /// - Parameters:
    ///   - shares: three shares that add up to 1; the cuts are rounded down, as nanoGPT's are.
    ///   - streams: into how many contiguous streams the text is cut first; each is then cut by the shares, and the parts of
    ///     a kind are put behind each other.
    package init(_ symbols: [UInt16], shares: [Double], streams: Int = 1, separator: [UInt16] = []) {
        precondition(shares.count == 3 && streams > 0, "\(shares.count) shares of \(streams) streams")
        self.separator = separator
        guard streams == 1 else {
            let own = (0..<streams).map { stream in
                TextSplit(
                    Array(symbols[(symbols.count * stream / streams)..<(symbols.count * (stream + 1) / streams)]),
                    shares: shares)
            }
            training = own.flatMap(\.training)[...]
            validation = own.flatMap(\.validation)[...]
            test = own.flatMap(\.test)[...]
            return
        }
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
