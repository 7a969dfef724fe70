/// The symbols that can still be drawn, each with its score. Transforms change them in place.
///
/// A score is an unnormalised log-probability in nats: the probability of a candidate is proportional to `exp(score)`.
/// There is always at least one candidate. The order of the candidates has no meaning.
public struct Candidates: Sendable {
    /// The number of remaining candidates.
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
        // Four at a time: a single running maximum would wait for the previous one at every step.
        var four = SIMD4<Float>(repeating: -.infinity)
        var maximum = -Float.infinity
        let (count, whole) = (count, count & ~3)
        precondition(count <= scores.count)
        for place in stride(from: 0, to: whole, by: 4) {
            let next = SIMD4(scores[place], scores[place + 1], scores[place + 2], scores[place + 3])
            four.replace(with: next, where: next .> four)
        }
        for lane in 0..<4 where four[lane] > maximum { maximum = four[lane] }
        for place in whole..<count where scores[place] > maximum { maximum = scores[place] }
        return maximum
    }

    /// Keeps the candidates that fulfil a condition; if none does, keeps them all.
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

    /// Loads the logits of a range of identifiers, like `load(_:banned:)` without banned ones.
    mutating func load(_ logits: Span<Float>, within range: Range<Int>) -> Bool {
        count = 0
        var infinite = false
        for identifier in range where logits[identifier] > -Float.infinity {
            identifiers[count] = Int32(truncatingIfNeeded: identifier)
            scores[count] = logits[identifier]
            infinite = infinite || logits[identifier] == .infinity
            count += 1
        }
        if infinite { keepInfinite() }
        if count > 0 { return true }
        for identifier in range {
            identifiers[count] = Int32(truncatingIfNeeded: identifier)
            scores[count] = 0
            count += 1
        }
        return false
    }

    /// Loads the logits of some identifiers, like `load(_:banned:)` without banned ones.
    mutating func load(_ logits: Span<Float>, among chosen: [Int]) -> Bool {
        count = 0
        var infinite = false
        for identifier in chosen where logits[identifier] > -Float.infinity {
            identifiers[count] = Int32(truncatingIfNeeded: identifier)
            scores[count] = logits[identifier]
            infinite = infinite || logits[identifier] == .infinity
            count += 1
        }
        if infinite { keepInfinite() }
        if count > 0 { return true }
        for identifier in chosen {
            identifiers[count] = Int32(truncatingIfNeeded: identifier)
            scores[count] = 0
            count += 1
        }
        return false
    }

    private mutating func keepInfinite() {
        keep { _, score in score == .infinity }
        for place in 0..<count { scores[place] = 0 }
    }

    /// Loads the logits of all identifiers that are not banned; returns false if none of them was usable.
    ///
    /// NaN and −∞ have probability 0. If there is +∞, the identifiers with +∞ are equally likely and all others impossible. If
    /// no logit is usable, all identifiers that are not banned are equally likely.
    mutating func load(_ logits: Span<Float>, banned: [Bool]) -> Bool {
        precondition(
            logits.count == identifiers.count && logits.count == scores.count && logits.count == banned.count)
        var kept = 0
        var infinite = false
        for identifier in 0..<logits.count {
            let logit = logits[identifier]
            // Written always, counted only if it can be drawn: an unpredictable branch would cost more.
            identifiers[kept] = Int32(truncatingIfNeeded: identifier)
            scores[kept] = logit
            kept += !banned[identifier] && logit > -Float.infinity ? 1 : 0
            infinite = infinite || logit == .infinity && !banned[identifier]
        }
        count = kept
        if infinite { keepInfinite() }
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
        let count = count
        precondition(count <= scores.count)
        for place in 0..<count { scores[place] = Float((Double(scores[place]) - maximum) / divisor) }
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
        let (maximum, count) = (maximumScore, count)
        // Checked once, so that the loops need no bounds checks and can be vectorised.
        precondition(count <= scores.count && count <= weights.count)
        for place in 0..<count { weights[place] = Self.exponential(scores[place] - maximum) }
        var four = SIMD4<Double>.zero
        let whole = count & ~3
        for place in stride(from: 0, to: whole, by: 4) {
            four += SIMD4(
                Double(weights[place]), Double(weights[place + 1]), Double(weights[place + 2]),
                Double(weights[place + 3]))
        }
        var sum = four.sum()
        for place in whole..<count { sum += Double(weights[place]) }
        return sum
    }

    /// exp(x) for x ≤ 0 with a relative error below 2e-7; 0 below −87, and for NaN.
    ///
    /// exp(x) = 2ⁿ · exp(r), n the nearest integer to x / ln 2, and exp(r) a minimax polynomial on |r| ≤ ln 2 / 2.
    @inline(__always)
    private static func exponential(_ x: Float) -> Float {
        let magic: Float = 12_582_912  // 1.5 · 2²³: adding it rounds to an integer in the low bits
        let shifted = x * 1.44269504 + magic
        let n = shifted - magic
        let r = (x - n * 0.693145752) - n * 1.42860677e-6
        var q: Float = 1.3882516255e-03
        q = q * r + 8.3665471403e-03
        q = q * r + 4.1667200715e-02
        q = q * r + 1.6666543424e-01
        q = q * r + 4.9999998150e-01
        let power = Float(bitPattern: (shifted.bitPattern &- 0x4B40_0000 &+ 127) << 23)
        return x >= -87 ? power + power * (r + r * r * q) : 0
    }

    /// Moves to the front the fewest best candidates whose measures sum to at least `target`, and returns their number, at
    /// least one: quickselect by measure instead of by rank.
    private mutating func select(reaching target: Double, measure: (borrowing Candidates, Int) -> Double) -> Int {
        var low = 0
        var high = count
        var sum = 0.0
        // Pivots come from a fixed sequence: the same logits take the same path, and no order of scores is slow.
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

    /// Moves the candidates that precede the pivot to its left; returns the pivot's place.
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
