internal import ArgumentParser
internal import Runic

/// The sizes of a new model.
struct ModelArguments: ParsableArguments {
    @Option(help: "Layers; 2 unless given.")
    var layers: Int?

    @Option(help: "Hidden units of a layer; 256 unless given.")
    var hidden: Int?

    @Option(help: "Width of the embedding; as wide as the hidden layers unless given.")
    var embedding: Int?

    func validate() throws {
        for (name, value, most) in [
            ("hidden", hidden, 16_384), ("embedding", embedding, 16_384), ("layers", layers, 64),
        ] {
            guard let value, !(1...most).contains(value) else { continue }
            throw ValidationError("--\(name) is \(value); it must be 1 to \(most)")
        }
    }

    /// Puts what is given into the options of a run.
    func apply(to options: inout TrainingOptions) {
        options.layers = layers ?? options.layers
        options.hidden = hidden ?? options.hidden
        options.embedding = embedding
    }
}
