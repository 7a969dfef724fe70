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
            let above = gradientOfHidden(index, steps)
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

    /// One step of a layer backward: the operations of its plan in reverse.
    private func stepBackward(_ index: Int, _ step: Int, _ above: Block<Float>) {
        let range = span(step)
        // The gradients of the cell's h: from above, and from the next step.
        var reaching = (above: above.rows(range), hidden: hiddenGradient)
        for operation in layers[index].plan.stepsBackward {
            switch operation {
            case .fillState: reaching = splitGradient(index, step, above: reaching.above)
            case .project:
                projectBack(index, range, reaching.above, reaching.hidden)
                reaching = (unprojectedGradient, zeroHiddenGradient)
            case .stepCell:
                let cellStep = backwardStep(index, step, above: reaching.above, hidden: reaching.hidden)
                meter.time(.cellsBackward) { weights.shape.cell.backward(cellStep) }
                takeLateGates(index, range)
            case .normaliseMixture:
                normaliseHiddenBack(
                    index, layers[index].lateGates.rows(range), weights.shape.earlySize..<weights.shape.gateSize, range)
            case .multiplyMixture: multiplyMixtureBack(index, range)
            case .prepareMixture: maskMixtureBack(index)
            case .stepEarly:
                let cellStep = backwardStep(index, step, above: reaching.above, hidden: reaching.hidden)
                meter.time(.cellsBackward) { weights.shape.cell.backwardEarly(cellStep) }
                takeEarlyGates(index, range)
            case .normaliseHidden: normaliseBack(index, range)
            case .multiplyHidden: if needsGradient(before: step) { multiplyBack(index, range) }
            // The masks are a part of the product; the gradient before a step is taken apart below, wherever it begins.
            case .maskHidden, .reset: break
            case .multiplyInput, .normaliseInput, .finishOutput:
                preconditionFailure("\(operation) is not a part of the recurrence")
            }
        }
        addKeptGradient()
        probe?(index, step, hiddenGradient, auxiliaryGradient)
        endAtStarts(index, before: step)
    }

    private func backwardStep(_ index: Int, _ step: Int, above: Block<Float>, hidden: Block<Float>) -> BackwardStep {
        let range = span(step)
        // Otherwise they are not complete, or not the products' gradients yet.
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

    /// Takes the late gates' gradient out of that of all gates.
    private func takeLateGates(_ index: Int, _ range: Range<Int>) {
        let (E, G) = (weights.shape.earlySize, weights.shape.gateSize)
        guard E < G else { return }
        GateKernels.copy(
            layers[index].gates.rows(range).columns(E..<G), to: layers[index].lateGates.rows(range), rounded: nil)
    }

    /// From the late gates' gradient, through their rows of Wh, to that of the mixture.
    private func multiplyMixtureBack(_ index: Int, _ range: Range<Int>) {
        if let rounded = layers[index].roundedLateGates {
            ElementWise.round(layers[index].lateGates.rows(range), to: rounded.rows(range))
        }
        meter.time(.recurrentProducts) {
            layers[index].lateBackward?.run(left: layers[index].lateOperand.rows(range), output: mixedGradient)
        }
    }

    private func maskMixtureBack(_ index: Int) {
        guard let mask = recurrentMask(index) else { return }
        ElementWise.dropout(mixedGradient, mask, first: 0, to: Operand(mixedGradient))
    }

    /// Puts the early gates' gradient into that of all gates.
    private func takeEarlyGates(_ index: Int, _ range: Range<Int>) {
        let early = layers[index].gates.rows(range).columns(0..<weights.shape.earlySize)
        GateKernels.copy(layers[index].recurrentGates.rows(range), to: early, rounded: nil)
        if !weights.shape.options.layerNorm { roundGates(index, range) }
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
            let target = index == 0 ? embeddingGradient : outputs.gradient(of: index - 1)
            meter.time(.inputProducts) {
                products[range.count].run(left: layers[index].gateOperand.rows(range), output: target.rows(range))
            }
        }
        addGradientToInput(of: index, range)
        let probability = weights.regularisation.embeddingDropout
        if index == 0, weights.symbolInput == .gather, probability > 0, let noise {
            let gradient = embeddingGradient.rows(range)
            drop(
                gradient, noise.mask(.embedding, layer: 0, probability: probability), tile, to: Operand(gradient))
        }
    }
}
