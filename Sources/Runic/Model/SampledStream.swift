internal import RunicKernels
internal import RunicModel
internal import RunicSampling
internal import RunicTraining
internal import RunicSymbols

/// The sampler and text of one of several streams.
final class SampledStream: @unchecked Sendable {
    // Unchecked: one worker at a time draws for a stream, and its driver reads it between steps.
    var sampler: Sampler
    /// Finds where documents begin.
    var matcher: SeparatorMatcher
    /// Holds the bytes drawn so far of an unfinished character.
    var writer: CharacterWriter
    /// The id drawn last.
    private(set) var identifier = 0
    /// The text that it completes if it is a byte that spells; nil if its text is that of the vocabulary.
    private(set) var spelled: [UInt8]?

    init(_ sampler: Sampler, _ matcher: SeparatorMatcher, _ writer: CharacterWriter) {
        self.sampler = sampler
        self.matcher = matcher
        self.writer = writer
    }

    func draw(_ logits: Block<Float>) -> InferenceBatch.Choice {
        identifier = logits.withSpan { writer.draw(from: $0, sampler: &sampler) }
        spelled = writer.write(identifier)
        return (identifier, matcher.take(UInt16(identifier)))
    }
}
