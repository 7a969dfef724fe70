/// B rows of T symbols with the symbols to predict, time-major: row `t · B + b`.
package struct ReferenceBatch: Sendable {
    package let rows: Int
    package let time: Int
    package let symbols: [Int]
    package let targets: [Int]
    /// Whether row b's state is forgotten before it reads the symbol of step t, (T·B).
    package let resets: [Bool]

    /// A batch of texts of T + 1 symbols each, one a row.
    ///
    /// - Parameter resets: where states are forgotten, (T·B); or nothing.
    package init(texts: [[Int]], resets: [Bool] = []) {
        rows = texts.count
        time = texts[0].count - 1
        var symbols: [Int] = []
        var targets: [Int] = []
        for step in 0..<time {
            for text in texts {
                symbols.append(text[step])
                targets.append(text[step + 1])
            }
        }
        self.symbols = symbols
        self.targets = targets
        self.resets = resets.isEmpty ? [Bool](repeating: false, count: symbols.count) : resets
        precondition(self.resets.count == symbols.count, "\(resets.count) resets for \(symbols.count) positions")
    }

    /// T·B.
    package var positions: Int { rows * time }
}
