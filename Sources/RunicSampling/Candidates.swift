#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The symbols that may still be drawn, each with its score: the scratch that transforms work on in place.
///
/// A score is an unnormalised log-probability in nats: the probability of a candidate is proportional to `exp(score)`.
/// There is always at least one candidate. The order of the candidates has no meaning.
public struct Candidates: Sendable {
    /// The number of candidates left.
    public private(set) var count = 0

    private var identifiers: [Int32]
    private var scores: [Float]
    private var weights: [Float]

    init(vocabularySize: Int) {
        identifiers = Array(repeating: 0, count: vocabularySize)
        scores = Array(repeating: 0, count: vocabularySize)
        weights = Array(repeating: 0, count: vocabularySize)
    }

    /// The identifier of the candidate at a place.
    public func identifier(at place: Int) -> Int {
        precondition(place < count, "candidate \(place) of \(count)")
        return Int(identifiers[place])
    }

    /// The score of the candidate at a place; a new score of NaN or −∞ makes the candidate impossible.
    public subscript(score place: Int) -> Float {
        get {
            precondition(place < count, "candidate \(place) of \(count)")
            return scores[place]
        }
        set {
            precondition(place < count, "candidate \(place) of \(count)")
            scores[place] = newValue
        }
    }

    /// The highest score; −∞ if every score is −∞ or NaN.
    ///
    /// - Complexity: O(`count`).
    public var maximumScore: Float {
        var maximum = -Float.infinity
        for place in 0..<count where scores[place] > maximum { maximum = scores[place] }
        return maximum
    }

    /// Keeps the candidates for which the condition holds; if it holds for none, all stay.
    ///
    /// - Complexity: O(`count`).
    public mutating func keep(where condition: (_ identifier: Int, _ score: Float) -> Bool) {
        var kept = 0
        for place in 0..<count where condition(Int(identifiers[place]), scores[place]) {
            swapCandidates(kept, place)
            kept += 1
        }
        if kept > 0 { count = kept }
    }

    /// Fills in the logits whose identifiers are not banned, and returns false if none of them was usable.
    ///
    /// NaN and −∞ have probability 0. If there is +∞, the identifiers with +∞ share all of the probability evenly. If nothing is
    /// left, all identifiers that are not banned are equally likely.
    mutating func load(_ logits: Span<Float>, banned: [Bool]) -> Bool {
        var kept = 0
        var infinite = false
        for identifier in logits.indices where !banned[identifier] {
            let logit = logits[identifier]
            if logit > -Float.infinity {
                identifiers[kept] = Int32(truncatingIfNeeded: identifier)
                scores[kept] = logit
                kept += 1
                infinite = infinite || logit == .infinity
            }
        }
        count = kept
        if infinite {
            keep { _, score in score == .infinity }
            for place in 0..<count { scores[place] = 0 }
        }
        if kept > 0 { return true }
        for identifier in banned.indices where !banned[identifier] {
            identifiers[count] = Int32(truncatingIfNeeded: identifier)
            scores[count] = 0
            count += 1
        }
        return false
    }

    /// `score ← (score − maximum) / divisor`, in double precision, so that no divisor above 0 gives NaN.
    mutating func divideScores(by divisor: Double) {
        let maximum = Double(maximumScore)
        guard maximum.isFinite else { return }
        for place in 0..<count {
            scores[place] = Float((Double(scores[place]) - maximum) / divisor)
        }
    }

    mutating func keepBest() {
        var best = 0
        for place in 1..<max(count, 1) where precedes(place, best) { best = place }
        swapCandidates(0, best)
        count = 1
    }

    mutating func keepTop(_ number: Int) {
        guard number < count else { return }
        count = select(reaching: Double(number)) { _, _ in 1 }
    }

    mutating func keepMass(_ mass: Double) {
        guard mass < 1 else { return }
        let total = fillWeights()
        guard total > 0 else { return }
        count = select(reaching: mass * total) { candidates, place in Double(candidates.weights[place]) }
    }

    /// Draws an identifier with probability proportional to `exp(score)`.
    ///
    /// - Complexity: O(`count`).
    mutating func draw(using generator: inout Xoshiro256) -> Int {
        let target = generator.nextUnit() * fillWeights()
        var sum = 0.0
        var last = 0
        for place in 0..<count where weights[place] > 0 {
            sum += Double(weights[place])
            last = place
            if sum > target { break }
        }
        return Int(identifiers[last])
    }

    /// Sets the weights to `exp(score − maximum)` and returns their sum.
    private mutating func fillWeights() -> Double {
        let maximum = maximumScore
        var sum = 0.0
        for place in 0..<count {
            let score = scores[place]
            let weight: Float = score > -Float.infinity ? (score == maximum ? 1 : expf(score - maximum)) : 0
            weights[place] = weight
            sum += Double(weight)
        }
        return sum
    }

    /// Moves the fewest best candidates whose measures sum to at least `target` to the front and returns their number,
    /// at least one: quickselect by measure instead of by rank.
    private mutating func select(reaching target: Double, measure: (borrowing Candidates, Int) -> Double) -> Int {
        var low = 0
        var high = count
        var sum = 0.0
        // Pivots come from a fixed sequence: the same logits take the same path, and no order of scores is a slow one.
        var pivots: UInt64 = 0x2545_F491_4F6C_DD1D
        while low < high {
            pivots = pivots &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let middle = partition(low, high, pivot: low + Int((pivots >> 33) % UInt64(high - low)))
            var left = 0.0
            for place in low..<middle { left += measure(self, place) }
            if middle > low, sum + left >= target {
                high = middle
                continue
            }
            sum += left + measure(self, middle)
            low = middle + 1
            if sum >= target { return low }
        }
        return max(low, 1)
    }

    /// Moves what precedes the pivot to its left and returns the pivot's place.
    private mutating func partition(_ low: Int, _ high: Int, pivot: Int) -> Int {
        swapCandidates(pivot, high - 1)
        var border = low
        for place in low..<(high - 1) where precedes(place, high - 1) {
            swapCandidates(border, place)
            border += 1
        }
        swapCandidates(border, high - 1)
        return border
    }

    private func precedes(_ first: Int, _ second: Int) -> Bool {
        let (one, other) = (scores[first], scores[second])
        if one == other || one.isNaN || other.isNaN {
            return one.isNaN == other.isNaN ? identifiers[first] < identifiers[second] : other.isNaN
        }
        return one > other
    }

    private mutating func swapCandidates(_ first: Int, _ second: Int) {
        guard first != second else { return }
        identifiers.swapAt(first, second)
        scores.swapAt(first, second)
        weights.swapAt(first, second)
    }
}
