package import RunicCells
package import RunicKernels

/// All settings of a training run, except for the text. They are saved in the run folder and in the archive.
public struct TrainingSettings: Sendable, Hashable, Codable {
    /// B, the number of streams of the text that are read in parallel.
    public var batch = 32
    /// T, the number of time steps of an update; the state is carried from update to update.
    public var sequence = 64
    /// Whether the state is reset before every update instead.
    public var forgetsState = false
    /// Whether every update has a random T, as in AWD-LSTM (Merity et al. 2018, arXiv 1708.02182): around ``sequence`` with
    /// probability 0.95, else around half of it. See ``longestSequence``.
    public var randomLengths = false
    /// The number of passes over the text; nil for as many as ``maxSeconds`` allows.
    public var epochs: Int? = 10
    /// Seconds after which training ends, including validation; nil for no limit.
    public var maxSeconds: Double?
    /// The seed of the initial parameters, dropout masks, epoch offsets and random lengths.
    public var seed: UInt64 = 1
    /// The fractions of the text for training, validation and test, in file order.
    public var split = [0.9, 0.05, 0.05]
    /// The number of contiguous streams that are each split into training, validation and test, as in char-rnn's loader; nil
    /// for one stream, so that validation and test are the end of the text.
    public var splitStreams: Int?
    /// The text between two documents; nil if the text is one document. The state is reset before the last symbol of a
    /// separator is read, so that a document begins with that symbol.
    public var documentSeparator: String?
    /// `f32` or `bf16`: the element type of products.
    public var precision = "f32"
    /// The number of worker threads. The result does not depend on it.
    public var threads = 2
    /// The number of updates between two validations; nil for one epoch, but at least 25 and at most 1,000.
    public var validateEvery: Int?
    /// Early stopping: the number of validations in a row without a new best loss after which the run ends; nil for no limit.
    ///
    /// The learning rate does not know of it: a cosine still falls over all of ``epochs``, so a run that ends early never
    /// reaches its small rates. With `plateau`, let it be larger than ``patience``.
    public var earlyStop: Int?

    // MARK: Learning rate

    /// The largest learning rate.
    public var learningRate = 3e-3
    /// Warm-up: the number of updates over which the learning rate rises to its largest, with any schedule.
    public var warmUp = 50
    /// How the learning rate falls: `constant`, `cosine`, `step`, `exponential` or `plateau`.
    public var schedule = "cosine"
    /// Cosine: the last learning rate as a fraction of the largest.
    public var finalShare = 0.05
    /// Step, exponential, plateau: the factor of the learning rate; nil for 0.95 (exponential) or 0.5 (the others).
    public var decayFactor: Double?
    /// Step: the number of epochs between two factors.
    public var decayEpochs = 10
    /// Exponential: the epoch after which the first factor applies; another follows after each further epoch.
    public var decayAfter = 10
    /// The number of validations without improvement before plateau lowers the rate, or before NT-ASGD averages (its n).
    public var patience = 5

    // MARK: Optimizer

    /// The optimizer: `adamw`, `adam`, `sgd`, `rmsprop` or `nt-asgd`.
    public var optimizer = "adamw"
    /// λ, the weight decay of matrices: decoupled in AdamW, an L2 term of the gradient in the others; nil for 0.01 in AdamW
    /// and 0 in the others.
    public var weightDecay: Double?
    /// μ of SGD, NT-ASGD and RMSProp.
    public var momentum = 0.0
    /// β₁ of Adam and AdamW.
    public var beta1 = 0.9
    /// β₂ of Adam and AdamW.
    public var beta2 = 0.999
    /// ε of Adam, AdamW and RMSProp.
    public var epsilon = 1e-8
    /// α of RMSProp, the decay rate of the mean square. char-rnn uses 0.95.
    public var alpha = 0.99
    /// The largest norm of the gradient.
    public var clipNorm = 1.0
    /// The decay of an exponential moving average of the parameters, such as 0.999, which validation and archives then use;
    /// nil for no average.
    public var averageDecay: Double?

    // MARK: Regularisation: dropped elements are 0, kept ones are divided by the probability of being kept

    /// The probability that an element of an embedding is dropped.
    public var embeddingDropout = 0.0
    /// The probability that an output of a layer is dropped, between layers and, by default, before the softmax.
    public var dropout = 0.0
    /// The probability that an output of the last layer is dropped before the softmax; nil for ``dropout``.
    public var outputDropout: Double?
    /// The probability that an element of h is dropped before the recurrent product, with one mask for all steps of a pass.
    public var recurrentDropout = 0.0
    /// Whether dropout of embeddings, layers and outputs uses one mask for all steps of a pass (Gal and Ghahramani 2016, arXiv
    /// 1512.05287).
    public var variational = false
    /// The probability that an element of the recurrent matrices is dropped, one mask per update (Merity et al. 2018).
    public var weightDrop = 0.0
    /// The probability that an element of the hidden state keeps its old value (zoneout, Krueger et al. 2017, arXiv
    /// 1606.01305).
    public var zoneoutHidden = 0.0
    /// The same for the cell state of an LSTM.
    public var zoneoutCell = 0.0
    /// α of a term α · mean(x²) of the loss, x the softmax layer's input.
    public var activationPenalty = 0.0
    /// β of a term β · mean((h_t − h_{t−1})²) of the loss, h the last layer's hidden state before dropout.
    public var temporalPenalty = 0.0
    /// ε of targets (1 − ε) · onehot + ε / V.
    public var labelSmoothing = 0.0

    /// The defaults.
    public init() {}

    /// The element type of products.
    package var productPrecision: Precision { Precision(rawValue: precision) ?? .float32 }

    /// ``weightDecay``, or the optimizer's default.
    package var decay: Double { weightDecay ?? (optimizer == "adamw" ? 0.01 : 0) }

    /// The regularisation of training, except for zoneout, which is part of the model.
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

    /// The largest number of time steps that an update can have.
    package var longestSequence: Int { randomLengths ? RandomLengths.longest(sequence: sequence) : sequence }
}
