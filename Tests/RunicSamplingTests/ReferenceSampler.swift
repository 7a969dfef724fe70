import Foundation
import RunicSampling

/// The distribution that the settings ask for, in plain double precision with a full sort.
func referenceProbabilities(_ logits: [Float], _ settings: SamplerSettings, banned: Set<Int> = []) -> [Double] {
    var order = logits.indices.filter { !banned.contains($0) }
    order.sort { (-Double(logits[$0]), $0) < (-Double(logits[$1]), $1) }
    if settings.temperature == 0 { order = [order[0]] }
    let divisor = settings.temperature == 0 ? 1 : settings.temperature
    if let topK = settings.topK { order = Array(order.prefix(topK)) }
    func probabilities() -> [Double] {
        let weights = order.map { exp((Double(logits[$0]) - Double(logits[order[0]])) / divisor) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }
    if let topP = settings.topP {
        var sum = 0.0
        var kept = 0
        for probability in probabilities() where kept == 0 || sum < topP {
            sum += probability
            kept += 1
        }
        order = Array(order.prefix(kept))
    }
    if let minP = settings.minP {
        let all = probabilities()
        order = zip(order, all).filter { $0.1 >= minP * all[0] }.map(\.0)
    }
    var result = Array(repeating: 0.0, count: logits.count)
    for (identifier, probability) in zip(order, probabilities()) { result[identifier] = probability }
    return result
}

/// Chi-square of observed counts against a distribution, as a standard deviate (Wilson and Hilferty 1931).
func chiSquareDeviate(_ counts: [Int], _ probabilities: [Double]) -> Double {
    let total = Double(counts.reduce(0, +))
    var statistic = 0.0
    var cells = 0
    var rareCount = 0.0
    var rareExpected = 0.0
    for (count, probability) in zip(counts, probabilities) where probability > 0 {
        if probability * total < 10 {
            rareCount += Double(count)
            rareExpected += probability * total
        } else {
            statistic += pow(Double(count) - probability * total, 2) / (probability * total)
            cells += 1
        }
    }
    if rareExpected > 5 {
        statistic += pow(rareCount - rareExpected, 2) / rareExpected
        cells += 1
    }
    guard cells > 1 else { return 0 }
    let freedom = Double(cells - 1)
    return (pow(statistic / freedom, 1.0 / 3) - (1 - 2 / (9 * freedom))) / (2 / (9 * freedom)).squareRoot()
}
