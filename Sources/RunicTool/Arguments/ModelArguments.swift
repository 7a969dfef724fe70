internal import ArgumentParser
internal import Runic
internal import RunicModel

/// The sizes of a new model, and the features of its layers.
struct ModelArguments: ParsableArguments {
    @Option(help: "Number of layers. \(Defaults.preset(Defaults.options.layers))")
    var layers: Int?

    @Option(help: "Hidden units per layer. \(Defaults.preset(Defaults.options.hidden))")
    var hidden: Int?

    @Option(help: "Width of the embedding. \(Defaults.preset("--hidden"))")
    var embedding: Int?

    @Option(help: "Width to which an LSTM's hidden state is projected. (default: no projection)")
    var projection: Int?

    @Flag(help: "Residual connections: every layer but the first adds its input to its output.")
    var residual = false

    @Flag(help: "Skip connections: the softmax reads the sum of all layers' hidden states.")
    var skip = false

    @Flag(
        inversion: .prefixedNo,
        help: "Layer normalisation of the products of every step. \(Defaults.preset("none"))")
    var layerNorm: Bool?

    @Flag(help: "Learn the initial state, which starts every epoch and every document.")
    var learnInitialState = false

    @Flag(help: "Cap an LSTM's input gate at 1 − f, f its forget gate; for cells with both.")
    var capInputGate = false

    @Flag(help: "Tie the weights: the softmax layer uses the embedding.")
    var tied = false

    @Option(help: "Chrono initialisation: time scale, in symbols, of the gate biases. (default: none)")
    var remember: Int?

    func validate() throws {
        if let remember, remember < 2 { throw ValidationError("--remember is \(remember); it must be at least 2") }
        for (name, value, allowed) in [
            ("hidden", hidden, ModelConfiguration.widths), ("embedding", embedding, ModelConfiguration.widths),
            ("layers", layers, ModelConfiguration.layerCounts),
        ] {
            try check(name, value, allowed)
        }
    }

    private func check(_ name: String, _ value: Int?, _ allowed: ClosedRange<Int>) throws {
        guard let value, !allowed.contains(value) else { return }
        throw ValidationError("--\(name) is \(value); it must be \(allowed.lowerBound) to \(allowed.upperBound)")
    }

    /// The options that are given.
    var given: [String] {
        let sizes = [
            ("--layers", layers), ("--hidden", hidden), ("--embedding", embedding), ("--projection", projection),
            ("--remember", remember),
        ]
        let flags = [
            ("--residual", residual), ("--skip", skip), ("--layer-norm", layerNorm != nil),
            ("--learn-initial-state", learnInitialState), ("--cap-input-gate", capInputGate), ("--tied", tied),
        ]
        return sizes.filter { $0.1 != nil }.map(\.0) + flags.filter(\.1).map(\.0)
    }

    /// Applies the given arguments to the options of a run.
    ///
    /// - Throws: `ValidationError` for a projection wider than the hidden layers of the run.
    func apply(to options: inout TrainingOptions) throws {
        options.layers = layers ?? options.layers
        options.hidden = hidden ?? options.hidden
        try check("projection", projection, 1...options.hidden)
        // A preset's embedding goes with its own hidden size only.
        options.embedding = embedding ?? (hidden == nil ? options.embedding : nil)
        options.stack.projection = projection
        options.stack.residual = residual
        options.stack.skip = skip
        options.stack.layerNorm = layerNorm ?? options.stack.layerNorm
        options.stack.learnsInitialState = learnInitialState
        options.stack.capsInputGate = capInputGate
        options.stack.tied = tied
        options.rememberedSteps = remember
    }
}
