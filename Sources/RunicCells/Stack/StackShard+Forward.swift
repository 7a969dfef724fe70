package import RunicKernels

extension StackShard {
    /// Runs the rows through `time` steps, starting from the carried state.
    ///
    /// Layer by layer, each as its ``LayerPlan`` says. Within a layer, the input products of a tile of steps are computed
    /// together, then the steps follow:
    ///
    ///     gates_t = cell(Wx · x_t, Wh · h_{t−1})
    ///
    /// - Parameters:
    ///   - identifiers: the symbols, (time · B), row `t · B + b`; not read if the input is given.
    ///   - noise: the masks of training; nil for evaluation.
    /// - Complexity: `time · B · Σ_layers G · (D + P)` multiply-adds; with a table, the first layer has no D term.
    package func forward(time steps: Int, identifiers: Block<Int32>, noise: ShardNoise? = nil) {
        precondition(steps > 0 && steps <= time, "\(steps) steps in a shard of \(time)")
        precondition(
            identifiers.count == steps * rows || weights.symbolInput == .given,
            "\(identifiers.count) symbols for \(steps) steps of \(rows)")
        carryState()
        stepsToCarry = steps
        self.noise = noise
        let symbols = identifiers.reshaped(rows: identifiers.count, columns: 1)
        for index in layers.indices {
            startFresh(index)
            for number in 0..<tileCount(of: steps) {
                let tile = stepRange(ofTile: number, of: steps)
                for operation in layers[index].plan.beforeSteps { runForward(operation, index, tile, symbols) }
                for step in tile { stepForward(index, step, symbols) }
                for operation in layers[index].plan.afterSteps { runForward(operation, index, tile, symbols) }
            }
        }
    }

    /// The input of layer `index` at some rows; layer 0 with a table has none.
    func inputOperand(of index: Int, _ range: Range<Int>) -> Operand {
        if let own = layers[index].input { return own.rows(range) }
        return output(of: index - 1, range)
    }

    /// An operation outside the recurrence, for some steps at once.
    private func runForward(
        _ operation: LayerOperation, _ index: Int, _ tile: Range<Int>, _ symbols: Block<Int32>
    ) {
        switch operation {
        case .multiplyInput: multiplyInput(of: index, tile, symbols)
        case .normaliseInput: normaliseInput(of: index, span(tile))
        case .finishOutput: finishOutput(of: index, tile)
        case .reset, .maskHidden, .multiplyHidden, .normaliseHidden, .stepEarly, .prepareMixture, .multiplyMixture,
            .normaliseMixture, .stepCell, .project, .fillState:
            preconditionFailure("\(operation) is a part of the recurrence")
        }
    }

    private func multiplyInput(of index: Int, _ tile: Range<Int>, _ symbols: Block<Int32>) {
        guard let products = layers[index].inputForward else { return }
        let range = span(tile)
        if layers[index].input != nil { fillInput(tile, symbols) }
        meter.time(.inputProducts) {
            products[range.count].run(
                left: inputOperand(of: index, range), output: layers[index].gates.rows(range))
        }
    }

    private func normaliseInput(of index: Int, _ range: Range<Int>) {
        let keeps = layers[index].normalisedInput.columns > 0
        meter.time(.cellsForward) {
            weights.shape.normalise(
                layers[index].gates.rows(range), gain: weights.layers[index].inputGain,
                kept: keeps
                    ? (layers[index].normalisedInput.rows(range), layers[index].inputInverse.rows(range)) : nil)
        }
    }

    /// Fills the first layer's input for some steps: embeddings, or the caller's input.
    private func fillInput(_ tile: Range<Int>, _ symbols: Block<Int32>) {
        guard let own = layers[0].input else { return }
        let range = span(tile)
        let probability = weights.regularisation.embeddingDropout
        meter.time(.scatter) {
            guard let noise, probability > 0, weights.symbolInput == .gather else {
                if weights.symbolInput == .given {
                    GateKernels.copy(
                        givenInput.rows(range), to: own.rows(range).floats, rounded: own.rows(range).halves)
                } else {
                    ElementWise.gather(weights.embedding, symbols.rows(range), to: own.rows(range))
                }
                return
            }
            ElementWise.gather(weights.embedding, symbols.rows(range), to: Operand(givenInput.rows(range)))
            drop(
                givenInput.rows(range), noise.mask(.embedding, layer: 0, probability: probability), tile,
                to: own.rows(range))
        }
    }

    /// Dropout of some steps: a mask for each step, or with variational dropout one mask for all.
    func drop(_ x: Block<Float>, _ mask: DropoutMask, _ tile: Range<Int>, to y: Operand) {
        if weights.regularisation.variational {
            for step in 0..<tile.count {
                ElementWise.dropout(x.rows(span(step)), mask, first: 0, to: y.rows(span(step)))
            }
        } else {
            ElementWise.dropout(x, mask, first: span(tile).lowerBound * x.columns, to: y)
        }
    }

