internal import ArgumentParser
internal import Runic

/// The sizes of a new model, and what its layers have beside their cells.
struct ModelArguments: ParsableArguments {
    @Option(help: "Layers; 2 unless given.")
    var layers: Int?

    @Option(help: "Hidden units of a layer; 256 unless given.")
    var hidden: Int?

    @Option(help: "Width of the embedding; as wide as the hidden layers unless given.")
    var embedding: Int?

    @Option(help: "Width that an LSTM's hidden state is projected to.")
    var projection: Int?

    @Flag(help: "Every layer but the first adds what it reads to what it gives.")
    var residual = false

    @Flag(inversion: .prefixedNo, help: "Normalise the products of every step (layer normalisation), or do not.")
    var layerNorm: Bool?

    @Flag(help: "Learn the state before any text; it is read at the start of an epoch and of every document.")
    var learnInitialState = false

    @Flag(help: "Use the embedding as the softmax's weights.")
    var tied = false

    @Option(help: "Symbols that the gates' first biases are to remember.")
    var remember: Int?

    func validate() throws {
        if let remember, remember < 2 { throw ValidationError("--remember is \(remember); it must be at least 2") }
        for (name, value, most) in [
            ("hidden", hidden, ModelConfiguration.widths.upperBound),
            ("embedding", embedding, ModelConfiguration.widths.upperBound),
            ("layers", layers, ModelConfiguration.layerCounts.upperBound),
            ("projection", projection, hidden ?? 256),
        ] {
            guard let value, !(1...most).contains(value) else { continue }
            throw ValidationError("--\(name) is \(value); it must be 1 to \(most)")
        }
    }

    /// The options that are given.
    var given: [String] {
        let sizes = [
            ("--layers", layers), ("--hidden", hidden), ("--embedding", embedding), ("--projection", projection),
            ("--remember", remember),
        ]
        let flags = [
            ("--residual", residual), ("--layer-norm", layerNorm != nil), ("--learn-initial-state", learnInitialState),
            ("--tied", tied),
        ]
        return sizes.filter { $0.1 != nil }.map(\.0) + flags.filter(\.1).map(\.0)
    }

    /// Puts what is given into the options of a run.
    func apply(to options: inout TrainingOptions) {
        options.layers = layers ?? options.layers
        options.hidden = hidden ?? options.hidden
        // A width that goes with a preset's hidden layers does not go with others.
        options.embedding = embedding ?? (hidden == nil ? options.embedding : nil)
        options.stack.projection = projection
        options.stack.residual = residual
        options.stack.layerNorm = layerNorm ?? options.stack.layerNorm
        options.stack.learnsInitialState = learnInitialState
        options.stack.tied = tied
        options.rememberedSteps = remember
    }
}
