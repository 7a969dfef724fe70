package import RunicKernels

extension StackShard {
    /// Takes the rows through `time` steps, from the carried state on.
    ///
    /// Layer by layer; within a layer, the input products of a chunk of steps are made together, then the steps follow:
    ///
    ///     gates_t = cell(Wx · x_t, Wh · h_{t−1})
    ///
    /// - Parameters:
    ///   - identifiers: the symbols, (time · B), row `t · B + b`.
    ///   - masks: dropout of every layer's output, or none for evaluation.
    /// - Complexity: `time · B · Σ_layers G · (D + H)` multiply-adds; the first layer's D part falls away with a table.
    package func forward(time steps: Int, identifiers: Block<Int32>, masks: LayerMasks = .none) {
        precondition(steps > 0 && steps <= time, "\(steps) steps in a shard of \(time)")
        precondition(identifiers.count == steps * rows, "\(identifiers.count) symbols for \(steps) steps of \(rows)")
        carryState()
        stepsToCarry = steps
        usesMasks = !masks.isEmpty
        let symbols = identifiers.reshaped(rows: steps * rows, columns: 1)
        for index in layers.indices {
            for number in 0..<chunks(of: steps) {
                let piece = chunk(number, of: steps)
                multiplyInput(of: index, piece, symbols)
                for step in piece { advance(index, step, symbols) }
                if usesMasks { drop(outputOf: index, span(piece), masks[index]) }
            }
        }
    }

    private func drop(outputOf index: Int, _ range: Range<Int>, _ mask: DropoutMask) {
        guard let dropped = layers[index].dropped else { return }
        let hidden = layers[index].hidden.rows((range.lowerBound + rows)..<(range.upperBound + rows))
        meter.time(.dropout) {
            ElementWise.dropout(
                hidden, mask, first: range.lowerBound * weights.shape.hiddenSize, to: dropped.rows(range))
        }
    }

    /// What layer `index` reads at some rows; layer 0 with a table reads nothing.
    func inputOperand(of index: Int, _ range: Range<Int>) -> Operand {
        let layer = layers[index]
        if let own = layer.input { return own.rows(range) }
        let below = layers[index - 1]
        if usesMasks, let dropped = below.dropped { return dropped.rows(range) }
        return below.hiddenOperand.rows((range.lowerBound + rows)..<(range.upperBound + rows))
    }

    private func multiplyInput(of index: Int, _ piece: Range<Int>, _ symbols: Block<Int32>) {
        guard let packed = weights.inputForward[index] else { return }
        let range = span(piece)
        let layer = layers[index]
        if let own = layer.input {
            meter.time(.scatter) { ElementWise.gather(weights.embedding, symbols.rows(range), to: own.rows(range)) }
        }
        meter.time(.inputProducts) {
            product(layer.inputForward, packed, rows: range.count)
                .run(left: inputOperand(of: index, range), output: layer.gates.rows(range))
        }
    }

    private func advance(_ index: Int, _ step: Int, _ symbols: Block<Int32>) {
        // Its parts are taken one by one: a copy of all of them would count references at every step.
        meter.time(.recurrentProducts) {
            layers[index].hiddenForward.run(left: layers[index].hiddenOperand.rows(span(step)), output: hiddenPart)
        }
        let usesTable = weights.inputForward[index] == nil
        let gates = layers[index].gates.rows(span(step))
        meter.time(.cellsForward) {
            weights.shape.cell.forward(
                ForwardStep(
                    units: 0..<weights.shape.hiddenSize,
                    input: usesTable ? weights.table : gates,
                    identifiers: usesTable ? symbols.rows(span(step)) : nil,
                    hiddenPart: hiddenPart,
                    bias: weights.biases.rows(index..<(index + 1)),
                    hiddenBefore: layers[index].hidden.rows(span(step)),
                    auxiliaryBefore: layers[index].auxiliary.rows(span(step)),
                    gates: gates,
                    saved: layers[index].saved.rows(span(step)),
                    hidden: layers[index].hidden.rows(span(step + 1)),
                    auxiliary: layers[index].auxiliary.rows(span(step + 1)),
                    rounded: layers[index].roundedHidden?.rows(span(step + 1))))
        }
    }

    /// The prepared product of that many rows; passes of an unplanned length make theirs on the way.
    func product(_ prepared: [Int: MatrixProduct], _ packed: PackedMatrix, rows count: Int) -> MatrixProduct {
        if let found = prepared[count] { return found }
        do {
            return try MatrixProduct(right: packed, rows: count)
        } catch {
            preconditionFailure(error.description)
        }
    }
}
