/// Missing keys take their defaults, or nil if optional, so settings saved by earlier versions still load.
extension TrainingSettings {
    public init(from decoder: any Decoder) throws {
        self.init()
        let saved = try decoder.container(keyedBy: CodingKeys.self)
        try saved.read(&batch, .batch)
        try saved.read(&sequence, .sequence)
        try saved.read(&randomLengths, .randomLengths)
        try saved.read(&forgetsState, .forgetsState)
        try saved.read(&epochs, .epochs)
        try saved.read(&maxSeconds, .maxSeconds)
        try saved.read(&seed, .seed)
        try saved.read(&split, .split)
        try saved.read(&splitStreams, .splitStreams)
        try saved.read(&documentSeparator, .documentSeparator)
        try saved.read(&precision, .precision)
        try saved.read(&threads, .threads)
        try saved.read(&validateEvery, .validateEvery)
        try saved.read(&earlyStop, .earlyStop)
        try saved.read(&learningRate, .learningRate)
        try saved.read(&warmUp, .warmUp)
        try saved.read(&schedule, .schedule)
        try saved.read(&finalShare, .finalShare)
        try saved.read(&decayFactor, .decayFactor)
        try saved.read(&decayEpochs, .decayEpochs)
        try saved.read(&decayAfter, .decayAfter)
        try saved.read(&patience, .patience)
        try saved.read(&optimizer, .optimizer)
        try saved.read(&weightDecay, .weightDecay)
        try saved.read(&momentum, .momentum)
        try saved.read(&beta1, .beta1)
        try saved.read(&beta2, .beta2)
        try saved.read(&epsilon, .epsilon)
        try saved.read(&alpha, .alpha)
        try saved.read(&clipNorm, .clipNorm)
        try saved.read(&averageDecay, .averageDecay)
        try saved.read(&embeddingDropout, .embeddingDropout)
        try saved.read(&dropout, .dropout)
        try saved.read(&outputDropout, .outputDropout)
        try saved.read(&recurrentDropout, .recurrentDropout)
        try saved.read(&variational, .variational)
        try saved.read(&weightDrop, .weightDrop)
        try saved.read(&zoneoutHidden, .zoneoutHidden)
        try saved.read(&zoneoutCell, .zoneoutCell)
        try saved.read(&activationPenalty, .activationPenalty)
        try saved.read(&temporalPenalty, .temporalPenalty)
        try saved.read(&labelSmoothing, .labelSmoothing)
    }

    enum CodingKeys: String, CodingKey {
        case batch, sequence, epochs, seed, split, precision, threads, schedule, patience, optimizer, momentum, beta1,
            beta2, epsilon, alpha, dropout, variational
        case randomLengths = "random_lengths"
        case forgetsState = "forgets_state"
        case splitStreams = "split_streams"
        case maxSeconds = "max_seconds"
        case documentSeparator = "document_separator"
        case validateEvery = "validate_every"
        case earlyStop = "early_stop"
        case learningRate = "learning_rate"
        case warmUp = "warm_up"
        case finalShare = "final_share"
        case decayFactor = "decay_factor"
        case decayEpochs = "decay_epochs"
        case decayAfter = "decay_after"
        case weightDecay = "weight_decay"
        case clipNorm = "clip_norm"
        case averageDecay = "ema"
        case embeddingDropout = "embedding_dropout"
        case outputDropout = "output_dropout"
        case recurrentDropout = "recurrent_dropout"
        case weightDrop = "weight_drop"
        case zoneoutHidden = "zoneout_hidden"
        case zoneoutCell = "zoneout_cell"
        case activationPenalty = "activation_penalty"
        case temporalPenalty = "temporal_penalty"
        case labelSmoothing = "label_smoothing"
    }
}

extension KeyedDecodingContainer {
    /// Decodes a value if its key is present.
    fileprivate func read<Value: Decodable>(_ value: inout Value, _ key: Key) throws {
        if let found = try decodeIfPresent(Value.self, forKey: key) { value = found }
    }

    /// Decodes an optional value: nil if its key is missing.
    fileprivate func read<Value: Decodable>(_ value: inout Value?, _ key: Key) throws {
        value = try decodeIfPresent(Value.self, forKey: key)
    }
}
