/// Which units of each layer a page shows.
package struct UnitSelection: Sendable, Hashable {
    /// How many units in addition to the most interpretable ones.
    package enum Extent: Sendable, Hashable {
        case first(Int)
        case all
    }

    /// For each layer, in ascending order.
    package let units: [[Int]]

    /// The units that follow a feature most closely, those that remember longest, and the first ones of each layer.
    package init(_ measurement: GateMeasurement, rankings: [FeatureRanking], extent: Extent) {
        let all = 0..<measurement.anatomy.units
        units = (0..<measurement.anatomy.layers).map { layer in
            guard case .first(let count) = extent else { return Array(all) }
            var chosen = Set(all.prefix(count))
            for ranking in rankings { chosen.formUnion(ranking.best.filter { $0.layer == layer }.map(\.unit)) }
            chosen.formUnion(Self.longest(measurement.retention[layer] ?? []))
            // Never none: a page has something to show in every layer.
            return chosen.isEmpty ? [0] : chosen.sorted()
        }
    }

    /// The units with the longest retention, the longest first.
    package static func longest(_ retention: [Double], count: Int = 4) -> [Int] {
        retention.indices.sorted { (retention[$0], $1) > (retention[$1], $0) }.prefix(count).map { $0 }
    }

    package var count: Int { units.reduce(0) { $0 + $1.count } }
}
