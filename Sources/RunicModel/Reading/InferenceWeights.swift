internal import RunicCells
internal import RunicKernels

/// A model's weights laid out for reading one symbol at a time.
final class InferenceWeights: Sendable {
    /// The weights of a layer, as a plain value that is valid while the weights live.
    struct Layer: BitwiseCopyable {
        /// Wh of the early gates and of the late gates.
        let hidden: RowMatrix.Reader
        let late: RowMatrix.Reader?
        /// Wx, (G, D); nil for a first layer with a table.
        let input: RowMatrix.Reader?
        /// W_hr, (P, H).
        let projection: RowMatrix.Reader?
        /// The combined biases, then the cell's further vectors.
        let vectors: Block<Float>
        /// Gains and initial state, the parameters themselves; no columns if the model has none.
        let inputGain, hiddenGain, initialHidden, initialAuxiliary: Block<Float>
    }

    let shape: StackShape
    /// Identifies the states that these weights make.
    let origin = InferenceState.Origin()
    /// One column for each phase of a step, and for each operation of a phase.
    let phases: Block<InferencePhase>
    let operations: Block<LayerOperation>
    /// One column for each layer.
    let layers: Block<Layer>
    private let matrices: [RowMatrix]
    let decoder: RowMatrix
    let decoderBias: Block<Float>
    /// Wx_0 · embedding, (V, G), normalised in a stack with layer normalisation; no rows if it would be too large.
    let table: Block<Float>
    /// (V, D), read if there is no table.
    let embedding: Block<Float>
    private let arena = Arena()
    // Owns the embedding, the decoder's bias, gains and initial states, which are read in place.
    private let parameters: ModelParameters

    /// - Parameters:
    ///   - parameters: already rounded to the precision.
    ///   - largestTable: the largest size of a table, in floats.
    /// - Throws: ``ModelError/matrix(_:)``.
    init(parameters: ModelParameters, precision: Precision, largestTable: Int) throws(ModelError) {
        self.parameters = parameters
        let (shape, blocks) = (parameters.shape, parameters.blocks)
        self.shape = shape
        let V = parameters.configuration.vocabularySize
        let usesTable =
            SymbolInput.forReading(vocabularySize: V, gateSize: shape.gateSize, largestTable: largestTable) == .table
        embedding = blocks["embedding.weight"]
        decoderBias = blocks["decoder.bias"]
        decoder = RowMatrix(
            parameters.decoderWeight, precision: Self.precision(precision, reading: shape.boundsSoftmaxInput))
        let vectors: Block<Float> = arena.block(rows: shape.layers, columns: shape.vectorSize)
        table = arena.block(rows: usesTable ? V : 0, columns: shape.gateSize)
        layers = arena.block(rows: 1, columns: shape.layers)
        let plan = InferencePlan(shape, readsTable: usesTable)
        phases = arena.block(rows: 1, columns: plan.phases.count)
        phases.assign(from: plan.phases)
        operations = arena.block(rows: 1, columns: plan.operations.count)
        operations.assign(from: plan.operations)
        var packing = RowPacking(shape: shape, blocks: blocks, precision: precision, arena: arena)
        for layer in 0..<shape.layers {
            layers[0, layer] = packing.layer(
                layer, readsTable: layer == 0 && usesTable, vectors: vectors.rows(layer..<(layer + 1)))
        }
        matrices = packing.matrices
        guard usesTable else { return }
        let weight = blocks[StackShape.Names(layer: 0).inputWeight]
        do {
            let packed = try PackedMatrix(
                library: try MatrixLibrary(), rows: weight.rows, columns: weight.columns, transposed: true,
                precision: .float32, rowsHint: V)
            packed.fill(from: weight)
            try MatrixProduct(right: packed, rows: V).run(left: Operand(embedding), output: table)
        } catch {
            throw .matrix(error.description)
        }
        if shape.options.layerNorm { shape.normalise(table, gain: layers[0, 0].inputGain, kept: nil) }
    }

    /// The precision of a matrix: unbounded inputs have no 8-bit form, so their matrices stay float32 in int8.
    static func precision(_ precision: Precision, reading isBounded: Bool) -> Precision {
        precision == .int8 && !isBounded ? .float32 : precision
    }

    /// The bytes of weights read per symbol.
    var bytesPerSymbol: Int { matrices.reduce(decoder.byteCount) { $0 + $1.byteCount } }
}

/// Lays out the matrices of each layer.
private struct RowPacking {
    let shape: StackShape
    let blocks: ParameterBlocks
    let precision: Precision
    let arena: Arena
    private(set) var matrices: [RowMatrix] = []

    init(shape: StackShape, blocks: ParameterBlocks, precision: Precision, arena: Arena) {
        self.shape = shape
        self.blocks = blocks
        self.precision = precision
        self.arena = arena
    }

    private mutating func layOut(_ source: Block<Float>, groups: Int, bounded: Bool) -> RowMatrix.Reader {
        let matrix = RowMatrix(
            source, groups: groups, precision: InferenceWeights.precision(precision, reading: bounded))
        matrices.append(matrix)
        return matrix.reader
    }

    mutating func layer(_ layer: Int, readsTable: Bool, vectors: Block<Float>) -> InferenceWeights.Layer {
        let names = StackShape.Names(layer: layer)
        let (cell, options, E, G) = (shape.cell, shape.options, shape.earlySize, shape.gateSize)
        let wh = blocks[names.hiddenWeight]
        shape.combineVectors(shape.vectorSources(blocks, names), into: vectors)
        let none: Block<Float> = arena.block(rows: 1, columns: 0)
        return InferenceWeights.Layer(
            hidden: layOut(wh.rows(0..<E), groups: cell.earlyGateCount, bounded: shape.boundsHidden),
            // A mixture has no 8-bit form.
            late: shape.lateSize > 0
                ? layOut(wh.rows(E..<G), groups: cell.lateGateCount, bounded: false) : nil,
            input: readsTable
                ? nil
                : layOut(
                    blocks[names.inputWeight], groups: cell.gateCount,
                    bounded: shape.boundsInput(ofLayer: layer)),
            projection: options.projectionSize == nil
                ? nil : layOut(blocks[names.projection], groups: 1, bounded: false),
            vectors: vectors, inputGain: options.layerNorm ? blocks[names.inputGain] : none,
            hiddenGain: options.layerNorm ? blocks[names.hiddenGain] : none,
            initialHidden: options.learnsInitialState ? blocks[names.initialHidden] : none,
            initialAuxiliary: options.learnsInitialState && shape.auxiliarySize > 0
                ? blocks[names.initialCell] : none)
    }
}
