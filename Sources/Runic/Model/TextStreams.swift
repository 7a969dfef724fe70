internal import RunicModel
public import RunicSampling

/// Texts that one model writes side by side: its weights are read once for all of them, so that many texts take hardly
/// longer than a few.
///
///     let streams = try TextStreams(model, from: context, samplers: samplers)
///     for _ in 0..<400 {
///         streams.next()
///         for index in 0..<streams.count { texts[index] += streams.bytes(ofStream: index) }
///     }
///
/// What a stream writes does not depend on what the others write. In int8 it is what ``TextModel/next(_:sampler:)`` would
/// write. In float32 sums go another way, which also depends on how many streams there are, so that two nearly equal chances
/// can fall the other way; in bfloat16 hidden states are rounded besides, where the processor multiplies bfloat16.
public final class TextStreams {
    private let model: TextModel
    private let batch: InferenceBatch
    private let streams: [SampledStream]

    /// Streams that go on from a context, each with a sampler of its own.
    ///
    /// - Throws: ``RunicError`` where the matrix library refuses.
    /// - Precondition: there is a sampler, and the context was started by this model.
    public init(
        _ model: TextModel, from context: TextModel.Context, samplers: [Sampler]
    ) throws(RunicError) {
        self.model = model
        do {
            batch = try InferenceBatch(model: model.inference, streams: samplers.count, threads: model.threads)
        } catch {
            throw .model(path: nil, error)
        }
        streams = samplers.map { SampledStream($0, context.matcher, context.writer) }
        for index in streams.indices { batch.set(context.state, stream: index) }
    }

    /// How many streams there are.
    public var count: Int { streams.count }

    /// Begins a stream anew.
    public func restart(stream: Int, from context: TextModel.Context, sampler: Sampler) {
        streams[stream].restart(sampler, context.matcher, context.writer)
        batch.set(context.state, stream: stream)
    }

    /// Draws the next symbol of every stream and reads it.
    ///
    /// - Complexity: one step of the model for each stream, and one reading of its weights for all.
    public func next() {
        batch.step { [streams] stream, logits in streams[stream].draw(logits) }
    }

    /// The symbol that a stream drew last, as ``TextModel/next(_:sampler:)`` returns it; empty before its first draw.
    public func bytes(ofStream stream: Int) -> [UInt8] {
        let stream = streams[stream]
        return stream.spelled ?? stream.identifier.map { model.vocabulary.bytes(of: $0) } ?? []
    }
}
