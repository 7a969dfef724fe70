package import RunicKernels

/// Makes the packed weights of each layer, and the tasks that fill them.
struct WeightPacking {
    let shape: StackShape
    let parameters: ParameterBlocks
    let precision: Precision
    let library: MatrixLibrary
    let trains: Bool
    let rowsHint: Int
    /// The probability that a weight of Wh is dropped.
    let weightDrop: Double
    let arena: Arena
    private(set) var tasks: [StackWeights.RefreshTask] = []

    init(
        shape: StackShape, parameters: ParameterBlocks, precision: Precision, library: MatrixLibrary, trains: Bool,
        rowsHint: Int, weightDrop: Double, arena: Arena
    ) {
        self.shape = shape
        self.parameters = parameters
        self.precision = precision
        self.library = library
        self.trains = trains
        self.rowsHint = rowsHint
        self.weightDrop = weightDrop
        self.arena = arena
    }

    /// - Parameter readsTable: whether a table replaces the input product.
    mutating func layer(_ layer: Int, readsTable: Bool) throws(MatrixError) -> LayerWeights {
        let names = StackShape.Names(layer: layer)
        let (E, G) = (shape.earlySize, shape.gateSize)
        let wh = parameters[names.hiddenWeight]
        let hidden = try hiddenPair(wh.rows(0..<E), layer, firstRow: 0)
        let late = shape.lateSize > 0 ? try hiddenPair(wh.rows(E..<G), layer, firstRow: E) : nil
        let input = readsTable ? nil : try pair(parameters[names.inputWeight])
        let projection = shape.options.projectionSize == nil ? nil : try pair(parameters[names.projection])
        let none: Block<Float> = arena.block(rows: 1, columns: 0)
        let (normalises, learns) = (shape.options.layerNorm, shape.options.learnsInitialState)
        return LayerWeights(
            hiddenForward: hidden.forward, hiddenBackward: hidden.backward, lateForward: late?.forward,
            lateBackward: late?.backward, inputForward: input?.forward, inputBackward: input?.backward,
            projectionForward: projection?.forward, projectionBackward: projection?.backward,
            vectors: vectors(names), inputGain: normalises ? parameters[names.inputGain] : none,
            hiddenGain: normalises ? parameters[names.hiddenGain] : none,
            initialHidden: learns ? parameters[names.initialHidden] : none,
            initialAuxiliary: learns && shape.auxiliarySize > 0 ? parameters[names.initialCell] : none)
    }

    private typealias Pair = (forward: PackedMatrix, backward: PackedMatrix?)

    /// A matrix packed for both directions, with a task for each.
    private mutating func pair(_ source: Block<Float>) throws(MatrixError) -> Pair {
        let made = try packed(source)
        tasks.append { _ in made.forward.fill(from: source) }
        if let backward = made.backward { tasks.append { _ in backward.fill(from: source) } }
        return made
    }

    /// Some rows of Wh, whose weights may be dropped.
    private mutating func hiddenPair(_ source: Block<Float>, _ layer: Int, firstRow: Int) throws(MatrixError) -> Pair {
        guard weightDrop > 0 else { return try pair(source) }
        let made = try packed(source)
        let dropped: Block<Float> = arena.block(rows: source.rows, columns: source.columns)
        tasks.append { [weightDrop] key in
            var filling = source
            if let key {
                ElementWise.dropout(
                    source, ShardNoise.weightMask(key: key, layer: layer, probability: weightDrop),
                    first: firstRow * source.columns, to: Operand(dropped))
                filling = dropped
            }
            made.forward.fill(from: filling)
            made.backward?.fill(from: filling)
        }
        return made
    }

    private func packed(_ source: Block<Float>) throws(MatrixError) -> Pair {
        func pack(transposed: Bool) throws(MatrixError) -> PackedMatrix {
            try PackedMatrix(
                library: library, rows: source.rows, columns: source.columns, transposed: transposed,
                precision: precision, rowsHint: rowsHint)
        }
        return (try pack(transposed: true), trains ? try pack(transposed: false) : nil)
    }

    /// The row of combined biases and further vectors, with the task that fills it.
    private mutating func vectors(_ names: StackShape.Names) -> Block<Float> {
        let vectors: Block<Float> = arena.block(rows: 1, columns: shape.vectorSize)
        let sources = shape.vectorSources(parameters, names)
        tasks.append { [shape] _ in shape.combineVectors(sources, into: vectors) }
        return vectors
    }
}

extension StackShape {
    /// The sources of a layer's vectors: both biases, and the cell's further vectors.
    package typealias VectorSources = (input: Block<Float>, hidden: Block<Float>, further: [Block<Float>])

    package func vectorSources(_ parameters: ParameterBlocks, _ names: Names) -> VectorSources {
        (
            parameters[names.inputBias], parameters[names.hiddenBias],
            cell.furtherVectors.map { parameters[names.vector($0)] }
        )
    }

    /// Writes a layer's combined biases, then the cell's further vectors.
    package func combineVectors(_ sources: VectorSources, into vectors: Block<Float>) {
        var end = biasSize
        cell.combineBiases(input: sources.input, hidden: sources.hidden, into: vectors.columns(0..<end))
        for source in sources.further {
            vectors.columns(end..<(end + hiddenSize)).assign(from: source)
            end += hiddenSize
        }
    }

    /// Normalises rows of gates, group by group, in place.
    ///
    /// - Parameters:
    ///   - columns: the gates that the rows hold, as columns of G; nil for all.
    ///   - kept: receives the normalised rows, (rows, G), and inverse deviations, (rows, groups), for the backward pass.
    package func normalise(
        _ rows: Block<Float>, columns: Range<Int>? = nil, gain: Block<Float>,
        kept: (normalised: Block<Float>, inverse: Block<Float>)?
    ) {
        let held = columns ?? 0..<gateSize
        for (index, group) in normalisationGroups.enumerated() where held.contains(group.lowerBound) {
            let own = (group.lowerBound - held.lowerBound)..<(group.upperBound - held.lowerBound)
            LayerNorm.forward(
                rows.columns(own), gain: gain.columns(group),
                kept: kept.map { ($0.normalised.columns(group), $0.inverse.columns(index..<(index + 1))) })
        }
    }

    /// The backward pass of ``normalise(_:columns:gain:kept:)``; `gradient` and `target` may be the same memory.
    func normaliseBackward(
        _ gradient: Block<Float>, columns: Range<Int>? = nil, gain: Block<Float>,
        kept: (normalised: Block<Float>, inverse: Block<Float>), to target: Block<Float>, gainGradient: Block<Float>
    ) {
        let held = columns ?? 0..<gateSize
        for (index, group) in normalisationGroups.enumerated() where held.contains(group.lowerBound) {
            let own = (group.lowerBound - held.lowerBound)..<(group.upperBound - held.lowerBound)
            LayerNorm.backward(
                gradient.columns(own), gain: gain.columns(group), normalised: kept.normalised.columns(group),
                inverse: kept.inverse.columns(index..<(index + 1)), to: target.columns(own),
                gainGradient: gainGradient.columns(group))
        }
    }
}
