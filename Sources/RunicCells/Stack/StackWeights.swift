package import RunicKernels

/// How the symbols enter the first layer.
package enum SymbolInput: Sendable, Hashable {
    /// Wx · embedding is computed once for every symbol, and each position reads a row of that table.
    case table
    /// Each position's embedding is gathered and multiplied.
    case gather
    /// There are no symbols: the caller fills ``StackShard/givenInput``.
    case given

    /// The choice for a batch: a table, if it has no more rows than the batch has positions.
    ///
    /// - Parameters:
    ///   - vocabularySize: V, the rows of a table.
    ///   - positions: B · T.
    ///   - embeddingDropout: above 0, every position masks its own embedding, so positions cannot share rows.
    package static func forBatch(vocabularySize: Int, positions: Int, embeddingDropout: Double) -> SymbolInput {
        vocabularySize <= positions && embeddingDropout == 0 ? .table : .gather
    }

    /// The choice for reading one symbol at a time: a table, if its V · G floats fit.
    package static func forReading(vocabularySize: Int, gateSize: Int, largestTable: Int) -> SymbolInput {
        vocabularySize * gateSize <= largestTable ? .table : .gather
    }
}

/// A stack's weights, packed for products in both directions, and layer 0's table.
///
/// They are made once for a parameter buffer; ``refreshTasks`` bring them up to date after the parameters change.
package final class StackWeights: Sendable {
    /// Brings some of the weights up to date. The key fixes the masks of dropped weights; nil drops none.
    package typealias RefreshTask = @Sendable (_ key: UInt64?) -> Void

    package let shape: StackShape
    package let library: MatrixLibrary
    package let precision: Precision
    package let symbolInput: SymbolInput
    package let regularisation: Regularisation
    /// (V, D), the parameters themselves; empty without symbols.
    package let embedding: Block<Float>
    /// Wx_0, (G, D), the parameters themselves.
    let firstInputWeight: Block<Float>
    /// Wx_0 · embedding, (V, G), normalised in a stack with layer normalisation; no rows unless the symbol input is `table`.
    package let table: Block<Float>
    /// With layer normalisation: the table before its gain, and the inverse deviations of its rows, (V, groups).
    let normalisedTable: Block<Float>
    let tableInverse: Block<Float>
    let layers: [LayerWeights]
    /// Independent tasks that copy the parameters into the forms above.
    package let refreshTasks: [RefreshTask]
    private let arena: Arena

    /// - Parameters:
    ///   - parameters: the model's buffer, with the tensors of `shape` and, for symbols, `embedding.weight`.
    ///   - trains: whether a backward pass is needed.
    ///   - rowsHint: the approximate number of rows of the products.
    ///   - regularisation: applied by passes with noise.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        shape: StackShape, parameters: ParameterBlocks, symbolInput: SymbolInput, precision: Precision,
        library: MatrixLibrary, trains: Bool, rowsHint: Int, regularisation: Regularisation = .none
    ) throws(MatrixError) {
        precondition(precision != .int8, "int8 is for trained models: see InferenceBatch")
        let arena = Arena()
        let G = shape.gateSize
        self.arena = arena
        self.shape = shape
        self.library = library
        self.precision = precision
        self.symbolInput = symbolInput
        self.regularisation = regularisation
        embedding = symbolInput == .given ? arena.block(rows: 0, columns: 0) : parameters["embedding.weight"]
        firstInputWeight = parameters[StackShape.Names(layer: 0).inputWeight]
        let tableRows = symbolInput == .table ? embedding.rows : 0
        let keepsTable = trains && shape.options.layerNorm
        table = arena.block(rows: tableRows, columns: G)
        normalisedTable = arena.block(rows: keepsTable ? tableRows : 0, columns: G)
        tableInverse = arena.block(rows: keepsTable ? tableRows : 0, columns: shape.normalisationGroups.count)

        var packing = WeightPacking(
            shape: shape, parameters: parameters, precision: precision, library: library, trains: trains,
            rowsHint: rowsHint, weightDrop: trains ? regularisation.weightDrop : 0, arena: arena)
        var layers: [LayerWeights] = []
        for layer in 0..<shape.layers {
            layers.append(try packing.layer(layer, readsTable: layer == 0 && symbolInput == .table))
        }
        self.layers = layers
        var tasks = packing.tasks
        if symbolInput == .table {
            tasks.append(
                try Self.tableTask(
                    shape, embedding, firstInputWeight, layers[0].inputGain, library, table,
                    keepsTable ? (normalisedTable, tableInverse) : nil))
        }
        refreshTasks = tasks
    }

    /// table (V, G) = embedding (V, D) · Wxᵀ, always in float32. One task: for a product into some of the columns, oneDNN
    /// would fall back to its reference code.
    private static func tableTask(
        _ shape: StackShape, _ embedding: Block<Float>, _ weight: Block<Float>, _ gain: Block<Float>,
        _ library: MatrixLibrary, _ table: Block<Float>, _ kept: (normalised: Block<Float>, inverse: Block<Float>)?
    ) throws(MatrixError) -> RefreshTask {
        let packed = try PackedMatrix(
            library: library, rows: weight.rows, columns: weight.columns, transposed: true, precision: .float32,
            rowsHint: embedding.rows)
        let product = try MatrixProduct(right: packed, rows: embedding.rows)
        return { _ in
            packed.fill(from: weight)
            product.run(left: Operand(embedding), output: table)
            if shape.options.layerNorm { shape.normalise(table, gain: gain, kept: kept) }
        }
    }
}
