/// How closely a unit follows a feature.
package struct FeatureScore: Sendable, Hashable {
    package let feature: SymbolFeature
    /// From 0.
    package let layer: Int
    /// From 0.
    package let unit: Int
    /// r over the whole measured text.
    package let correlation: Double
    /// The unit's score: the smaller |r| of the two halves of the measured text, 0 where they differ in sign.
    package let score: Double
    /// The area under the ROC curve; nil for counts.
    package let area: Double?

    /// The score of r in two halves.
    package static func score(_ first: Double?, _ second: Double?) -> Double {
        guard let first, let second, first.sign == second.sign else { return 0 }
        return min(abs(first), abs(second))
    }
}
