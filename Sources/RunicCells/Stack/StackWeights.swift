package import RunicKernels

/// How the symbols enter the first layer.
package enum SymbolInput: Sendable, Hashable {
    /// Wx · embedding is made once for every symbol, and each position takes its row: best while the vocabulary is
    /// smaller than the positions of a step.
    case table
    /// Each position's embedding is gathered and multiplied.
    case gather
    /// There are no symbols: the caller fills ``StackShard/givenInput``.
    case given
}

/// The weights of a stack in the form that products read: packed for both directions, and layer 0's table.
///
/// Made once for a parameter buffer; ``refreshTasks`` bring it up to date after the parameters have changed.
package final class StackWeights: Sendable {
    /// Brings one part up to date; the key fixes the masks of dropped weights, nil where none are dropped.
    package typealias RefreshTask = @Sendable (_ key: UInt64?) -> Void

    package let shape: StackShape
    package let library: MatrixLibrary
    package let precision: Precision
    package let symbolInput: SymbolInput
    package let regularisation: Regularisation
    /// (V, D), the parameters themselves; nothing where there are no symbols.
    package let embedding: Block<Float>
    /// Wx_0, (G, D), the parameters themselves.
    let firstInputWeight: Block<Float>
    /// Wx_0 · embedding, normalised where the stack normalises, (V, G); no rows unless the symbol input is `table`.
    package let table: Block<Float>
    /// The table before its gain, and the inverse deviations of its rows, (V, groups), where the stack normalises.
    let normalisedTable: Block<Float>
    let tableInverse: Block<Float>
    let layers: [LayerWeights]
    /// Independent pieces of work, for workers in any order, that copy the parameters into the forms above.
    package let refreshTasks: [RefreshTask]
    private let arena: Arena

    /// - Parameters:
    ///   - parameters: the model's buffer, with the tensors of `shape` and, where there are symbols, `embedding.weight`.
    ///   - trains: whether the way back is needed.
    ///   - rowsHint: about how many rows the products will have.
    ///   - regularisation: what passes with noise will do.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        shape: StackShape, parameters: ParameterBlocks, symbolInput: SymbolInput, precision: Precision,
        library: MatrixLibrary, trains: Bool, rowsHint: Int, regularisation: Regularisation = .none
    ) throws(MatrixError) {
        precondition(precision != .int8, "int8 is for models that are trained: see InferenceBatch")
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

    /// table (V, G) = embedding (V, D) · Wxᵀ, always in float32. One piece: a product into part of the columns would
    /// fall back to oneDNN's reference code.
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
