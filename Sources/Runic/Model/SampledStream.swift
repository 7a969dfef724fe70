internal import RunicKernels
internal import RunicModel
internal import RunicSampling
internal import RunicSymbols

/// The sampler and text of one of several streams.
final class SampledStream: @unchecked Sendable {
    // Unchecked: one worker at a time draws for a stream, and its driver reads it between steps.
    var sampler: Sampler
    /// Finds where documents begin.
    var matcher: SeparatorMatcher
    /// Holds the bytes drawn so far of an unfinished character.
    var writer: CharacterWriter
    /// The id drawn last; nil before the first draw.
    private(set) var identifier: Int?
    /// The text that it completes if it is a byte that spells; nil if its text is that of the vocabulary.
    private(set) var spelled: [UInt8]?

    init(_ sampler: Sampler, _ matcher: SeparatorMatcher, _ writer: CharacterWriter) {
        self.sampler = sampler
        self.matcher = matcher
        self.writer = writer
    }

    /// Starts again: nothing is drawn yet.
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
