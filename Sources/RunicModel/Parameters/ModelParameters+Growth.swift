internal import Glibc
internal import RunicCells
internal import RunicKernels

extension ModelParameters {
    /// The parameters of a model whose vocabulary has grown: old symbols keep their ids, new ones follow, and the unknown
    /// symbol, if there is one, moves to the end.
    ///
    /// The model has treated new symbols as unknown so far. Each of the n new symbols gets the unknown symbol's rows of
    /// embedding and softmax layer and an equal fraction of its probability: their biases and its own are lowered by
    /// log(n + 1), so that every old symbol stays as likely as before, after any text. Without an unknown symbol, the n new
    /// symbols get the mean rows and the mean bias minus log n: together they are at most as likely as an old symbol is on
    /// average, and the old symbols lose that much.
    ///
    /// - Parameters:
    ///   - base: the model to grow; the new one has its cell.
    ///   - vocabularySize: the size of the grown vocabulary.
    ///   - unknown: the id of the old vocabulary's unknown symbol, which is its last; nil without one.
    /// - Throws: ``ModelError`` for a vocabulary that is too large.
    /// - Precondition: the vocabulary is at least as large as the old one.
    /// - Complexity: O(parameters).
    package convenience init(
        growing base: ModelParameters, vocabularySize: Int, unknown: Int?
    ) throws(ModelError) {
        let old = base.configuration.vocabularySize
        precondition(
            vocabularySize >= old && unknown ?? (old - 1) == old - 1, "from \(old) to \(vocabularySize) symbols")
        var configuration = base.configuration
        configuration.vocabularySize = vocabularySize
        try self.init(configuration: configuration, shape: base.shape)
        let kept = unknown ?? old
        let rows = Rows(kept: kept, unknown: unknown, count: vocabularySize)
        for entry in base.layout.entries {
            let (from, to) = (base.blocks[entry.name], blocks[entry.name])
            switch entry.name {
            case "embedding.weight", "decoder.weight": rows.fill(to, from: from)
            case "decoder.bias":
                let sharing = Double(vocabularySize - kept)
                rows.fill(
                    to.reshaped(rows: vocabularySize, columns: 1), from: from.reshaped(rows: old, columns: 1),
                    less: sharing > 0 ? Float(log(sharing)) : 0)
            default: to.assign(from: from)
            }
        }
    }

    /// Makes the rows of a grown vocabulary from the old ones.
    private struct Rows {
        /// The number of rows that are copied unchanged.
        let kept: Int
        /// The row that all others copy; nil for the mean of the kept rows.
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
