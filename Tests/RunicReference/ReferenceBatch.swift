/// B rows of T symbols with the symbols to predict, time-major: row `t · B + b`.
package struct ReferenceBatch: Sendable {
    package let rows: Int
    package let time: Int
    package let symbols: [Int]
    package let targets: [Int]

    /// A batch of texts of T + 1 symbols each, one a row.
    package init(texts: [[Int]]) {
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
    }
}
