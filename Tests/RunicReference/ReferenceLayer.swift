/// One layer over a pass: the cell step by step, with resets, recurrent dropout, weight drop and zoneout.
struct ReferenceLayer: Sendable {
    private let specification: ReferenceSpecification
    private let layer: Int
    private let noise: ReferenceNoise
    private let recurrence: any ReferenceRecurrence
    /// h and c before any text and after a reset.
    private let initial: ReferenceUnit

    init(_ model: ReferenceModel, layer: Int, noise: ReferenceNoise) {
        specification = model.specification
        self.layer = layer
        self.noise = noise
        initial = model.initialMemory(of: layer)
        let (H, G) = (specification.hiddenSize, specification.gateSize)
        let weightMask = noise.weights.isEmpty ? [] : noise.weights[layer]
        func input(_ rows: Range<Int>) -> ReferenceProduct {
            ReferenceProduct(model, kind: "ih", layer: layer, rows: rows)
        }
        func hidden(_ rows: Range<Int>) -> ReferenceProduct {
            ReferenceProduct(model, kind: "hh", layer: layer, rows: rows, mask: weightMask)
        }
        // Layer normalisation treats the rows of one product as one group.
        switch specification.cell.family {
        case .rnn(let rectifies):
            recurrence = ReferenceVanilla(rectifies: rectifies, input: input(0..<G), hidden: hidden(0..<G))
        case .lstm(let options):
            recurrence = ReferenceLSTM(model, options, layer: layer, input: input(0..<G), hidden: hidden(0..<G))
        case .gru(let resetsBefore):
            recurrence = ReferenceGRU(
                resetsBefore: resetsBefore, inputGates: input(0..<(2 * H)), inputNew: input((2 * H)..<G),
                hiddenGates: hidden(0..<(2 * H)), hiddenNew: hidden((2 * H)..<G))
        case .mgu:
            recurrence = ReferenceMGU(
                inputForget: input(0..<H), inputNew: input(H..<G), hiddenForget: hidden(0..<H),
                hiddenNew: hidden(H..<G))
        }
    }

    /// The mask of h_{t−1} of row b before the product with W_h.
    private func recurrentMask(row: Int) -> Vector {
        ReferenceNoise.row(noise.recurrent, of: layer, row, specification.outputSize)
    }

    /// d: the part of the state before that stays.
    private func zoneout(at position: Int) -> ReferenceUnit {
        func part(_ masks: [[Double]], _ width: Int) -> Vector {
            masks.isEmpty ? .zeros(width) : ReferenceNoise.row(masks[layer], position, width)
        }
        return ReferenceUnit(
            hidden: part(noise.zoneoutHidden, specification.outputSize),
            cell: specification.cell.hasCellState
                ? part(noise.zoneoutCell, specification.hiddenSize) : .zeros(specification.hiddenSize))
    }

    /// All steps of all rows, from a state for each row.
    func forward(_ batch: ReferenceBatch, _ inputs: [Vector], from state: [ReferenceUnit]) -> ReferenceTrace {
        var trace = ReferenceTrace(inputs: inputs)
        var memory = state
        for step in 0..<batch.time {
            for row in 0..<batch.rows {
                let position = step * batch.rows + row
                let before = batch.resets[position] ? initial : memory[row]
                let made = recurrence.forward(inputs[position], before, recurrentMask(row: row))
                let d = zoneout(at: position)
                memory[row] = d * before + d.complement * made
                trace.befores.append(before)
                trace.afters.append(memory[row])
            }
        }
        return trace
    }

    /// ∂/∂x_t from the ∂/∂h_t that come from above; adds the gradients of the layer's tensors.
    func backward(
        _ batch: ReferenceBatch, _ trace: ReferenceTrace, _ above: [Vector], _ gradients: inout ReferenceGradients
    ) -> [Vector] {
        let (H, R) = (specification.hiddenSize, specification.outputSize)
        let nothing = ReferenceUnit(hidden: .zeros(R), cell: .zeros(H))
        // ∂/∂h_t and ∂/∂c_t from step t + 1.
        var later = [ReferenceUnit](repeating: nothing, count: batch.rows)
        var dInputs = trace.inputs
        for step in (0..<batch.time).reversed() {
            for row in 0..<batch.rows {
                let position = step * batch.rows + row
                let dAfter = later[row] + ReferenceUnit(hidden: above[position], cell: .zeros(H))
                let d = zoneout(at: position)
                let (dx, dBefore) = recurrence.backward(
                    trace.inputs[position], trace.befores[position], recurrentMask(row: row), d.complement * dAfter,
                    &gradients)
                dInputs[position] = dx
                later[row] = d * dAfter + dBefore
                if batch.resets[position] {
                    addInitial(later[row], &gradients)
                    later[row] = nothing
                }
            }
        }
        return dInputs
    }

    /// Adds the gradient of the state after a reset to that of the learned initial state, if there is one.
    private func addInitial(_ reached: ReferenceUnit, _ gradients: inout ReferenceGradients) {
        guard specification.learnsInitialState else { return }
        gradients.add("rnn.initial_hidden_l\(layer)", reached.hidden)
        if specification.cell.hasCellState { gradients.add("rnn.initial_cell_l\(layer)", reached.cell) }
    }
}
