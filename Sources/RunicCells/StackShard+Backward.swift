internal import RunicKernels

extension StackShard {
    /// Takes the gradient of the loss back through the steps of the last forward pass.
    ///
    /// Starts from ``topGradient(time:)`` and leaves the gate gradients where ``StackGradient`` finds them. The carried
    /// state counts as a constant (truncated back-propagation through time).
    ///
    /// - Parameters:
    ///   - masks: those of the forward pass.
    /// - Complexity: as many multiply-adds as the forward pass.
    package func backward(time steps: Int, masks: LayerMasks = .none) {
        precondition(trains, "a shard made for evaluation has no way back")
        for index in layers.indices.reversed() {
            let above = outputGradients[index % 2]
            if !masks.isEmpty {
                let all = above.rows(0..<(steps * rows))
                meter.time(.dropout) { ElementWise.dropout(all, masks[index], first: 0, to: Operand(all)) }
            }
            layers[index].biasGradient.fill(0)
            hiddenGradient.fill(0)
            auxiliaryGradient.fill(0)
            for number in (0..<chunks(of: steps)).reversed() {
                let piece = chunk(number, of: steps)
                for step in piece.reversed() { retreat(index, step, above) }
                multiplyInputGradient(of: index, piece)
            }
        }
    }

    private func retreat(_ index: Int, _ step: Int, _ above: Block<Float>) {
        let separates = weights.shape.cell.separatesRecurrentGradient
        meter.time(.cellsBackward) {
            weights.shape.cell.backward(
                BackwardStep(
                    above: above.rows(span(step)),
                    hiddenGradient: hiddenGradient,
                    auxiliaryGradient: auxiliaryGradient,
                    hiddenBefore: layers[index].hidden.rows(span(step)),
                    auxiliaryBefore: layers[index].auxiliary.rows(span(step)),
                    auxiliary: layers[index].auxiliary.rows(span(step + 1)),
                    saved: layers[index].saved.rows(span(step)),
                    gates: layers[index].gates.rows(span(step)),
                    rounded: layers[index].roundedGates?.rows(span(step)),
                    recurrentGates: separates
                        ? layers[index].recurrentGates.rows(span(step)) : layers[index].recurrentGates,
                    recurrentRounded: layers[index].roundedRecurrentGates?.rows(span(step)),
                    biasGradient: layers[index].biasGradient))
        }
        // Nothing stands before step 0: its gradient would only reach the carried state.
        guard step > 0 else { return }
        meter.time(.recurrentProducts) {
            layers[index].hiddenBackward?.run(
                left: layers[index].recurrentOperand.rows(span(step)), output: hiddenGradient)
        }
    }

    private func multiplyInputGradient(of index: Int, _ piece: Range<Int>) {
        guard let packed = weights.inputBackward[index] else { return }
        let range = span(piece)
        let target = index == 0 ? embeddingGradient : outputGradients[(index - 1) % 2]
        meter.time(.inputProducts) {
            product(layers[index].inputBackward, packed, rows: range.count)
                .run(left: layers[index].gateOperand.rows(range), output: target.rows(range))
        }
    }
}
