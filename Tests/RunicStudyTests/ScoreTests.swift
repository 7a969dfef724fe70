import Foundation
import RunicText
import Testing

@testable import RunicStudy

@Suite("Units compared with features")
struct ScoreTests {
    private let T = 101, U = 3

    /// Activations that follow a formula; unit 2 never changes.
    private func activations(_ t: Int) -> [Float] {
        [Float(cos(Double(t * 7))), Float(4 * sin(Double(t) / 5)), 0.1]
    }

    private func pearson(_ x: [Double], _ y: [Double]) -> Double {
        let n = Double(x.count), (mx, my) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
        let covariance = zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
        let (vx, vy) = (x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }, y.reduce(0) { $0 + ($1 - my) * ($1 - my) })
        return covariance / (vx * vy).squareRoot()
    }

    /// The probability that a place with the feature has the higher activation, ties half, by all pairs.
    private func area(_ x: [Float], _ y: [Float]) -> Double {
        let with = zip(x, y).filter { $0.1 != 0 }.map(\.0), without = zip(x, y).filter { $0.1 == 0 }.map(\.0)
        let won = with.reduce(0.0) { sum, a in without.reduce(sum) { $0 + (a > $1 ? 1 : a == $1 ? 0.5 : 0) } }
        return won / Double(with.count * without.count)
    }

    @Test("Correlations are those of the plain formula, for counts and for zeros and ones; nil where nothing varies")
    func correlations() throws {
        var sums = CorrelationSums(units: U, features: 3), other = sums
        let features = (0..<T).map { t -> [Float] in [Float(t % 10), t % 3 == 0 ? 1 : 0, 1] }
        for t in 0..<T {
            if t < 40 {
                sums.add(activations(t)[...], features: features[t][...])
            } else {
                other.add(activations(t)[...], features: features[t][...])
            }
        }
        sums.add(other)
        #expect(sums.count == T)
        for unit in 0..<2 {
            for feature in 0..<2 {
                let expected = pearson(
                    (0..<T).map { Double(activations($0)[unit]) }, features.map { Double($0[feature]) })
                let found = try #require(sums.correlation(unit: unit, feature: feature))
                #expect(abs(found - expected) < 1e-10, "unit \(unit), feature \(feature)")
            }
            #expect(sums.correlation(unit: unit, feature: 2) == nil)
        }
        #expect(sums.correlation(unit: 2, feature: 0) == nil)
    }

    @Test("The area under the curve is that of all pairs, up to the width of a bin")
    func areas() throws {
        var ranks = RankHistograms(units: U, features: 2)
        let flags = (0..<T).map { t -> Float in t % 10 < 4 ? 1 : 0 }
        for t in 0..<T { ranks.add(activations(t)[...], having: flags[t] == 1 ? [0] : []) }
        for unit in 0..<U {
            let expected = area((0..<T).map { activations($0)[unit] }, flags)
            let found = try #require(ranks.area(unit: unit, feature: 0))
            #expect(abs(found - expected) < 5e-3, "unit \(unit)")
            #expect(ranks.area(unit: unit, feature: 1) == nil)
        }
        #expect(ranks.area(unit: 2, feature: 0) == 0.5)
    }

    @Test("Bins keep the order of any values", arguments: [Float(-1e9), -3, -0.5, -1e-3, 0, 0.2, 1, 8, 3e38])
    func bins(value: Float) {
        let bin = RankHistograms.bin(of: value)
        #expect((0..<RankHistograms.bins).contains(bin))
        #expect(bin <= RankHistograms.bin(of: value + 0.5))
        #expect(bin >= RankHistograms.bin(of: value - 0.5))
    }

    @Test("A unit counts for what both halves of the text show")
    func halves() {
        #expect(FeatureScore.score(0.9, 0.4) == 0.4)
        #expect(FeatureScore.score(-0.2, -0.7) == 0.2)
        #expect(FeatureScore.score(0.9, -0.9) == 0)
        #expect(FeatureScore.score(0.9, nil) == 0)
    }

    @Test("A layer's scores find the unit that follows a feature, with its sign")
    func layer() throws {
        let symbols = String(repeating: "ab \"cd\" e\nfgh, \"i\"\n", count: 20).unicodeScalars
            .map { Symbol(String($0).utf8) }
        let table = FeatureTable(symbols, unit: .codepoint)
        var scores = LayerScores(layer: 1, units: U, features: table.present)
        for t in symbols.indices {
            // Unit 1 is low inside quotes; the others do as they like.
            let row = activations(t)
            scores.add([row[0], 0.5 - table[t, .quotes] + 0.01 * row[0], row[1]][...], table: table, symbol: t)
        }
        let rankings = FeatureRanking.all([[], scores.scores()], features: table.present)
        let quotes = try #require(rankings.first { $0.feature == .quotes }?.best.first)
        #expect(quotes.layer == 1 && quotes.unit == 1 && quotes.correlation < -0.99 && quotes.score > 0.99)
        #expect(quotes.area == 0)
        #expect(rankings.first?.feature == .quotes)
        #expect(
            rankings.map(\.feature.needsMemory).firstIndex(of: false) == rankings.count { $0.feature.needsMemory })
        #expect(Set(rankings.map(\.feature)) == Set(table.present))
    }
}
