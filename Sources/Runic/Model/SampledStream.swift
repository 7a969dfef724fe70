internal import RunicKernels
internal import RunicModel
internal import RunicSampling
internal import RunicTraining
internal import RunicSymbols

/// The drawing side of one of several streams.
final class SampledStream: @unchecked Sendable {
    // Sendable by hand: one worker at a time draws for a stream, and its driver looks between the steps.
    var sampler: Sampler
    /// Sees where documents begin.
    var matcher: SeparatorMatcher
    /// What is drawn of a character so far.
    var writer: CharacterWriter
    /// What was drawn last; nil before the first draw.
    private(set) var identifier: Int?
    /// The text that is complete with it where it is a byte that spells; nil where its text is the vocabulary's.
    private(set) var spelled: [UInt8]?

    init(_ sampler: Sampler, _ matcher: SeparatorMatcher, _ writer: CharacterWriter) {
        self.sampler = sampler
        self.matcher = matcher
        self.writer = writer
    }

    /// Begins anew: nothing is drawn yet.
    func restart(_ sampler: Sampler, _ matcher: SeparatorMatcher, _ writer: CharacterWriter) {
        (self.sampler, self.matcher, self.writer) = (sampler, matcher, writer)
        (identifier, spelled) = (nil, nil)
    }

    func draw(_ logits: Block<Float>) -> InferenceBatch.Choice {
        let drawn = logits.withSpan { writer.draw(from: $0, sampler: &sampler) }
        identifier = drawn
        spelled = writer.write(drawn)
        return (drawn, matcher.take(UInt16(drawn)))
    }
}
