package import RunicEvaluation
package import RunicText

extension UnseenList {
    /// The names of symbols that a vocabulary lacks.
    package init(_ unseen: UnseenSymbols, unit: TextUnit) {
        self.init(
            different: unseen.different,
            first: unseen.first.map { Entry(symbol: Self.name($0.symbol, unit), count: $0.count) })
    }

    private static func name(_ symbol: Symbol, _ unit: TextUnit) -> String {
        let bytes = symbol.bytes
        if unit == .byte, let byte = bytes.first, byte >= 0x80 { return "0x" + hexadecimal([byte]).uppercased() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
