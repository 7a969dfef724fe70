/// A curve in one line of text.
enum Sparkline {
    private static let levels = Array("▁▂▃▄▅▆▇█")

    /// The values from the lowest to the highest bar; more values than `width` are thinned out, the last is kept.
    static func of(_ values: [Double], width: Int) -> String {
        let finite = values.filter(\.isFinite)
        guard let least = finite.min(), let most = finite.max(), width > 0 else { return "" }
        let count = min(width, finite.count)
        return String(
            (0..<count).map { index in
                let value = finite[count == 1 ? 0 : index * (finite.count - 1) / (count - 1)]
                guard most > least else { return levels[0] }
                return levels[Int((value - least) / (most - least) * Double(levels.count - 1) + 0.5)]
            })
    }
}
