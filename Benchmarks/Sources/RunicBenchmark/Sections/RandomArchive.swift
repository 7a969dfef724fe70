import Runic

/// Archives of untrained models, for measurements that do not depend on the parameters.
enum RandomArchive {
    /// The archive of an LSTM with parameters uniform within ±1/√H and a vocabulary of letters.
    ///
    /// - Throws: `ArchiveError`, or `TextError` if ICU fails.
    static func make(_ configuration: ModelConfiguration) throws -> Archive {
        var manifest = ArchiveManifest()
        try manifest.encode(.model, value: configuration)
        try manifest.encode(.pipeline, value: PipelineDescription())
        let symbols = (0..<configuration.vocabularySize).map { Symbol(String(UnicodeScalar(UInt8(0x21 + $0))).utf8) }
        try manifest.encode(.vocabulary, value: Vocabulary(unit: .grapheme, symbols: symbols, unknown: nil))
        try manifest.encode(.unicode, value: UnicodeInformation())
        var generator = Xoshiro256(seed: 1)
        let bound = 1 / Float(configuration.hiddenSize).squareRoot()
        let tensors = try shapes(of: configuration).map { name, shape in
            let floats = (0..<shape.reduce(1, *)).map { _ in Float.random(in: -bound...bound, using: &generator) }
            return try ArchiveTensor(name: name, shape: shape, floats: floats.span)
        }
        return Archive(metadata: manifest.metadata, tensors: tensors)
    }

    private static func shapes(of configuration: ModelConfiguration) -> [(name: String, shape: [Int])] {
        let (V, D, H) = (configuration.vocabularySize, configuration.embeddingSize, configuration.hiddenSize)
        let G = 4 * H
        var shapes = [("embedding.weight", [V, D])]
        for layer in 0..<configuration.layers {
            shapes += [
                ("rnn.weight_ih_l\(layer)", [G, layer == 0 ? D : H]), ("rnn.weight_hh_l\(layer)", [G, H]),
                ("rnn.bias_ih_l\(layer)", [G]), ("rnn.bias_hh_l\(layer)", [G]),
            ]
        }
        return shapes + [("decoder.weight", [V, H]), ("decoder.bias", [V])]
    }
}
