/// How symbols are drawn.
///
/// The transforms apply in a fixed order: temperature, top-k, top-p, min-p, then `additional` in its order. So top-p and min-p
/// see the probabilities after the temperature, and top-p those of the candidates that top-k left, normalised to sum 1.
public struct SamplerSettings: Hashable, Sendable {
    /// The divisor of the logits, 0 or more; 0 always takes the most probable symbol.
    public var temperature: Double
    /// The number of most probable symbols to draw from, 1 or more; nil: all.
    public var topK: Int?
    /// The probability mass of the most probable symbols to draw from, 0 to 1; nil: all.
    public var topP: Double?
    /// The least probability to draw from, as a share of the highest, 0 to 1; nil: all.
    public var minP: Double?
    /// The seed of the draws; nil: a new one for every sampler.
    public var seed: UInt64?
    /// Further transforms by name, after the others.
    public var additional: [TransformDescription]

    /// Creates settings; by default temperature 0.8 and all symbols.
    public init(
        temperature: Double = 0.8, topK: Int? = nil, topP: Double? = nil, minP: Double? = nil, seed: UInt64? = nil,
        additional: [TransformDescription] = []
    ) {
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.minP = minP
        self.seed = seed
        self.additional = additional
    }

    /// The transforms that these settings ask for, in the order in which they apply.
    public var chain: [TransformDescription] {
        var chain = [TransformDescription(name: "temperature", value: temperature)]
        if let topK { chain.append(TransformDescription(name: "top-k", value: Double(min(topK, 1 << 53)))) }
        if let topP { chain.append(TransformDescription(name: "top-p", value: topP)) }
        if let minP { chain.append(TransformDescription(name: "min-p", value: minP)) }
        return chain + additional
    }

    /// Checks every setting against its range, and the names in `additional` against the registry.
    ///
    /// - Throws: `SamplingError.invalidSetting` or `.unknownTransform` for the first that is wrong.
    public func validate(registry: TransformRegistry = TransformRegistry()) throws(SamplingError) {
        for description in chain { _ = try registry.make(description) }
    }
}

extension SamplerSettings: Codable {
    private enum CodingKeys: String, CodingKey {
        case temperature
        case topK = "top_k"
        case topP = "top_p"
        case minP = "min_p"
        case seed
        case additional
    }

    /// Reads settings; what is absent has its default. The values are not validated.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        temperature = try values.decodeIfPresent(Double.self, forKey: .temperature) ?? temperature
        topK = try values.decodeIfPresent(Int.self, forKey: .topK)
        topP = try values.decodeIfPresent(Double.self, forKey: .topP)
        minP = try values.decodeIfPresent(Double.self, forKey: .minP)
        seed = try values.decodeIfPresent(UInt64.self, forKey: .seed)
        additional = try values.decodeIfPresent([TransformDescription].self, forKey: .additional) ?? []
    }
}
