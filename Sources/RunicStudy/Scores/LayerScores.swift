/// Compares the units of one layer with the features of a text, symbol by symbol.
package struct LayerScores: Sendable {
    private let layer: Int
    private let features: [SymbolFeature]
    /// The features of zeros and ones: their place among those that are counted by ``ranks``.
    private let flags: [SymbolFeature: Int]
    private var first, second: CorrelationSums
    private var ranks: RankHistograms

    /// - Parameter features: those that are compared.
    package init(layer: Int, units: Int, features: [SymbolFeature]) {
        self.layer = layer
        self.features = features
        let binary = features.filter { !$0.isCount }
        flags = Dictionary(uniqueKeysWithValues: zip(binary, 0...))
        first = CorrelationSums(units: units, features: features.count)
        second = first
        ranks = RankHistograms(units: units, features: binary.count)
    }

    /// Takes a symbol of the first or the second half of the text.
    package mutating func add(_ activations: ArraySlice<Float>, table: FeatureTable, symbol: Int) {
        let row = features.map { table[symbol, $0] }
        if symbol < table.symbols / 2 {
            first.add(activations, features: row[...])
        } else {
            second.add(activations, features: row[...])
        }
        ranks.add(activations, having: features.compactMap { table[symbol, $0] == 0 ? nil : flags[$0] })
    }

    /// Every unit with every feature, where both vary.
    package func scores() -> [FeatureScore] {
        var whole = first
        whole.add(second)
        var result: [FeatureScore] = []
        for (index, feature) in features.enumerated() {
            for unit in 0..<whole.units {
                guard let correlation = whole.correlation(unit: unit, feature: index) else { continue }
                result.append(
                    FeatureScore(
                        feature: feature, layer: layer, unit: unit, correlation: correlation,
                        score: FeatureScore.score(
                            first.correlation(unit: unit, feature: index),
                            second.correlation(unit: unit, feature: index)),
                        area: flags[feature].flatMap { ranks.area(unit: unit, feature: $0) }))
            }
        }
        return result
    }
}
