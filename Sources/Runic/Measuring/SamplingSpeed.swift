public import RunicKernels
public import RunicModel
internal import RunicSampling
internal import RunicTraining
internal import RunicSymbols

/// Speed of sampling on this machine: step and draw of a freshly initialised model.
public struct SamplingSpeed: Sendable, Hashable, Codable {
    /// Seconds for the counted symbols.
    public let seconds: Double
    /// Texts sampled in parallel.
    public let streams: Int
    /// Counted symbols of each stream.
    public let symbolsPerStream: Int

    /// Symbols per second of all streams together.
    public var symbolsPerSecond: Double { seconds > 0 ? Double(streams * symbolsPerStream) / seconds : 0 }

    /// Samples at temperature 0.8 from a model with random parameters; the seeds are fixed.
    ///
    /// - Parameters:
    ///   - configuration: the model.
    ///   - precision: the element type of the model's products.
    ///   - streams: texts sampled in parallel, 1 or more.
    ///   - threads: threads that share the work of a step.
    ///   - symbols: counted symbols of each stream, after a few uncounted ones.
    /// - Throws: ``RunicError`` for a model out of range.
    public static func measure(
        _ configuration: ModelConfiguration, precision: Precision, streams: Int, threads: Int, symbols: Int
    ) throws(RunicError) -> SamplingSpeed {
        precondition(streams > 0 && threads > 0, "\(streams) streams on \(threads) threads")
        do {
            let parameters = try ModelParameters(configuration: configuration)
            parameters.initialise(seed: 1)
            let model = try InferenceModel(
                parameters: parameters.rounded(to: precision), precision: precision, threads: threads)
            let sampler = try Sampler(
                settings: SamplerSettings(temperature: 0.8, seed: 1), vocabularySize: configuration.vocabularySize)
            let advance = try streams == 1 ? one(model, sampler) : many(model, sampler, streams, threads)
            let counted = max(symbols, 1)
            advance(min(counted, 16))
            let clock = ContinuousClock()
            let began = clock.now
            advance(counted)
            let (whole, atto) = (clock.now - began).components
            return SamplingSpeed(
                seconds: Double(whole) + Double(atto) * 1e-18, streams: streams, symbolsPerStream: counted)
        } catch {
            throw RunicError(wrapping: error)
        }
    }

    /// A closure that draws and reads a number of symbols of one stream.
    private static func one(_ model: InferenceModel, _ sampler: Sampler) -> (Int) -> Void {
        var (state, sampler) = (model.start(), sampler)
        return { symbols in
            for _ in 0..<symbols { model.read(sampler.draw(from: state.logits), into: &state) }
        }
    }

    /// A closure that draws and reads a number of symbols of each of several streams.
    private static func many(
        _ model: InferenceModel, _ sampler: Sampler, _ count: Int, _ threads: Int
    ) throws -> (Int) -> Void {
        let batch = try InferenceBatch(model: model, streams: count, threads: threads)
        let streams = (0..<count).map { index in
            var own = sampler
            own.generator = Xoshiro256(seed: UInt64(index))
            return SampledStream(own, SeparatorMatcher([]), CharacterWriter())
        }
        for stream in 0..<count { batch.set(model.start(), stream: stream) }
        return { symbols in
            for _ in 0..<symbols { batch.step { streams[$0].draw($1) } }
        }
    }
}
