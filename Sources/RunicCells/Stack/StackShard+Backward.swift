internal import RunicKernels

/// The factors of the penalties' gradients: 2 α or 2 β divided by the number of elements of the whole batch.
package struct PenaltyFactors: Sendable, Hashable {
    /// Multiplies x, the softmax layer's input.
    package var activation: Float = 0
    /// Multiplies h_t − h_{t−1} of the last layer.
    package var temporal: Float = 0

    package init() {}
}

extension StackShard {
    /// Propagates the gradient of the loss back through the steps of the last forward pass, with the same noise.
    ///
    /// Starts from ``topGradient(time:)`` and leaves the gate gradients in place for ``StackGradient``. The carried
    /// state counts as a constant (truncated back-propagation through time), unless it is a learned initial state.
    ///
    /// - Complexity: as many multiply-adds as the forward pass.
    package func backward(time steps: Int, penalties: PenaltyFactors = PenaltyFactors()) {
        precondition(trains, "a shard made for evaluation cannot run backward")
        if penalties.activation > 0 {
            ElementWise.addScaled(penalties.activation, output(time: steps), to: topGradient(time: steps))
        }
        for index in layers.indices.reversed() {
            clearGradients(index)
            let above = maskAbove(index, steps)
            if index == layers.count - 1 && penalties.temporal > 0 {
                addTemporalPenalty(penalties.temporal, above, steps)
            }
            for number in (0..<tileCount(of: steps)).reversed() {
                let tile = stepRange(ofTile: number, of: steps)
                for step in tile.reversed() { stepBackward(index, step, above) }
                multiplyInputGradient(of: index, tile)
            }
        }
    }

    private func clearGradients(_ index: Int) {
        layers[index].vectorGradient.fill(0)
        layers[index].inputGainGradient.fill(0)
        layers[index].hiddenGainGradient.fill(0)
        layers[index].initialHiddenGradient.fill(0)
        layers[index].initialAuxiliaryGradient.fill(0)
        hiddenGradient.fill(0)
        auxiliaryGradient.fill(0)
        if index == layers.count - 1, let final = finalAuxiliaryGradient { auxiliaryGradient.assign(from: final) }
    }

    /// The gradient of a layer's h from the gradient of its output.
    private func maskAbove(_ index: Int, _ steps: Int) -> Block<Float> {
        let all = outputGradients[index % 2].rows(0..<(steps * rows))
        let keeps = weights.shape.addsInput(index)
        let target = keeps ? maskedOutputGradient.rows(0..<(steps * rows)) : all
        let probability = weights.regularisation.dropout(ofLayer: index, of: layers.count)
        guard let noise, probability > 0 else {
            if keeps { target.assign(from: all) }
            return target
        }
        meter.time(.dropout) {
            let mask = noise.mask(.output, layer: index, probability: probability)
            drop(all, mask, 0..<steps, to: Operand(target))
        }
        return target
    }

    /// The gradient of factor / 2 · Σ (h_t − h_{t−1})² over the steps of the pass.
    private func addTemporalPenalty(_ factor: Float, _ above: Block<Float>, _ steps: Int) {
        guard steps > 1 else { return }
        let hidden = hiddenAfter(layers.count - 1, 0..<(steps * rows))
        let (earlier, later) = (0..<((steps - 1) * rows), rows..<(steps * rows))
        ElementWise.addScaled(factor, Operand(hidden.rows(later)), to: above.rows(later))
        ElementWise.addScaled(-factor, Operand(hidden.rows(earlier)), to: above.rows(later))
        ElementWise.addScaled(factor, Operand(hidden.rows(earlier)), to: above.rows(earlier))
        ElementWise.addScaled(-factor, Operand(hidden.rows(later)), to: above.rows(earlier))
    }

    /// One step of a layer backward: zoneout, projection, cell, late gates, normalisation, then the product with Wh.
    private func stepBackward(_ index: Int, _ step: Int, _ above: Block<Float>) {
        let (shape, range) = (weights.shape, span(step))
        let reaching = splitGradient(index, step, above: above.rows(range))
        let projects = layers[index].unprojected.columns > 0
        if projects { projectBack(index, range, reaching.above, reaching.hidden) }
        let cellStep = backwardStep(
            index, step, above: projects ? unprojectedGradient : reaching.above,
            hidden: projects ? zeroHiddenGradient : reaching.hidden)
        meter.time(.cellsBackward) { shape.cell.backward(cellStep) }
        if shape.lateSize > 0 { stepBackwardEarly(index, cellStep, range) }
        if shape.options.layerNorm { normaliseBack(index, range) }
        if needsGradient(before: step) { multiplyBack(index, range) }
        addKeptGradient()
        probe?(index, step, hiddenGradient, auxiliaryGradient)
        endAtStarts(index, before: step)
    }

    private func backwardStep(_ index: Int, _ step: Int, above: Block<Float>, hidden: Block<Float>) -> BackwardStep {
        let range = span(step)
        let roundsItself = weights.shape.lateSize == 0 && !weights.shape.options.layerNorm
        return BackwardStep(
            above: above,
            hiddenGradient: hidden,
            auxiliaryGradient: auxiliaryGradient,
            hiddenBefore: weights.shape.options.projectionSize == nil
                ? layers[index].hidden.rows(range) : unprojectedGradient,
            auxiliaryBefore: layers[index].auxiliary.rows(range),
            auxiliary: separatesSlots
                ? layers[index].freshAuxiliary.rows(range) : layers[index].auxiliary.rows(span(step + 1)),
            saved: layers[index].saved.rows(range),
            vectors: weights.layers[index].vectors,
            gates: layers[index].gates.rows(range),
            rounded: roundsItself ? layers[index].roundedGates?.rows(range) : nil,
            recurrentGates: layers[index].recurrentGates.rows(range),
            recurrentRounded: roundsItself ? layers[index].roundedRecurrentGates?.rows(range) : nil,
            mixedGradient: mixedGradient,
            vectorGradient: layers[index].vectorGradient,
            scratch: scratch)
    }

