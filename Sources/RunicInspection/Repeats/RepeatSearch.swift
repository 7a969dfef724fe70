/// Compares the places of equal fingerprints and keeps the longest passages.
struct RepeatSearch {
    private static let mostCandidates = 256
    /// The most earlier places that a passage is compared with.
    static let mostPlaces = 8

    private var table = FingerprintTable()
    private let length: Int
    private let reach: Int
    /// Symbols that may still be compared.
    private var budget: Int
    /// Below that budget, a passage is compared with the last place only.
    private let enough: Int
    /// The last match: it is not compared again within itself.
    private var current = LongestRepeats.Repeat(first: 0, second: 0, length: 0)
    private var candidates: [LongestRepeats.Repeat] = []
    /// A candidate must be longer than this.
    private var threshold = 0
    private(set) var stoppedEarly = false

    /// - Parameters:
    ///   - length: symbols of a fingerprint.
    ///   - reach: every passage of this many symbols has a fingerprint.
    init(length: Int, reach: Int, budget: Int) {
        self.length = length
        self.reach = reach
        self.budget = budget
        enough = budget / 2
    }

    /// Takes the next fingerprint.
    mutating func take(_ place: Int, _ hash: UInt64, _ symbols: Span<UInt16>) {
        // Far from the ends of a match, a longer one that lies here would also be found at one of these ends.
        let isWithin =
            place >= current.second + reach && place + length + reach <= current.second + current.length
        if isWithin { return }
        var entry = table.insert(hash, place)
        var left = budget > enough ? Self.mostPlaces : 1
        while entry != FingerprintTable.none && left > 0 {
            let (first, before) = table.entry(entry)
            compare(first, place, symbols)
            entry = before
            left -= 1
        }
    }

    private mutating func compare(_ first: Int, _ second: Int, _ symbols: Span<UInt16>) {
        if second - first == current.second - current.first,
            second + length <= current.second + current.length && second >= current.second
        {
            return
        }
        guard budget > 0 else {
            stoppedEarly = true
            return
        }
        var forward = 0
        while second + forward < symbols.count && symbols[first + forward] == symbols[second + forward] { forward += 1 }
        guard forward >= length else { return }
        var backward = 0
        while backward < first && symbols[first - backward - 1] == symbols[second - backward - 1] { backward += 1 }
        budget -= forward + backward
        let match = LongestRepeats.Repeat(
            first: first - backward, second: second - backward, length: forward + backward)
        if match.second + match.length > current.second + current.length { current = match }
        guard match.length > threshold else { return }
        candidates.append(match)
        if candidates.count >= 2 * Self.mostCandidates {
            candidates = Self.apart(candidates, Self.mostCandidates)
            if candidates.count >= Self.mostCandidates { threshold = candidates.last?.length ?? 0 }
        }
    }

    /// The longest passages whose later places do not overlap, longest first; where the text repeats itself, in its shortest
    /// steps.
    func longest(_ most: Int, _ symbols: Span<UInt16>) -> [LongestRepeats.Repeat] {
        Self.apart(candidates, most).map { one in
            guard let period = one.period, period * 2 <= one.length else { return one }
            let whole = one.length + period
            let shorter = (1...max(1, min(period / 2, 4096))).first { step in
                period.isMultiple(of: step)
                    && (0..<(period - step)).allSatisfy {
                        symbols[one.first + $0] == symbols[one.first + $0 + step]
                    }
            }
            guard let step = shorter else { return one }
            return LongestRepeats.Repeat(first: one.first, second: one.first + step, length: whole - step)
        }
    }

    private static func apart(_ candidates: [LongestRepeats.Repeat], _ most: Int) -> [LongestRepeats.Repeat] {
        var kept: [LongestRepeats.Repeat] = []
        for candidate in candidates.sorted(by: { ($1.length, $0.second) < ($0.length, $1.second) }) {
            guard kept.count < most else { break }
            let isApart = kept.allSatisfy { other in
                candidate.second >= other.second + other.length || other.second >= candidate.second + candidate.length
            }
            if isApart { kept.append(candidate) }
        }
        return kept
    }
}
