internal import RunicModel
public import RunicSampling

/// Texts that one model writes in parallel: its weights are read once for all of them, so many texts take little longer than a few.
///
///     let streams = try TextStreams(model, from: context, samplers: samplers)
///     for _ in 0..<400 {
///         streams.next()
///         for index in 0..<streams.count { texts[index] += streams.bytes(ofStream: index) }
///     }
///
/// A stream does not depend on the others. In int8 it writes what ``TextModel/next(_:sampler:)`` would. In float32 the order of
/// sums differs and depends on the number of streams, so that a close draw may turn out differently; in bfloat16 hidden states
/// are also rounded if the processor multiplies bfloat16.
public final class TextStreams {
    private let model: TextModel
    private let batch: InferenceBatch
    private let streams: [SampledStream]

    /// Creates streams that continue a context, each with a sampler of its own.
    ///
    /// - Throws: ``RunicError`` if the matrix library fails.
    /// - Precondition: there is a sampler, and this model started the context.
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

    /// The number of streams.
    public var count: Int { streams.count }

    /// Restarts a stream from a context.
    public func restart(stream: Int, from context: TextModel.Context, sampler: Sampler) {
        streams[stream].restart(sampler, context.matcher, context.writer)
        batch.set(context.state, stream: stream)
    }

    /// Draws the next symbol of every stream and reads it.
    ///
    /// - Complexity: one step of the model for each stream, with one pass over its weights for all.
    public func next() {
        batch.step { [streams] stream, logits in streams[stream].draw(logits) }
    }

    /// Whether a stream's scores of the next symbol are finite numbers; if not, the model has diverged and what it draws
    /// means nothing.
    public func isFinite(stream: Int) -> Bool { batch.logits(ofStream: stream).array.allSatisfy(\.isFinite) }

    /// The symbol that a stream drew last, as ``TextModel/next(_:sampler:)`` returns it; empty before its first draw.
    public func bytes(ofStream stream: Int) -> [UInt8] {
        let stream = streams[stream]
        return stream.spelled ?? stream.identifier.map { model.vocabulary.bytes(of: $0) } ?? []
    }
}
