public import RunicKernels
public import RunicModel
internal import RunicSampling

/// How fast symbols are sampled on this machine: the model's step and the draw, of a freshly initialised model.
public struct SamplingSpeed: Sendable, Hashable, Codable {
    /// Seconds that the counted symbols took.
    public let seconds: Double
    /// Texts that were sampled at once.
    public let streams: Int
    /// Counted symbols of each stream.
    public let symbolsPerStream: Int

    /// Symbols of all streams together in a second.
    public var symbolsPerSecond: Double { seconds > 0 ? Double(streams * symbolsPerStream) / seconds : 0 }

    /// Samples at temperature 0.8 from a model with random parameters; the seeds are fixed.
    ///
    /// - Parameters:
    ///   - precision: the element type of the model's products.
    ///   - streams: texts sampled at once, 1 or more.
    ///   - threads: threads that share the work of a step.
    ///   - symbols: counted symbols of each stream, after a few that are not.
    /// - Throws: ``RunicError`` for a model that is out of range.
    public static func measure(
        _ configuration: ModelConfiguration, precision: Precision, streams: Int, threads: Int, symbols: Int
    ) throws(RunicError) -> SamplingSpeed {
        precondition(streams > 0 && threads > 0, "\(streams) streams on \(threads) threads")
        do {
            let parameters = try ModelParameters(configuration: configuration)
            parameters.initialise(seed: 1)
            let model = try InferenceModel(parameters: parameters)
            var states = (0..<streams).map { _ in model.start() }
            var sampler = try Sampler(
                settings: SamplerSettings(temperature: 0.8, seed: 1), vocabularySize: configuration.vocabularySize)
            let counted = max(symbols, 1)
            advance(&states, of: model, sampler: &sampler, symbols: min(counted, 16))
            let clock = ContinuousClock()
            let began = clock.now
            advance(&states, of: model, sampler: &sampler, symbols: counted)
            let (whole, atto) = (clock.now - began).components
            return SamplingSpeed(
                seconds: Double(whole) + Double(atto) * 1e-18, streams: streams, symbolsPerStream: counted)
        } catch let error as ModelError {
            throw .model(path: nil, error)
        } catch {
            throw .other("\(error)")
        }
    }

    private static func advance(
        _ states: inout [InferenceState], of model: InferenceModel, sampler: inout Sampler, symbols: Int
    ) {
        for _ in 0..<symbols {
            for stream in states.indices {
                model.read(sampler.draw(from: states[stream].logits), into: &states[stream])
            }
        }
    }
}
