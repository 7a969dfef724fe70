internal import RunicCells
internal import RunicKernels

/// One step of one state, split by units into tasks for the workers that share it: see ``InferenceModel``.
///
/// The common phases read no reference-counted values, because all workers would write to the counts.
struct InferenceStep: Sendable {
    private let weights: InferenceWeights
    private let layers: Block<InferenceWeights.Layer>
    private let phases: Block<InferencePhase>
    private let operations: Block<LayerOperation>
    private let decoder: RowMatrix.Reader
    private let decoderBias: Block<Float>
    /// The input of layer 0: a row of the table, or the symbol's embedding.
    private let tableRow: Block<Float>?
    private let embedding: Block<Float>
    private let layout: InferenceState.Layout
    private let cell: any RecurrentCell
    private let options: LayerOptions
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
        operations = weights.operations
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
        switch phase.work {
        case .shared: run(phase, task, units: layers[0, phase.layer].hidden.units(ofPanels: hiddenPanels(phase, task)))
        case .alone: if task == 0 { run(phase, task, units: 0..<weights.shape.hiddenSize) }
        case .predict: predict(task)
        }
        if phase.prepares >= 0 { prepare(phase.prepares, task) }
    }

    private func hiddenPanels(_ phase: InferencePhase, _ task: Int) -> Range<Int> {
        panels(of: layers[0, phase.layer].hidden, task)
    }

    /// Runs the operations of a phase, for some units; a product decides which units follow it.
    private func run(_ phase: InferencePhase, _ task: Int, units first: Range<Int>) {
        var units = first
        for place in phase.first..<(phase.first + phase.count) {
            switch operations[0, place] {
            case .multiplyInput: units = multiplyInput(phase.layer, task)
            case .normaliseInput: normaliseInput(phase.layer)
            case .normaliseHidden:
                normalise(row(layout.hiddenTerms, phase.layer), 0..<weights.shape.earlySize, phase.layer)
            case .stepEarly: if !units.isEmpty { cell.forwardEarly(forwardStep(phase.layer, units)) }
            case .multiplyMixture: units = multiplyMixture(phase.layer, task)
            case .normaliseMixture:
                normalise(
                    values.columns(layout.lateTerm), weights.shape.earlySize..<weights.shape.gateSize, phase.layer)
            case .stepCell: if !units.isEmpty { cell.forward(forwardStep(phase.layer, units)) }
            case .project: units = project(phase.layer, task)
            case .fillState: fillState(phase.layer, units)
            case .finishOutput: finishOutput(phase.layer, units)
            case .reset, .maskHidden, .multiplyHidden, .prepareMixture:
                preconditionFailure("\(operations[0, place]) is not a part of a phase")
            }
        }
    }

    // MARK: Operations

    private func predict(_ task: Int) {
        let top = layers.columns - 1
        let panels = panels(of: decoder, task)
        decoder.multiply(
            panels: panels, layout.sum.isEmpty ? output(of: top) : values.columns(layout.sum), states: states(top),
            to: logits)
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

    private func multiplyMixture(_ index: Int, _ task: Int) -> Range<Int> {
        guard let matrix = layers[0, index].late else { return 0..<0 }
        let panels = panels(of: matrix, task)
        matrix.multiply(
            panels: panels, values.columns(layout.mixed), states: codes, to: values.columns(layout.lateTerm))
        return matrix.units(ofPanels: panels)
    }

    private func project(_ index: Int, _ task: Int) -> Range<Int> {
        guard let matrix = layers[0, index].projection else { return 0..<0 }
        let panels = panels(of: matrix, task)
        matrix.multiply(panels: panels, values.columns(layout.unprojected), states: codes, to: madeHidden(index))
        return matrix.units(ofPanels: panels)
    }

    private func normaliseInput(_ index: Int) {
        weights.shape.normalise(values.columns(layout.inputTerm), gain: layers[0, index].inputGain, kept: nil)
    }

    private func normalise(_ term: Block<Float>, _ columns: Range<Int>, _ index: Int) {
        weights.shape.normalise(term, columns: columns, gain: layers[0, index].hiddenGain, kept: nil)
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

    /// Zoneout's expected value, for some units of h.
    private func fillState(_ index: Int, _ units: Range<Int>) {
        guard !units.isEmpty else { return }
        if !layout.fresh.isEmpty {
            let hidden = row(layout.hidden, index).columns(units)
            ElementWise.blend(
                before: hidden, fresh: values.columns(layout.fresh).columns(units),
                weight: Float(options.zoneoutHidden), to: hidden, rounded: nil)
        }
        if !layout.freshAuxiliary.isEmpty { zoneOutAuxiliary(index, units) }
    }

    /// What other layers and the softmax read, and the 8-bit form, for some units of h.
    private func finishOutput(_ index: Int, _ units: Range<Int>) {
        guard !units.isEmpty else { return }
        let hidden = row(layout.hidden, index)
        if !layout.outputs.isEmpty {
            let output = row(layout.outputs, index).columns(units)
            output.assign(from: hidden.columns(units))
            if index > 0 { ElementWise.add(row(layout.outputs, index - 1).columns(units), to: output) }
        }
        if !layout.sum.isEmpty {
            let sum = values.columns(layout.sum).columns(units)
            if index == 0 {
                sum.assign(from: hidden.columns(units))
            } else {
                ElementWise.add(hidden.columns(units), to: sum)
            }
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
