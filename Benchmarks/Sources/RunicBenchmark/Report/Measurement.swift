/// One figure of a table: a value, its samples and its goal.
struct Measurement: Encodable {
    /// The header of its column.
    let name: String
    let unit: Unit
    /// nil if it could not be measured.
    let value: Double?
    let goal: Goal?
    /// The runs of which the value is the median; else empty.
    let samples: [Double]
    /// The best number of threads, if several were tried.
    let threads: Int?

    init(
        _ name: String, _ unit: Unit, _ value: Double?, goal: Goal? = nil, samples: [Double] = [], threads: Int? = nil
    ) {
        self.name = name
        self.unit = unit
        self.value = value.flatMap { $0.isFinite ? $0 : nil }
        self.goal = goal
        self.samples = samples
        self.threads = threads
    }

    /// nil without a goal or a value.
    var isMet: Bool? {
        guard let goal, let value else { return nil }
        return goal.isMet(by: value)
    }

    /// The cell of a table, such as `1.62 (≥ 1.65: missed)`.
    var text: String {
        let shown = value.map(unit.text) ?? "-"
        guard let wanted else { return shown }
        return "\(shown) (\(wanted)\(isMet.map { $0 ? ": met" : ": missed" } ?? ""))"
    }

    private var wanted: String? {
        switch goal {
        case .atLeast(let least): "≥ \(unit.text(least))"
        case .atMost(let most): "≤ \(unit.text(most))"
        case nil: nil
        }
    }

    private enum CodingKeys: String, CodingKey {
        case name, unit, value, samples, threads, met
        case atLeast = "at_least"
        case atMost = "at_most"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(unit, forKey: .unit)
        try container.encode(value, forKey: .value)
        if !samples.isEmpty { try container.encode(samples, forKey: .samples) }
        try container.encodeIfPresent(threads, forKey: .threads)
        switch goal {
        case .atLeast(let least): try container.encode(least, forKey: .atLeast)
        case .atMost(let most): try container.encode(most, forKey: .atMost)
        case nil: break
        }
        try container.encodeIfPresent(isMet, forKey: .met)
    }
}
