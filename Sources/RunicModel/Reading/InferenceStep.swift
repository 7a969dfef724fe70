internal import RunicCells
internal import RunicKernels

/// One step of one state, split by units into tasks for the workers that share it: see ``InferenceModel``.
///
/// The common phases read no reference-counted values, because all workers would write to the counts.
struct InferenceStep: Sendable {
    private let weights: InferenceWeights
    private let layers: Block<InferenceWeights.Layer>
    private let phases: Block<InferencePhase>
    private let decoder: RowMatrix.Reader
    private let decoderBias: Block<Float>
    /// The input of layer 0: a row of the table, or the symbol's embedding.
    private let tableRow: Block<Float>?
    private let embedding: Block<Float>
    private let layout: InferenceState.Layout
    private let cell: any RecurrentCell
    private let options: StackOptions
    private let workers: Int
    private let values: Block<Float>
    private let codes: Block<UInt8>
    private let logits: Block<Float>

    init(
        weights: InferenceWeights, layout: InferenceState.Layout, workers: Int, symbol: Int, values: Block<Float>,
        codes: Block<UInt8>, logits: Block<Float>
    ) {
        self.weights = weights
        layers = weights.layers
        phases = weights.phases
        decoder = weights.decoder.reader
        decoderBias = weights.decoderBias
        tableRow = weights.table.rows > 0 ? weights.table.rows(symbol..<(symbol + 1)) : nil
        embedding = weights.embedding.rows(symbol..<(symbol + 1))
        self.layout = layout
        cell = weights.shape.cell
        options = weights.shape.options
        self.workers = workers
        self.values = values
        self.codes = codes
        self.logits = logits
    }

    func run(_ number: Int, _ task: Int) {
        let phase = phases[0, number]
        switch phase.kind {
        case .stepForward: stepForward(phase, task)
        case .input: _ = multiplyInput(phase.layer, task)
        case .cell: if task == 0 { runCell(phase) }
        case .late: late(phase, task)
        case .lateProduct: _ = multiplyLate(phase.layer, task)
        case .lateCell: if task == 0 { runLateCell(phase) }
        case .project: project(phase, task)
        case .predict: predict(task)
        }
        if phase.prepares >= 0 { prepare(phase.prepares, task) }
    }

    // MARK: Phases

    /// Wx · x and the cell, for the units of a task.
    private func stepForward(_ phase: InferencePhase, _ task: Int) {
        let units = multiplyInput(phase.layer, task)
        guard !units.isEmpty else { return }
        let cellStep = forwardStep(phase.layer, units)
        if layout.lateTerm.isEmpty { cell.forward(cellStep) } else { cell.forwardEarly(cellStep) }
        if phase.completes { complete(phase.layer, units) }
    }

    /// The cell for all units of a row, which depend on each other.
    private func runCell(_ phase: InferencePhase) {
        let (layer, shape) = (layers[0, phase.layer], weights.shape)
        if options.layerNorm {
            shape.normalise(
                row(layout.hiddenTerms, phase.layer), columns: 0..<shape.earlySize, gain: layer.hiddenGain, kept: nil)
            if layer.input != nil {
                shape.normalise(values.columns(layout.inputTerm), gain: layer.inputGain, kept: nil)
            }
        }
        let units = 0..<shape.hiddenSize
        let cellStep = forwardStep(phase.layer, units)
        if layout.lateTerm.isEmpty { cell.forward(cellStep) } else { cell.forwardEarly(cellStep) }
        if phase.completes { complete(phase.layer, units) }
    }

    private func late(_ phase: InferencePhase, _ task: Int) {
        let units = multiplyLate(phase.layer, task)
        guard !units.isEmpty else { return }
        cell.forward(forwardStep(phase.layer, units))
        if phase.completes { complete(phase.layer, units) }
    }

    private func runLateCell(_ phase: InferencePhase) {
        let (layer, shape) = (layers[0, phase.layer], weights.shape)
        if options.layerNorm {
            shape.normalise(
                values.columns(layout.lateTerm), columns: shape.earlySize..<shape.gateSize, gain: layer.hiddenGain,
                kept: nil)
        }
        let units = 0..<shape.hiddenSize
        cell.forward(forwardStep(phase.layer, units))
        if phase.completes { complete(phase.layer, units) }
    }

    private func project(_ phase: InferencePhase, _ task: Int) {
        guard let matrix = layers[0, phase.layer].projection else { return }
        let panels = panels(of: matrix, task)
        matrix.multiply(
            panels: panels, values.columns(layout.unprojected), states: codes, to: madeHidden(phase.layer))
        complete(phase.layer, matrix.units(ofPanels: panels))
    }

    private func predict(_ task: Int) {
        let top = layers.columns - 1
        let panels = panels(of: decoder, task)
        decoder.multiply(panels: panels, output(of: top), states: states(top), to: logits)
        let units = decoder.units(ofPanels: panels)
        ElementWise.add(decoderBias.columns(units), to: logits.columns(units))
    }

    /// Wh · h for the next step.
    private func prepare(_ index: Int, _ task: Int) {
        let matrix = layers[0, index].hidden
        matrix.multiply(
            panels: panels(of: matrix, task), row(layout.hidden, index), states: states(index),
            to: row(layout.hiddenTerms, index))
    }

    // MARK: Computations of the phases

