internal import RunicCells
internal import RunicKernels

/// One step of one state, split by units into chunks for the workers that share it: see ``InferenceModel``.
///
/// A plain value: what it reads has no reference counts, which the workers would all write to.
struct InferenceStep: Sendable {
    private let layers: Block<InferenceWeights.Layer>
    private let decoder: RowMatrix.Reader
    private let decoderBias: Block<Float>
    /// What layer 0 reads: a row of the table, or the symbol's embedding.
    private let tableRow: Block<Float>?
    private let embedding: Block<Float>
    private let layout: InferenceState.Layout
    private let cell: any RecurrentCell
    private let workers: Int
    private let values: Block<Float>
    private let codes: Block<UInt8>
    private let logits: Block<Float>

    init(
        weights: InferenceWeights, layout: InferenceState.Layout, cell: any RecurrentCell, workers: Int, symbol: Int,
        values: Block<Float>, codes: Block<UInt8>, logits: Block<Float>
    ) {
        layers = weights.layers
        decoder = weights.decoder.reader
        decoderBias = weights.decoderBias
        tableRow = weights.table.rows > 0 ? weights.table.rows(symbol..<(symbol + 1)) : nil
        embedding = weights.embedding.rows(symbol..<(symbol + 1))
        self.layout = layout
        self.cell = cell
        self.workers = workers
        self.values = values
        self.codes = codes
        self.logits = logits
    }

    /// The phases of a step of so many layers.
    static func phases(layers: Int) -> Int { layers + 1 }

    func run(_ phase: Int, _ chunk: Int) {
        if phase < layers.columns { advance(phase, chunk) } else { predict(chunk) }
        if phase > 0 { prepare(phase - 1, chunk) }
    }

    /// Wx · x and the cell, for the units of a chunk.
    private func advance(_ index: Int, _ chunk: Int) {
        let layer = layers[0, index]
        let panels = panels(of: layer.hidden, chunk)
        let units = layer.hidden.units(ofPanels: panels)
        guard !units.isEmpty else { return }
        var input = values.columns(layout.inputPart)
        if let matrix = layer.input {
            if index == 0 {
                matrix.multiply(panels: panels, embedding, states: codes, to: input)
            } else {
                matrix.multiply(panels: panels, row(layout.hidden, index - 1), states: states(index - 1), to: input)
            }
        } else if let tableRow {
            input = tableRow
        }
        let (hidden, auxiliary) = (row(layout.hidden, index), row(layout.auxiliary, index))
        cell.forward(
            ForwardStep(
                units: units, input: input, identifiers: nil, hiddenPart: row(layout.hiddenParts, index),
                bias: layer.bias, hiddenBefore: hidden, auxiliaryBefore: auxiliary, gates: row(layout.gates, index),
                saved: values.columns(layout.saved), hidden: hidden, auxiliary: auxiliary, rounded: nil))
        if codes.columns > 0 { ElementWise.quantize(hidden, columns: units, to: states(index)) }
    }

    /// Wh · h for the next step.
    private func prepare(_ index: Int, _ chunk: Int) {
        let matrix = layers[0, index].hidden
        matrix.multiply(
            panels: panels(of: matrix, chunk), row(layout.hidden, index), states: states(index),
            to: row(layout.hiddenParts, index))
    }

    private func predict(_ chunk: Int) {
        let top = layers.columns - 1
        let panels = panels(of: decoder, chunk)
        decoder.multiply(panels: panels, row(layout.hidden, top), states: states(top), to: logits)
        let units = decoder.units(ofPanels: panels)
        ElementWise.add(decoderBias.columns(units), to: logits.columns(units))
    }

    /// One layer's row of a part of the state.
    private func row(_ part: Range<Int>, _ layer: Int) -> Block<Float> {
        let width = part.count / layers.columns
        let start = part.lowerBound + layer * width
        return values.columns(start..<(start + width))
    }

    private func states(_ layer: Int) -> Block<UInt8> { codes.rows(layer..<(layer + 1)) }

    private func panels(of matrix: RowMatrix.Reader, _ chunk: Int) -> Range<Int> {
        (matrix.panels * chunk / workers)..<(matrix.panels * (chunk + 1) / workers)
    }
}
