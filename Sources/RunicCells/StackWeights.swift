package import RunicKernels

/// How the symbols enter the first layer.
package enum SymbolInput: Sendable, Hashable {
    /// Wx · embedding is made once for every symbol, and each position takes its row: best while the vocabulary is
    /// smaller than the positions of a step.
    case table
    /// Each position's embedding is gathered and multiplied.
    case gather
}

/// The weights of a stack in the form that products read: packed for both directions, and layer 0's table.
///
/// Made once for a parameter buffer; ``refreshTasks`` bring it up to date after the parameters have changed.
package final class StackWeights: Sendable {
    package let shape: StackShape
    package let library: MatrixLibrary
    package let precision: Precision
    package let symbolInput: SymbolInput
    /// (V, D), the parameters themselves.
    package let embedding: Block<Float>
    /// Wx_0, (G, D), the parameters themselves.
    let firstInputWeight: Block<Float>
    /// Wx_0 · embedding, (V, G); no rows unless the symbol input is `table`.
    package let table: Block<Float>
    /// What the steps add, one row of biasCount · H for each layer.
    package let biases: Block<Float>
    /// Whᵀ (H, G) and Wh (G, H) of each layer.
    let hiddenForward: [PackedMatrix]
    let hiddenBackward: [PackedMatrix]
    /// Wxᵀ (D, G) and Wx (G, D); nil for a first layer with a table.
    let inputForward: [PackedMatrix?]
    let inputBackward: [PackedMatrix?]
    /// Independent pieces of work, for workers in any order, that copy the parameters into the forms above.
    package let refreshTasks: [@Sendable () -> Void]
    private let arena = Arena()

    /// - Parameters:
    ///   - parameters: the model's buffer, with the tensors of `shape` and `embedding.weight`.
    ///   - trains: whether the way back is needed.
    ///   - rowsHint: about how many rows the products will have.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        shape: StackShape, parameters: ParameterBlocks, symbolInput: SymbolInput, precision: Precision,
        library: MatrixLibrary, trains: Bool, rowsHint: Int
    ) throws(MatrixError) {
        precondition(precision != .int8, "int8 is for models that are trained: see InferenceBatch")
        let (G, H) = (shape.gateSize, shape.hiddenSize)
        self.shape = shape
        self.library = library
        self.precision = precision
        self.symbolInput = symbolInput
        embedding = parameters["embedding.weight"]
        firstInputWeight = parameters[StackShape.Names(layer: 0).inputWeight]
        table = arena.block(rows: symbolInput == .table ? embedding.rows : 0, columns: G)
        biases = arena.block(rows: shape.layers, columns: shape.cell.biasCount * H)

        var tasks: [@Sendable () -> Void] = []
        func pack(_ source: Block<Float>, transposed: Bool) throws(MatrixError) -> PackedMatrix {
            let packed = try PackedMatrix(
                library: library, rows: source.rows, columns: source.columns, transposed: transposed,
                precision: precision, rowsHint: rowsHint)
            tasks.append { packed.fill(from: source) }
            return packed
        }
        var hiddenForward: [PackedMatrix] = []
        var hiddenBackward: [PackedMatrix] = []
        var inputForward: [PackedMatrix?] = []
        var inputBackward: [PackedMatrix?] = []
        for layer in 0..<shape.layers {
            let names = StackShape.Names(layer: layer)
            let (wx, wh) = (parameters[names.inputWeight], parameters[names.hiddenWeight])
            hiddenForward.append(try pack(wh, transposed: true))
            if trains { hiddenBackward.append(try pack(wh, transposed: false)) }
            if layer == 0 && symbolInput == .table {
                inputForward.append(nil)
                inputBackward.append(nil)
                tasks.append(try Self.tableTask(embedding, wx, table, library))
            } else {
                inputForward.append(try pack(wx, transposed: true))
                inputBackward.append(trains ? try pack(wx, transposed: false) : nil)
            }
            let (cell, bias) = (shape.cell, biases.rows(layer..<(layer + 1)))
            let (inputBias, hiddenBias) = (parameters[names.inputBias], parameters[names.hiddenBias])
            tasks.append { cell.combineBiases(input: inputBias, hidden: hiddenBias, into: bias) }
        }
        self.hiddenForward = hiddenForward
        self.hiddenBackward = hiddenBackward
        self.inputForward = inputForward
        self.inputBackward = inputBackward
        refreshTasks = tasks
    }

    /// table (V, G) = embedding (V, D) · Wxᵀ, always in float32. One piece: a product into part of the columns would
    /// fall back to oneDNN's reference code.
    private static func tableTask(
        _ embedding: Block<Float>, _ weight: Block<Float>, _ table: Block<Float>, _ library: MatrixLibrary
    ) throws(MatrixError) -> @Sendable () -> Void {
        let packed = try PackedMatrix(
            library: library, rows: weight.rows, columns: weight.columns, transposed: true, precision: .float32,
            rowsHint: embedding.rows)
        let product = try MatrixProduct(right: packed, rows: embedding.rows)
        return {
            packed.fill(from: weight)
            product.run(left: Operand(embedding), output: table)
        }
    }
}