    /// Wx · x for the units of a task.
    private func multiplyInput(_ index: Int, _ task: Int) -> Range<Int> {
        let layer = layers[0, index]
        guard let matrix = layer.input else { return layer.hidden.units(ofPanels: panels(of: layer.hidden, task)) }
        let panels = panels(of: matrix, task)
        if index == 0 {
            matrix.multiply(panels: panels, embedding, states: codes, to: values.columns(layout.inputTerm))
        } else {
            matrix.multiply(
                panels: panels, output(of: index - 1), states: states(index - 1), to: values.columns(layout.inputTerm))
        }
        return matrix.units(ofPanels: panels)
    }

    private func multiplyLate(_ index: Int, _ task: Int) -> Range<Int> {
        guard let matrix = layers[0, index].late else { return 0..<0 }
        let panels = panels(of: matrix, task)
        matrix.multiply(
            panels: panels, values.columns(layout.mixed), states: codes, to: values.columns(layout.lateTerm))
        return matrix.units(ofPanels: panels)
    }

    private func forwardStep(_ index: Int, _ units: Range<Int>) -> ForwardStep {
        let layer = layers[0, index]
        let auxiliary = row(layout.auxiliary, index)
        return ForwardStep(
            units: units, input: layer.input == nil ? tableRow ?? embedding : values.columns(layout.inputTerm),
            identifiers: nil, hiddenTerm: row(layout.hiddenTerms, index), lateTerm: values.columns(layout.lateTerm),
            vectors: layer.vectors, hiddenBefore: row(layout.hidden, index), auxiliaryBefore: auxiliary,
            gates: row(layout.gates, index), mixed: values.columns(layout.mixed), saved: values.columns(layout.saved),
            hidden: layout.unprojected.isEmpty ? madeHidden(index) : values.columns(layout.unprojected),
            auxiliary: layout.freshAuxiliary.isEmpty ? auxiliary : values.columns(layout.freshAuxiliary), rounded: nil)
    }

    /// Where the step writes h: the state, or scratch before zoneout.
    private func madeHidden(_ index: Int) -> Block<Float> {
        layout.fresh.isEmpty ? row(layout.hidden, index) : values.columns(layout.fresh)
    }

    /// Zoneout's expected value, residual connection and the 8-bit form, for some units of h.
    private func complete(_ index: Int, _ units: Range<Int>) {
        guard !units.isEmpty else { return }
        let hidden = row(layout.hidden, index)
        if options.zoneoutHidden > 0 {
            ElementWise.blend(
                before: hidden.columns(units), fresh: values.columns(layout.fresh).columns(units),
                weight: Float(options.zoneoutHidden), to: hidden.columns(units), rounded: nil)
        }
        if options.zoneoutCell > 0 && !layout.freshAuxiliary.isEmpty {
            zoneOutAuxiliary(index, units)
        }
        if !layout.outputs.isEmpty {
            let output = row(layout.outputs, index).columns(units)
            output.assign(from: hidden.columns(units))
            if index > 0 { ElementWise.add(row(layout.outputs, index - 1).columns(units), to: output) }
        }
        if codes.columns > 0 { ElementWise.quantize(hidden, columns: units, to: states(index)) }
    }

    private func zoneOutAuxiliary(_ index: Int, _ units: Range<Int>) {
        let (auxiliary, fresh) = (row(layout.auxiliary, index), values.columns(layout.freshAuxiliary))
        // The projection's units are not the cell's, so the worker with the first units does all of them.
        let projects = !layout.unprojected.isEmpty
        guard !projects || units.lowerBound == 0 else { return }
        let H = weights.shape.hiddenSize
        for state in 0..<cell.auxiliaryCount {
            let own =
                projects
                ? (state * H)..<((state + 1) * H)
                : (state * H + units.lowerBound)..<(state * H + units.upperBound)
            ElementWise.blend(
                before: auxiliary.columns(own), fresh: fresh.columns(own), weight: Float(options.zoneoutCell),
                to: auxiliary.columns(own), rounded: nil)
        }
    }

    /// Sets the state to the learned initial state.
    func setInitialState() {
        for index in 0..<layers.columns {
            let layer = layers[0, index]
            row(layout.hidden, index).assign(from: layer.initialHidden)
            if layer.initialAuxiliary.columns > 0 { row(layout.auxiliary, index).assign(from: layer.initialAuxiliary) }
            if codes.columns > 0 {
                ElementWise.quantize(layer.initialHidden, columns: 0..<layer.initialHidden.columns, to: states(index))
            }
            prepare(index, 0)
        }
    }

    /// One layer's row of a range of the state.
    private func row(_ range: Range<Int>, _ layer: Int) -> Block<Float> {
        let width = range.count / layers.columns
        let start = range.lowerBound + layer * width
        return values.columns(start..<(start + width))
    }

    /// The output of a layer.
    private func output(of layer: Int) -> Block<Float> {
        layout.outputs.isEmpty ? row(layout.hidden, layer) : row(layout.outputs, layer)
    }

    private func states(_ layer: Int) -> Block<UInt8> { codes.rows(layer..<(layer + 1)) }

    private func panels(of matrix: RowMatrix.Reader, _ task: Int) -> Range<Int> {
        (matrix.panels * task / workers)..<(matrix.panels * (task + 1) / workers)
    }
}
