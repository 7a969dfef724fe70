internal import RunicKernels

/// What happens between a step and the next: zoneout, and resets where a document begins.
extension StackShard {
    /// Sets fresh rows to the initial state, which may have been trained since.
    func startFresh(_ index: Int) {
        guard weights.shape.options.learnsInitialState else { return }
        for row in 0..<rows where isFresh[row] { setInitial(index, row, step: 0) }
    }

    /// Resets the rows in which a document begins at a step.
    func resetRows(_ index: Int, before step: Int) {
        for row in 0..<rows where resets[step * rows + row, 0] != 0 { setInitial(index, row, step: step) }
    }

    /// Sets one row's slot before a step to the initial state.
    private func setInitial(_ index: Int, _ row: Int, step: Int) {
        let place = (step * rows + row)..<(step * rows + row + 1)
        let (own, hidden) = (weights.layers[index], layers[index].hidden.rows(place))
        let auxiliary = layers[index].auxiliary.rows(place)
        if own.initialHidden.columns > 0 { hidden.assign(from: own.initialHidden) } else { hidden.fill(0) }
        if own.initialAuxiliary.columns > 0 { auxiliary.assign(from: own.initialAuxiliary) } else { auxiliary.fill(0) }
        if let rounded = layers[index].roundedHidden { ElementWise.round(hidden, to: rounded.rows(place)) }
    }

    /// Whether a row has the initial state before a step.
    private func starts(_ row: Int, at step: Int) -> Bool {
        (step == 0 && isFresh[row]) || (resets.rows > 0 && resets[step * rows + row, 0] != 0)
    }

    /// Fills the slot after a step from the step's result.
    func fillNextSlot(_ index: Int, _ step: Int) {
        let (layer, range, next) = (layers[index], span(step), span(step + 1))
        let (emitted, auxiliary) = (layer.emitted.rows(range), layer.auxiliary.rows(next))
        let options = weights.shape.options
        meter.time(.dropout) {
            if layer.fresh.columns > 0 {
                zoneOut(
                    before: layer.hidden.rows(range), fresh: layer.fresh.rows(range), .zoneoutHidden,
                    options.zoneoutHidden, index, step, to: emitted, rounded: layer.roundedEmitted?.rows(range))
            }
            layer.hidden.rows(next).assign(from: emitted)
            if let rounded = layer.roundedEmitted { layer.roundedHidden?.rows(next).assign(from: rounded.rows(range)) }
            guard auxiliary.columns > 0 else { return }
            if options.zoneoutCell > 0 {
                zoneOut(
                    before: layer.auxiliary.rows(range), fresh: layer.freshAuxiliary.rows(range), .zoneoutCell,
                    options.zoneoutCell, index, step, to: auxiliary, rounded: nil)
            } else {
                auxiliary.assign(from: layer.freshAuxiliary.rows(range))
            }
        }
    }

    private func zoneOut(
        before: Block<Float>, fresh: Block<Float>, _ purpose: ShardNoise.Purpose, _ probability: Double, _ index: Int,
        _ step: Int, to y: Block<Float>, rounded: Block<UInt16>?
    ) {
        if let noise {
            ElementWise.zoneOut(
                before: before, fresh: fresh, noise.mask(purpose, layer: index, probability: probability),
                first: step * y.count, to: y, rounded: rounded)
        } else {
            ElementWise.blend(before: before, fresh: fresh, weight: Float(probability), to: y, rounded: rounded)
        }
    }

    /// Splits the gradient of the state after a step between the step's result and the old state that zoneout kept.
    ///
    /// - Returns: the cell's gradients of h: from above, and from the next step.
    func splitGradient(_ index: Int, _ step: Int, above: Block<Float>) -> (above: Block<Float>, hidden: Block<Float>) {
        let options = weights.shape.options
        if options.zoneoutCell > 0 && auxiliaryGradient.columns > 0 {
            splitGradient(
                auxiliaryGradient, .zoneoutCell, options.zoneoutCell, index, step, before: zonedAuxiliary,
                fresh: auxiliaryGradient)
        }
        guard options.zoneoutHidden > 0 else { return (above, hiddenGradient) }
        ElementWise.add(above, to: hiddenGradient)
        splitGradient(
            hiddenGradient, .zoneoutHidden, options.zoneoutHidden, index, step, before: zoned, fresh: freshGradient)
        hiddenGradient.fill(0)
        return (freshGradient, hiddenGradient)
    }

    private func splitGradient(
        _ gradient: Block<Float>, _ purpose: ShardNoise.Purpose, _ probability: Double, _ index: Int, _ step: Int,
        before: Block<Float>, fresh: Block<Float>
    ) {
        if let noise {
            ElementWise.zoneOutBackward(
                gradient, noise.mask(purpose, layer: index, probability: probability), first: step * gradient.count,
                before: before, fresh: fresh)
        } else {
            before.fill(0)
            ElementWise.addScaled(Float(probability), Operand(gradient), to: before)
            ElementWise.blend(before: before, fresh: gradient, weight: 0, to: fresh, rounded: nil)
            ElementWise.addScaled(-1, Operand(before), to: fresh)
        }
    }

    /// Adds the gradient of the old state that zoneout kept.
    func addKeptGradient() {
        let options = weights.shape.options
        if options.zoneoutHidden > 0 { ElementWise.add(zoned, to: hiddenGradient) }
        if options.zoneoutCell > 0 && auxiliaryGradient.columns > 0 {
            ElementWise.add(zonedAuxiliary, to: auxiliaryGradient)
        }
    }

    /// Whether the gradient before a step is needed: by an earlier step, a learned initial state, or a probe.
    func needsGradient(before step: Int) -> Bool {
        step > 0 || weights.shape.options.learnsInitialState || probe != nil
    }

    /// Ends the backward pass of the rows whose text begins at a step: their gradient goes to the initial state.
    func endAtStarts(_ index: Int, before step: Int) {
        guard step == 0 || resets.rows > 0 else { return }
        let layer = layers[index]
        for row in 0..<rows where starts(row, at: step) {
            let place = row..<(row + 1)
            if layer.initialHiddenGradient.columns > 0 {
                ElementWise.add(hiddenGradient.rows(place), to: layer.initialHiddenGradient)
            }
            if layer.initialAuxiliaryGradient.columns > 0 {
                ElementWise.add(auxiliaryGradient.rows(place), to: layer.initialAuxiliaryGradient)
            }
            hiddenGradient.rows(place).fill(0)
            auxiliaryGradient.rows(place).fill(0)
        }
    }
}
