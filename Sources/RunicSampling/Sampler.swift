/// Draws symbols from logits: a chain of transforms and a random generator.
///
/// A sampler is a value: a copy draws the same symbols from the same logits. After the first draw it allocates nothing.
///
/// Logits may be infinite or NaN. NaN and −∞ have probability 0. If there is +∞, the identifiers with +∞ are equally likely and
/// all others impossible. If no logit is usable, every identifier that is not banned is equally likely, and `repairedDraws`
/// counts the draw.
public struct Sampler: Sendable {
    /// How symbols are drawn.
    public private(set) var settings: SamplerSettings
    /// The number of logits of every draw.
    public let vocabularySize: Int
    /// The seed of the generator: that of the settings, or a random one.
    public let seed: UInt64
    /// The random generator; assign one to continue from its state.
    public var generator: Xoshiro256
    /// The number of draws without a usable logit.
    public private(set) var repairedDraws = 0

    private let banned: [Bool]
    private var transforms: [any SamplingTransform]
    private var candidates: Candidates

    /// Creates a sampler; identifiers in `banned` are never drawn, those outside the vocabulary are ignored.
    ///
    /// - Precondition: `vocabularySize` is from 1 to 2³¹ − 1.
    /// - Throws: `SamplingError` if a setting is out of range, a transform is not registered, or everything is banned.
    public init(
        settings: SamplerSettings = SamplerSettings(), vocabularySize: Int, banned: [Int] = [],
        registry: TransformRegistry = TransformRegistry()
    ) throws(SamplingError) {
        precondition(
            vocabularySize >= 1 && vocabularySize <= Int(Int32.max), "vocabulary size \(vocabularySize) is out of range"
        )
        var mask = Array(repeating: false, count: vocabularySize)
        for identifier in banned where mask.indices.contains(identifier) { mask[identifier] = true }
        guard mask.contains(false) else { throw .everythingBanned(vocabularySize: vocabularySize) }
        self.settings = settings
        self.vocabularySize = vocabularySize
        self.banned = mask
        seed = settings.seed ?? UInt64.random(in: .min ... .max)
        generator = Xoshiro256(seed: seed)
        transforms = try Sampler.transforms(for: settings, registry: registry)
        candidates = Candidates(vocabularySize: vocabularySize)
    }

    /// Replaces the transforms and keeps the random generator; a seed in the new settings has no effect.
    ///
    /// - Throws: `SamplingError` if a setting is out of range or a transform is not registered; then nothing has changed.
    public mutating func update(
        _ settings: SamplerSettings, registry: TransformRegistry = TransformRegistry()
    ) throws(SamplingError) {
        transforms = try Sampler.transforms(for: settings, registry: registry)
        self.settings = settings
    }

    /// Draws an identifier from logits in nats, one for each identifier.
    ///
    /// - Precondition: there are `vocabularySize` logits.
    /// - Complexity: O(`vocabularySize`) on average; allocates nothing.
    public mutating func draw(from logits: Span<Float>) -> Int {
        precondition(logits.count == vocabularySize, "\(logits.count) logits for a vocabulary of \(vocabularySize)")
        if !candidates.load(logits, banned: banned) { repairedDraws += 1 }
        return drawLoaded()
    }

    /// Draws one of a range of identifiers, banned or not.
    ///
    /// - Precondition: there are `vocabularySize` logits, and the range of identifiers is not empty and within them.
    /// - Complexity: O(length of the range) on average; allocates nothing.
    public mutating func draw(from logits: Span<Float>, within range: Range<Int>) -> Int {
        precondition(logits.count == vocabularySize, "\(logits.count) logits for a vocabulary of \(vocabularySize)")
        precondition(
            !range.isEmpty && range.lowerBound >= 0 && range.upperBound <= vocabularySize,
            "\(range) of \(vocabularySize) symbols")
        if !candidates.load(logits, within: range) { repairedDraws += 1 }
        return drawLoaded()
    }

    /// Draws one of some identifiers, banned or not.
    ///
    /// - Precondition: there are `vocabularySize` logits, and the identifiers are some of them, in order and without repetition.
    /// - Complexity: O(number of identifiers) on average; allocates nothing.
    public mutating func draw(from logits: Span<Float>, among identifiers: [Int]) -> Int {
        precondition(logits.count == vocabularySize, "\(logits.count) logits for a vocabulary of \(vocabularySize)")
        precondition(
            !identifiers.isEmpty && identifiers.count <= vocabularySize,
            "\(identifiers.count) identifiers of \(vocabularySize)")
        if !candidates.load(logits, among: identifiers) { repairedDraws += 1 }
        return drawLoaded()
    }

    /// Draws an identifier from logits in nats, one for each identifier.
    ///
    /// - Precondition: there are `vocabularySize` logits.
    /// - Complexity: O(`vocabularySize`) on average; allocates nothing.
    public mutating func draw(from logits: [Float]) -> Int {
        draw(from: logits.span)
    }

    private mutating func drawLoaded() -> Int {
        for index in transforms.indices { transforms[index].apply(to: &candidates) }
        return candidates.draw(using: &generator)
    }

    private static func transforms(
        for settings: SamplerSettings, registry: TransformRegistry
    ) throws(SamplingError) -> [any SamplingTransform] {
        var transforms: [any SamplingTransform] = []
        for description in settings.chain { transforms.append(try registry.make(description)) }
        return transforms
    }
}
