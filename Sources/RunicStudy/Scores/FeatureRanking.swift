/// The units that follow a feature most closely.
package struct FeatureRanking: Sendable {
    /// A unit below this score does not count as following a feature.
    package static let leastScore = 0.3

    package let feature: SymbolFeature
    /// The best first; none where no unit reaches ``leastScore``.
    package let best: [FeatureScore]
    /// The highest score of any unit.
    package let highest: Double

    /// The ranking of every feature, those that need memory first, each group by its best unit.
    package static func all(
        _ scores: [[FeatureScore]], features: [SymbolFeature], count: Int = 5
    ) -> [FeatureRanking] {
        let grouped = Dictionary(grouping: scores.joined(), by: \.feature)
        let rankings = features.map { FeatureRanking($0, grouped[$0] ?? [], count: count) }
        return rankings.sorted {
            $0.feature.needsMemory == $1.feature.needsMemory
                ? ($0.highest, $1.feature.index) > ($1.highest, $0.feature.index) : $0.feature.needsMemory
        }
    }

    private init(_ feature: SymbolFeature, _ scores: [FeatureScore], count: Int) {
        self.feature = feature
        let sorted = scores.sorted { ($0.score, $1.layer, $1.unit) > ($1.score, $0.layer, $0.unit) }
        highest = sorted.first?.score ?? 0
        best = Array(sorted.prefix(count).prefix { $0.score >= Self.leastScore })
    }
}
