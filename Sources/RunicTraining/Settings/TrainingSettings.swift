package import RunicCells
package import RunicKernels

/// Everything that decides what a training run does, but for the text. Saved in the run folder and in the archive.
public struct TrainingSettings: Sendable, Hashable, Codable {
    /// B, streams of the text read side by side.
    public var batch = 32
    /// T, steps between two updates; the state is carried on.
    public var sequence = 64
    /// Whether the state is forgotten before every update instead.
    public var forgetsState = false
    /// Whether every update has a T of its own, as AWD-LSTM's (Merity et al. 2018, arXiv 1708.02182): about ``sequence``
    /// with probability 0.95, else about half of it. See ``longestSequence``.
    public var randomLengths = false
    /// Passes over the text; nil: as many as the time allows.
    public var epochs: Int? = 10
    /// Seconds after which training ends, validation included; nil: no limit.
    public var maxSeconds: Double?
    /// Fixes the initial parameters, the masks of the noise, the offsets of the epochs and random lengths.
    public var seed: UInt64 = 1
    /// Shares of the text for training, validation and test, in file order.
    public var split = [0.9, 0.05, 0.05]
    /// Of how many contiguous streams of the text each gives its own part to training, validation and test, as char-rnn's
    /// loader does; nil: the text is one, so that validation and test are its end.
    public var splitStreams: Int?
    /// What stands between two documents of the text; nil: it is one. Before the last symbol of a separator is read, the
    /// state is reset, so that a document begins with it.
    public var documentSeparator: String?
    /// `f32` or `bf16`: the element type of products.
    public var precision = "f32"
    /// Worker threads. The result does not depend on it.
    public var threads = 2
    /// Updates between two validations; nil: one epoch, but at least 25 and at most 1,000.
    public var validateEvery: Int?

    // The rate.

    /// The largest learning rate.
    public var learningRate = 3e-3
    /// Updates over which the learning rate rises to its largest, whatever the schedule.
    public var warmUp = 50
    /// How the learning rate falls: `constant`, `cosine`, `step`, `exponential` or `plateau`.
    public var schedule = "cosine"
    /// Cosine: the last learning rate as a share of the largest.
    public var finalShare = 0.05
    /// Step, exponential, plateau: what the rate is multiplied with; nil: 0.95 for exponential, 0.5 for the others.
    public var decayFactor: Double?
    /// Step: the epochs between two factors.
    public var decayEpochs = 10
    /// Exponential: the epoch after which the first factor comes; one follows after each further epoch.
    public var decayAfter = 10
    /// Validations without improvement before plateau lowers the rate, or before NT-ASGD averages (its n).
    public var patience = 5

    // The update.

    /// The optimizer: `adamw`, `adam`, `sgd`, `rmsprop` or `nt-asgd`.
    public var optimizer = "adamw"
    /// The decay of matrices: AdamW's, or the λ of an L2 term in the gradient of the others; nil: 0.01 for AdamW, 0 for
    /// the others.
    public var weightDecay: Double?
    /// μ of SGD, NT-ASGD and RMSProp.
    public var momentum = 0.0
    /// β₁ and β₂ of Adam and AdamW.
    public var beta1 = 0.9
    public var beta2 = 0.999
    /// ε of Adam, AdamW and RMSProp.
    public var epsilon = 1e-8
    /// α of RMSProp: how much of the mean square an update keeps. char-rnn's is 0.95.
    public var alpha = 0.99
    /// The largest norm of the gradient.
    public var clipNorm = 1.0
    /// The decay of an exponential moving average of the parameters, such as 0.999: validation and archives then hold the
    /// average. nil: none.
    public var averageDecay: Double?

    // The noise. Dropped elements are 0, kept ones are divided by the chance of being kept.

    /// The chance that an element of an embedding is dropped.
    public var embeddingDropout = 0.0
    /// The chance that an output of a layer is dropped, between layers and, unless ``outputDropout`` says otherwise, before
    /// the softmax.
    public var dropout = 0.0
    /// The chance that an output of the last layer is dropped before the softmax; nil: the same as ``dropout``.
    public var outputDropout: Double?
    /// The chance that an element of the hidden state is dropped where the recurrent matrix reads it; one mask over time.
    public var recurrentDropout = 0.0
    /// Whether embedding, layers and outputs keep one mask over the time of a pass (Gal and Ghahramani 2016, arXiv
    /// 1512.05287).
    public var variational = false
    /// The chance that an element of the recurrent matrices is dropped, one mask an update (Merity et al. 2018).
    public var weightDrop = 0.0
    /// The chance that an element of the hidden state stays as it was (Krueger et al. 2017, arXiv 1606.01305).
    public var zoneoutHidden = 0.0
    /// The same for the cell state of an LSTM.
    public var zoneoutCell = 0.0
    /// α of a term α · mean(x²) of the loss, x what the softmax layer reads.
    public var activationPenalty = 0.0
    /// β of a term β · mean((h_t − h_{t−1})²) of the loss, h the last layer's hidden state before dropout.
    public var temporalPenalty = 0.0
    /// ε of targets (1 − ε) · onehot + ε / V.
    public var labelSmoothing = 0.0

    public init() {}

    /// The element type of products.
    package var productPrecision: Precision { Precision(rawValue: precision) ?? .float32 }

    /// ``weightDecay``, or what the optimizer has without one.
    package var decay: Double { weightDecay ?? (optimizer == "adamw" ? 0.01 : 0) }

    /// What training does against overfitting, but for zoneout, which is part of the model.
    package var regularisation: Regularisation {
        var made = Regularisation()
        made.embeddingDropout = embeddingDropout
        made.layerDropout = dropout
        made.outputDropout = outputDropout ?? dropout
        made.recurrentDropout = recurrentDropout
        made.variational = variational
        made.weightDrop = weightDrop
        made.activationPenalty = activationPenalty
        made.temporalPenalty = temporalPenalty
        made.labelSmoothing = labelSmoothing
        return made
    }

    /// The most steps that an update can have.
    package var longestSequence: Int { randomLengths ? RandomLengths.longest(sequence: sequence) : sequence }
}