    /// One step of a layer forward.
    private func stepForward(_ index: Int, _ step: Int, _ symbols: Block<Int32>) {
        let range = span(step)
        // Fields of a layer are read one by one: copying the whole struct would count references at every step.
        for operation in layers[index].plan.steps {
            switch operation {
            case .reset: resetRows(index, before: step)
            case .maskHidden: maskHidden(index, range)
            case .multiplyHidden:
                meter.time(.recurrentProducts) {
                    layers[index].hiddenForward.run(left: recurrentInput(index, range), output: hiddenTerm)
                }
            case .normaliseHidden: normaliseHidden(index, hiddenTerm, 0..<weights.shape.earlySize, range)
            case .stepEarly:
                let cellStep = forwardStep(index, step, symbols)
                meter.time(.cellsForward) { weights.shape.cell.forwardEarly(cellStep) }
            case .prepareMixture: prepareMixture(index, range)
            case .multiplyMixture:
                meter.time(.recurrentProducts) {
                    layers[index].lateForward?.run(left: layers[index].mixedInput.rows(range), output: lateTerm)
                }
            case .normaliseMixture:
                normaliseHidden(index, lateTerm, weights.shape.earlySize..<weights.shape.gateSize, range)
            case .stepCell:
                let cellStep = forwardStep(index, step, symbols)
                meter.time(.cellsForward) { weights.shape.cell.forward(cellStep) }
            case .project: project(index, step)
            case .fillState: fillNextSlot(index, step)
            case .multiplyInput, .normaliseInput, .finishOutput:
                preconditionFailure("\(operation) is not a part of the recurrence")
            }
        }
    }

    private func forwardStep(_ index: Int, _ step: Int, _ symbols: Block<Int32>) -> ForwardStep {
        let usesTable = layers[index].inputForward == nil
        let range = span(step)
        let gates = layers[index].gates.rows(range)
        let projects = layers[index].unprojected.columns > 0
        let target = madeHidden(index, step)
        return ForwardStep(
            units: 0..<weights.shape.hiddenSize,
            input: usesTable ? weights.table : gates,
            identifiers: usesTable ? symbols.rows(range) : nil,
            hiddenTerm: hiddenTerm,
            lateTerm: lateTerm,
            vectors: weights.layers[index].vectors,
            hiddenBefore: layers[index].hidden.rows(range),
            auxiliaryBefore: layers[index].auxiliary.rows(range),
            gates: gates,
            mixed: layers[index].mixed.rows(range),
            saved: layers[index].saved.rows(range),
            hidden: projects ? layers[index].unprojected.rows(range) : target.floats,
            auxiliary: separatesSlots
                ? layers[index].freshAuxiliary.rows(range) : layers[index].auxiliary.rows(span(step + 1)),
            rounded: projects ? layers[index].roundedUnprojected?.rows(range) : target.rounded)
    }

    /// Where a step writes h: the next slot, or a separate block if the slot may differ from it.
    private func madeHidden(_ index: Int, _ step: Int) -> (floats: Block<Float>, rounded: Block<UInt16>?) {
        let range = span(step)
        if !separatesSlots {
            return (layers[index].hidden.rows(span(step + 1)), layers[index].roundedHidden?.rows(span(step + 1)))
        }
        if layers[index].fresh.columns > 0 { return (layers[index].fresh.rows(range), nil) }
        return (layers[index].emitted.rows(range), layers[index].roundedEmitted?.rows(range))
    }

    private func project(_ index: Int, _ step: Int) {
        let target = madeHidden(index, step)
        meter.time(.recurrentProducts) {
            layers[index].projectionForward?.run(
                left: layers[index].unprojectedOperand.rows(span(step)), output: target.floats)
        }
        if let rounded = target.rounded { ElementWise.round(target.floats, to: rounded) }
    }

    /// h_{t−1} in the form that Wh reads.
    func recurrentInput(_ index: Int, _ range: Range<Int>) -> Operand {
        if noise != nil, let masked = layers[index].maskedHidden { return masked.rows(range) }
        return layers[index].hiddenOperand.rows(range)
    }

    /// The mask of h_{t−1} and of the cell's mixture; nil without recurrent dropout.
    func recurrentMask(_ index: Int) -> DropoutMask? {
        let probability = weights.regularisation.recurrentDropout
        return probability > 0 ? noise?.mask(.recurrent, layer: index, probability: probability) : nil
    }

    private func maskHidden(_ index: Int, _ range: Range<Int>) {
        guard let mask = recurrentMask(index), let target = layers[index].maskedHidden else { return }
        meter.time(.dropout) {
            ElementWise.dropout(layers[index].hidden.rows(range), mask, first: 0, to: target.rows(range))
        }
    }

    private func prepareMixture(_ index: Int, _ range: Range<Int>) {
        guard let target = layers[index].mixedOperand?.rows(range) else { return }
        let mixed = layers[index].mixed.rows(range)
        if let mask = recurrentMask(index) {
            ElementWise.dropout(mixed, mask, first: 0, to: target)
        } else {
            GateKernels.copy(mixed, to: target.floats, rounded: target.halves)
        }
    }

    private func normaliseHidden(_ index: Int, _ term: Block<Float>, _ columns: Range<Int>, _ range: Range<Int>) {
        let keeps = layers[index].normalisedHidden.columns > 0
        meter.time(.cellsForward) {
            weights.shape.normalise(
                term, columns: columns, gain: weights.layers[index].hiddenGain,
                kept: keeps
                    ? (layers[index].normalisedHidden.rows(range), layers[index].hiddenInverse.rows(range)) : nil)
        }
    }
}
