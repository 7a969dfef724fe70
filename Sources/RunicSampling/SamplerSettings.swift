/// The settings of a sampler.
///
/// The transforms apply in a fixed order: temperature, top-k, top-p, min-p, then `additional` in its order. Top-p and min-p
/// therefore use the probabilities after the temperature, and top-p normalises them over the candidates that top-k kept.
public struct SamplerSettings: Hashable, Sendable {
    /// The divisor of the logits, at least 0; 0 always selects the most probable symbol.
    public var temperature: Double
    /// The number of most probable symbols to draw from, at least 1; nil for all.
    public var topK: Int?
    /// The probability mass of the most probable symbols to draw from, 0 to 1; nil for all.
    public var topP: Double?
    /// The least probability of a symbol to draw, as a fraction of the highest, 0 to 1; nil for all.
    public var minP: Double?
    /// The seed of the draws; nil for a random one in every sampler.
    public var seed: UInt64?
    /// More transforms by name, applied after the others.
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

    /// The transforms of these settings, in the order in which they apply.
    public var chain: [TransformDescription] {
        var chain = [TransformDescription(name: "temperature", value: temperature)]
        if let topK { chain.append(TransformDescription(name: "top-k", value: Double(min(topK, 1 << 53)))) }
        if let topP { chain.append(TransformDescription(name: "top-p", value: topP)) }
        if let minP { chain.append(TransformDescription(name: "min-p", value: minP)) }
        return chain + additional
    }

    /// Checks every setting against its range, and the names in `additional` against the registry.
    ///
    /// - Throws: `SamplingError.invalidSetting` or `.unknownTransform` for the first invalid setting.
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

    /// Decodes settings; missing keys take their defaults. The values are not validated.
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