    /// From the gradient of the projected h to that of o ⊙ tanh(c).
    private func projectBack(_ index: Int, _ range: Range<Int>, _ above: Block<Float>, _ later: Block<Float>) {
        let whole = layers[index].projectedGradient.rows(range)
        let rounded = layers[index].roundedProjectedGradient?.rows(range)
        ElementWise.sum(Operand(above), later, to: Operand(whole))
        if let rounded { ElementWise.round(whole, to: rounded) }
        meter.time(.recurrentProducts) {
            layers[index].projectionBackward?.run(
                left: layers[index].projectedGradientOperand.rows(range), output: unprojectedGradient)
        }
    }

    /// Propagates the late gates' gradient through their rows of Wh, then through the cell's mixture to the early gates.
    private func stepBackwardEarly(_ index: Int, _ cellStep: BackwardStep, _ range: Range<Int>) {
        let shape = weights.shape
        let (E, G) = (shape.earlySize, shape.gateSize)
        let (gates, late) = (layers[index].gates.rows(range), layers[index].lateGates.rows(range))
        GateKernels.copy(gates.columns(E..<G), to: late, rounded: nil)
        if shape.options.layerNorm { normaliseHiddenBack(index, late, E..<G, range) }
        if let rounded = layers[index].roundedLateGates { ElementWise.round(late, to: rounded.rows(range)) }
        meter.time(.recurrentProducts) {
            layers[index].lateBackward?.run(left: layers[index].lateOperand.rows(range), output: mixedGradient)
        }
        if let mask = recurrentMask(index) {
            ElementWise.dropout(mixedGradient, mask, first: 0, to: Operand(mixedGradient))
        }
        meter.time(.cellsBackward) { shape.cell.backwardEarly(cellStep) }
        GateKernels.copy(layers[index].recurrentGates.rows(range), to: gates.columns(0..<E), rounded: nil)
        guard !shape.options.layerNorm else { return }
        roundGates(index, range)
    }

    /// From the gradients of normalised products to those of the products.
    private func normaliseBack(_ index: Int, _ range: Range<Int>) {
        let shape = weights.shape
        let (gates, recurrent) = (layers[index].gates.rows(range), layers[index].recurrentGates.rows(range))
        meter.time(.cellsBackward) {
            if !shape.cell.separatesRecurrentGradient { recurrent.assign(from: gates) }
            normaliseHiddenBack(index, recurrent, 0..<shape.earlySize, range)
            // A table is normalised once per symbol: see StackGradient.
            if layers[index].normalisedInput.columns > 0 {
                shape.normaliseBackward(
                    gates, gain: weights.layers[index].inputGain,
                    kept: (layers[index].normalisedInput.rows(range), layers[index].inputInverse.rows(range)),
                    to: gates, gainGradient: layers[index].inputGainGradient)
            }
            roundGates(index, range)
        }
    }

    private func normaliseHiddenBack(_ index: Int, _ term: Block<Float>, _ columns: Range<Int>, _ range: Range<Int>) {
        weights.shape.normaliseBackward(
            term, columns: columns, gain: weights.layers[index].hiddenGain,
            kept: (layers[index].normalisedHidden.rows(range), layers[index].hiddenInverse.rows(range)), to: term,
            gainGradient: layers[index].hiddenGainGradient)
    }

    private func roundGates(_ index: Int, _ range: Range<Int>) {
        if let rounded = layers[index].roundedGates {
            ElementWise.round(layers[index].gates.rows(range), to: rounded.rows(range))
        }
        if let rounded = layers[index].roundedRecurrentGates {
            ElementWise.round(layers[index].recurrentGates.rows(range), to: rounded.rows(range))
        }
    }

    /// hiddenGradient = δ · Wh, plus the gradient that passes no matrix.
    private func multiplyBack(_ index: Int, _ range: Range<Int>) {
        let mask = recurrentMask(index)
        let masks = layers[index].maskedHidden != nil
        meter.time(.recurrentProducts) {
            layers[index].hiddenBackward?.run(
                left: layers[index].recurrentOperand.rows(range), output: masks ? maskedGradient : hiddenGradient)
        }
        guard masks else { return }
        if !weights.shape.cell.passesGradientDirectly { hiddenGradient.fill(0) }
        if let mask {
            ElementWise.addDropout(maskedGradient, mask, to: hiddenGradient)
        } else {
            ElementWise.add(maskedGradient, to: hiddenGradient)
        }
    }

    private func multiplyInputGradient(of index: Int, _ tile: Range<Int>) {
        let range = span(tile)
        if let products = layers[index].inputBackward, index > 0 || weights.symbolInput == .gather {
            let target = index == 0 ? embeddingGradient : outputGradients[(index - 1) % 2]
            meter.time(.inputProducts) {
                products[range.count].run(left: layers[index].gateOperand.rows(range), output: target.rows(range))
            }
        }
        if weights.shape.addsInput(index) {
            ElementWise.add(outputGradients[index % 2].rows(range), to: outputGradients[(index - 1) % 2].rows(range))
        }
        let probability = weights.regularisation.embeddingDropout
        if index == 0, weights.symbolInput == .gather, probability > 0, let noise {
            let gradient = embeddingGradient.rows(range)
            drop(
                gradient, noise.mask(.embedding, layer: 0, probability: probability), tile, to: Operand(gradient))
        }
    }
}
