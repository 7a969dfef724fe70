package import RunicKernels

/// Everything that decides what a training run does, but for the text. Saved in the run folder and in the archive.
public struct TrainingSettings: Sendable, Hashable, Codable {
    /// B, streams of the text read side by side.
    public var batch = 32
    /// T, steps between two updates; the state is carried on.
    public var sequence = 64
    /// Passes over the text; nil: as many as the time allows.
    public var epochs: Int? = 10
    /// Seconds after which training ends, validation included; nil: no limit.
    public var maxSeconds: Double?
    /// The largest learning rate.
    public var learningRate = 3e-3
    /// Updates over which the learning rate rises to its largest.
    public var warmUp = 50
    /// The last learning rate as a share of the largest; between the two it follows a cosine.
    public var finalShare = 0.05
    /// The optimizer's name, `adamw` or `adam`.
    public var optimizer = "adamw"
    /// AdamW's decay of matrices.
    public var weightDecay = 0.01
    /// The largest norm of the gradient.
    public var clipNorm = 1.0
    /// The chance that an output of a layer is dropped, between layers and before the softmax.
    public var dropout = 0.0
    /// Fixes the initial parameters, the dropout masks and the offsets of the epochs.
    public var seed: UInt64 = 1
    /// Shares of the text for training, validation and test, in file order.
    public var split = [0.9, 0.05, 0.05]
    /// `f32` or `bf16`: the element type of products.
    public var precision = "f32"
    /// Worker threads. The result does not depend on it.
    public var threads = 2
    /// Updates between two validations; nil: one epoch, but at least 25 and at most 1,000.
    public var validateEvery: Int?

    public init() {}

    /// Checks every value.
    ///
    /// - Throws: ``TrainingError/option(name:value:allowed:)`` for the first that is out of range.
    public func validate() throws(TrainingError) { try validate(optimizers: OptimizerRegistry()) }

    /// The same with optimizers of one's own.
    package func validate(optimizers: OptimizerRegistry) throws(TrainingError) {
        func check(_ name: String, _ value: some CustomStringConvertible, _ good: Bool, _ allowed: String)
            throws(TrainingError)
        {
            guard good else { throw .option(name: name, value: value.description, allowed: allowed) }
        }
        try check("batch", batch, (1...65_536).contains(batch), "1 to 65536")
        try check("sequence", sequence, (1...65_536).contains(sequence), "1 to 65536")
        if let epochs { try check("epochs", epochs, (1...1_000_000).contains(epochs), "1 to 1000000") }
        if let maxSeconds {
            try check("max-time", maxSeconds, maxSeconds > 0 && maxSeconds.isFinite, "above 0 seconds")
        }
        try check("epochs", "none", epochs != nil || maxSeconds != nil, "a number, or a --max-time")
        try check("learning-rate", learningRate, learningRate > 0 && learningRate <= 10, "above 0, at most 10")
        try check("warm-up", warmUp, (0...1_000_000).contains(warmUp), "0 to 1000000")
        try check("final-share", finalShare, (0...1).contains(finalShare), "0 to 1")
        try check(
            "optimizer", optimizer, optimizers.names.contains(optimizer), optimizers.names.joined(separator: ", "))
        try check("weight-decay", weightDecay, (0...1).contains(weightDecay), "0 to 1")
        try check("clip", clipNorm, clipNorm > 0 && clipNorm.isFinite, "above 0")
        try check("dropout", dropout, dropout >= 0 && dropout < 1, "at least 0, below 1")
        try check(
            "precision", precision, Precision.forTraining.contains { $0.rawValue == precision },
            Precision.forTraining.map(\.rawValue).joined(separator: ", "))
        try check("threads", threads, (1...1_024).contains(threads), "1 to 1024")
        if let validateEvery { try check("validate-every", validateEvery, validateEvery > 0, "above 0") }
        let good =
            split.count == 3 && split.allSatisfy { $0 >= 0 && $0 <= 1 } && abs(split.reduce(0, +) - 1) < 1e-6
            && split[0] > 0
        try check(
            "split", split.map(\.description).joined(separator: ","), good,
            "three shares that add up to 1, such as 0.9,0.05,0.05")
    }

    /// The element type of products.
    package var productPrecision: Precision { Precision(rawValue: precision) ?? .float32 }

    enum CodingKeys: String, CodingKey {
        case batch, sequence, epochs, optimizer, dropout, seed, split, precision, threads
        case maxSeconds = "max_seconds"
        case learningRate = "learning_rate"
        case warmUp = "warm_up"
        case finalShare = "final_share"
        case weightDecay = "weight_decay"
        case clipNorm = "clip_norm"
        case validateEvery = "validate_every"
    }
}
