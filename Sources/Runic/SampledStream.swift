internal import RunicKernels
internal import RunicSampling

/// The drawing side of one of several streams.
final class SampledStream: @unchecked Sendable {
    // Sendable by hand: one worker at a time draws for a stream, and its driver looks between the steps.
    var sampler: Sampler
    /// What was drawn last.
    private(set) var identifier = 0

    init(_ sampler: Sampler) { self.sampler = sampler }

    func draw(_ logits: Block<Float>) -> Int {
        identifier = logits.withSpan { sampler.draw(from: $0) }
        return identifier
    }
}
