internal import RunicCells
internal import RunicKernels
public import RunicModel
public import RunicTraining

/// How fast training steps run on this machine: whole steps on random symbols, optimizer included.
public struct TrainingSpeed: Sendable, Hashable, Codable {
    /// Seconds of each counted step, in the order of running.
    public let stepSeconds: [Double]
    /// Symbols of one step.
    public let symbolsPerStep: Int
    /// Multiply-adds of one step that the chosen algorithm needs.
    public let multiplyAddsPerStep: Double

    /// The median step's symbols per second.
    public var symbolsPerSecond: Double {
        let sorted = stepSeconds.sorted()
        return sorted.isEmpty ? 0 : Double(symbolsPerStep) / sorted[sorted.count / 2]
    }

    /// Runs steps of a fresh model.
    ///
    /// - Parameters:
    ///   - settings: batch, sequence, precision, threads, dropout and optimizer are used.
    ///   - steps: counted steps, after two that are not.
    /// - Throws: ``RunicError`` for a model or settings that are out of range.
    public static func measure(
        _ configuration: ModelConfiguration, settings: TrainingSettings, steps: Int
    ) throws(RunicError) -> TrainingSpeed {
        var limited = settings
        limited.epochs = 1_000_000
        do {
            try limited.validate()
            let parameters = try ModelParameters(configuration: configuration)
            let rows = settings.batch, length = settings.sequence
            var generator = SplitMix64(seed: 1)
            let text = (0..<(rows * (2 * length + 1))).map { _ in
                UInt16(generator.next() % UInt64(configuration.vocabularySize))
            }
            parameters.initialise(seed: 1)
            let trainer = try Trainer(
                settings: limited, parameters: parameters, split: TextSplit(text, shares: [1, 0, 0]))
            let clock = ContinuousClock()
            var seconds: [Double] = []
            for index in 0..<(max(steps, 1) + 2) {
                let began = clock.now
                trainer.advance()
                let (whole, atto) = (clock.now - began).components
                if index >= 2 { seconds.append(Double(whole) + Double(atto) * 1e-18) }
            }
            return TrainingSpeed(
                stepSeconds: seconds, symbolsPerStep: settings.batch * settings.sequence,
                multiplyAddsPerStep: Double(settings.batch * settings.sequence)
                    * multiplyAddsPerSymbol(parameters, positions: settings.batch * settings.sequence)
            )
        } catch let error as ModelError {
            throw .model(path: nil, error)
        } catch let error as TrainingError {
            throw .training(error)
        } catch {
            throw .other("\(error)")
        }
    }

    /// Forward once and backward twice: all recurrent and input products but the first layer's, which the table replaces.
    private static func multiplyAddsPerSymbol(_ parameters: ModelParameters, positions: Int) -> Double {
        let size = parameters.configuration
        let gates = Double(parameters.shape.gateSize), hidden = Double(size.hiddenSize)
        let usesTable = size.vocabularySize <= positions
        let inputs = Double(size.layers - 1) * hidden + (usesTable ? 0 : Double(size.embeddingSize))
        let table =
            usesTable
            ? Double(size.vocabularySize * size.embeddingSize) * gates / Double(positions) : 0
        return 3 * (gates * (Double(size.layers) * hidden + inputs) + Double(size.vocabularySize) * hidden + table)
    }
}
