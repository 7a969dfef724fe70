internal import Glibc
internal import RunicCells
internal import RunicKernels

extension ModelParameters {
    /// The parameters of a model whose vocabulary has grown: old symbols keep their ids, new ones follow, and the unknown
    /// symbol, where there is one, moves to the end.
    ///
    /// A new symbol is what the model took for unknown before. Each gets the unknown symbol's rows of embedding and softmax
    /// layer, and all n of them share the unknown symbol's probability with it: their biases and its own are lowered by
    /// log(n + 1), so that every old symbol is as likely as it was, after any text. Where there is no unknown symbol, the n new
    /// ones get the mean rows and the mean bias less log n: together they are at most as likely as the old symbols are on
    /// average, which lose that much.
    ///
    /// - Parameters:
    ///   - base: in float32, whatever it was stored in.
    ///   - vocabularySize: of the grown vocabulary.
    ///   - unknown: the id of the old vocabulary's unknown symbol, which is its last, or nil.
    /// - Throws: ``ModelError`` for a vocabulary that is too large.
    /// - Precondition: the vocabulary is not smaller than the old one.
    /// - Complexity: O(parameters).
    package convenience init(
        growing base: ModelParameters, vocabularySize: Int, unknown: Int?
    ) throws(ModelError) {
        let old = base.configuration.vocabularySize
        precondition(
            vocabularySize >= old && unknown ?? (old - 1) == old - 1, "from \(old) to \(vocabularySize) symbols")
        var configuration = base.configuration
        configuration.vocabularySize = vocabularySize
        try self.init(configuration: configuration)
        let kept = unknown ?? old
        let rows = Rows(kept: kept, unknown: unknown, count: vocabularySize)
        for entry in base.layout.entries {
            let (from, to) = (base.blocks[entry.name], blocks[entry.name])
            switch entry.name {
            case "embedding.weight", "decoder.weight": rows.fill(to, from: from)
            case "decoder.bias":
                let shares = Double(vocabularySize - kept)
                rows.fill(
                    to.reshaped(rows: vocabularySize, columns: 1), from: from.reshaped(rows: old, columns: 1),
                    less: shares > 0 ? Float(log(shares)) : 0)
            default: to.assign(from: from)
            }
        }
    }

    /// How the rows of a grown vocabulary are made of the old ones.
    private struct Rows {
        /// Rows that stay what and where they are.
        let kept: Int
        /// The row that all others are copies of; nil: the mean of those that are kept.
        let unknown: Int?
        let count: Int

        func fill(_ target: Block<Float>, from source: Block<Float>, less: Float = 0) {
            target.rows(0..<kept).assign(from: source.rows(0..<kept))
            for column in 0..<target.columns {
                var value = 0.0
                if let unknown {
                    value = Double(source[unknown, column])
                } else {
                    for row in 0..<kept { value += Double(source[row, column]) / Double(kept) }
                }
                for row in kept..<count { target[row, column] = Float(value) - less }
            }
        }
    }
}
