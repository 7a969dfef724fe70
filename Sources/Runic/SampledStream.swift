internal import RunicKernels
internal import RunicModel
internal import RunicSampling
internal import RunicTraining

/// The drawing side of one of several streams.
final class SampledStream: @unchecked Sendable {
    // Sendable by hand: one worker at a time draws for a stream, and its driver looks between the steps.
    var sampler: Sampler
    /// Sees where documents begin.
    var matcher: SeparatorMatcher
    /// What was drawn last.
    private(set) var identifier = 0

    init(_ sampler: Sampler, _ matcher: SeparatorMatcher) {
        self.sampler = sampler
        self.matcher = matcher
    }

    func draw(_ logits: Block<Float>) -> InferenceBatch.Choice {
        identifier = logits.withSpan { sampler.draw(from: $0) }
        return (identifier, matcher.take(UInt16(identifier)))
    }
}
