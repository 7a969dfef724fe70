package import RunicKernels

/// What the layers of a shard share: the gradients of their outputs, and scratch and sums for outputs that are not h.
///
/// Letters: N = T · B rows, P width of h. Blocks that a stack does not need have no rows.
struct ShardOutputs {
    /// ∂loss/∂(output of a layer), (N, P), alternating between two neighbouring layers.
    let gradients: [Block<Float>]
    /// A masked copy of them, for residual connections, which need the original.
    let maskedGradient: Block<Float>
    /// (rows of a tile, P): h after dropout, before the layer's input is added.
    let dropped: Block<Float>
    /// The h of the layers so far, added, (N, P), and ∂loss/∂(their sum).
    let sum: Block<Float>
    let sumGradient: Block<Float>

    init(_ shape: StackShape, rows N: Int, tileRows: Int, trains: Bool, arena: Arena) {
        let (widths, back) = (StepWidths(shape), trains ? N : 0)
        gradients = [
            arena.block(rows: back, columns: widths.hidden),
            arena.block(rows: shape.layers > 1 ? back : 0, columns: widths.hidden),
        ]
        maskedGradient = arena.block(rows: shape.addsInputs ? back : 0, columns: widths.output)
        dropped = arena.block(rows: shape.addsInputs ? tileRows : 0, columns: widths.output)
        sum = arena.block(rows: shape.sumsHidden ? N : 0, columns: widths.sum)
        sumGradient = arena.block(rows: shape.sumsHidden ? back : 0, columns: widths.sum)
    }

    /// ∂loss/∂(output of a layer).
    func gradient(of layer: Int) -> Block<Float> { gradients[layer % 2] }
}

extension StackShard {
    /// h of a layer after some steps, before dropout: in float32, and in the precision of products.
    func hiddenAfter(_ index: Int, _ range: Range<Int>) -> Block<Float> {
        separatesSlots
            ? layers[index].emitted.rows(range)
            : layers[index].hidden.rows((range.lowerBound + rows)..<(range.upperBound + rows))
    }
    func hiddenOperandAfter(_ index: Int, _ range: Range<Int>) -> Operand {
        guard separatesSlots else {
            return layers[index].hiddenOperand.rows((range.lowerBound + rows)..<(range.upperBound + rows))
        }
        let emitted = layers[index].roundedEmitted.map { Operand($0) } ?? Operand(layers[index].emitted)
        return emitted.rows(range)
    }

    /// The output of a layer, at some rows.
    func output(of index: Int, _ range: Range<Int>) -> Operand {
        guard let own = layers[index].output, hasOwnOutput(index) else { return hiddenOperandAfter(index, range) }
        return own.rows(range)
    }

    /// Whether a layer's output differs from h in this pass.
    private func hasOwnOutput(_ index: Int) -> Bool {
        layers[index].output != nil && (layers[index].plan.output != .hidden || noise != nil)
    }

    /// The top layer's output, which the softmax layer reads, (time · B, P).
    package func output(time: Int) -> Operand { output(of: layers.count - 1, 0..<(time * rows)) }

    /// Where ``backward(time:penalties:)`` expects ∂loss/∂output, taken before dropout's mask, (time · B, P).
    package func topGradient(time: Int) -> Block<Float> {
        outputs.gradient(of: layers.count - 1).rows(0..<(time * rows))
    }

    /// The dropout of a layer's output in this pass; nil for none.
    private func outputMask(_ index: Int) -> DropoutMask? {
        let probability = weights.regularisation.dropout(ofLayer: index, of: layers.count)
        return probability > 0 ? noise?.mask(.output, layer: index, probability: probability) : nil
    }

    /// Computes what other layers and the softmax read of some steps.
    func finishOutput(of index: Int, _ tile: Range<Int>) {
        let range = span(tile)
        if outputs.sum.rows > 0 { addToSum(index, range) }
        guard hasOwnOutput(index), let output = layers[index].output?.rows(range) else { return }
        let mask = outputMask(index)
        meter.time(.dropout) {
            switch layers[index].plan.output {
            case .hidden:
                if let mask { drop(hiddenAfter(index, range), mask, tile, to: output) }
            case .hiddenPlusInput:
                var given = hiddenAfter(index, range)
                if let mask {
                    drop(given, mask, tile, to: Operand(outputs.dropped.rows(0..<range.count)))
                    given = outputs.dropped.rows(0..<range.count)
                }
                ElementWise.sum(inputOperand(of: index, range), given, to: output)
            case .sumOfHidden:
                let sum = outputs.sum.rows(range)
                if let mask {
                    drop(sum, mask, tile, to: output)
                } else {
                    GateKernels.copy(sum, to: output.floats, rounded: output.halves)
                }
            }
        }
    }

    private func addToSum(_ index: Int, _ range: Range<Int>) {
        let (sum, hidden) = (outputs.sum.rows(range), hiddenAfter(index, range))
        meter.time(.dropout) {
            if index == 0 { sum.assign(from: hidden) } else { ElementWise.add(hidden, to: sum) }
        }
    }

    /// The gradient of a layer's h from the gradient of its output, and from that of the sum of all layers.
    func gradientOfHidden(_ index: Int, _ steps: Int) -> Block<Float> {
        let range = 0..<(steps * rows)
        let all = outputs.gradient(of: index).rows(range)
        let addsInput = layers[index].plan.output == .hiddenPlusInput
        let target = addsInput ? outputs.maskedGradient.rows(range) : all
        if let mask = outputMask(index) {
            meter.time(.dropout) { drop(all, mask, 0..<steps, to: Operand(target)) }
        } else if addsInput {
            target.assign(from: all)
        }
        guard outputs.sumGradient.rows > 0 else { return target }
        let shared = outputs.sumGradient.rows(range)
        if layers[index].plan.output == .sumOfHidden {
            shared.assign(from: target)
        } else {
            ElementWise.add(shared, to: target)
        }
        return target
    }

    /// The part of ∂loss/∂(output of the layer below) that passes no matrix, for some rows.
    func addGradientToInput(of index: Int, _ range: Range<Int>) {
        guard layers[index].plan.output == .hiddenPlusInput else { return }
        ElementWise.add(outputs.gradient(of: index).rows(range), to: outputs.gradient(of: index - 1).rows(range))
    }
}
