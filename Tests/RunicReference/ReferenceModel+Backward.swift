internal import Foundation

extension ReferenceModel {
    /// Loss, gradients and final state of a batch; the state it starts from counts as a constant.
    package func run(
        _ batch: ReferenceBatch, from state: ReferenceState, masks: [[Double]] = []
    ) -> ReferencePass {
        let traces = forward(batch, from: state, masks: masks)
        var gradients = tensors.mapValues { [Double](repeating: 0, count: $0.count) }
        var (loss, above) = softmaxBackward(batch, traces, &gradients)
        for layer in (0..<layers).reversed() {
            if !masks.isEmpty { above = zip(above, masks[layer]).map { $0 * $1 } }
            above = layerBackward(layer, batch, traces[layer], above, &gradients)
        }
        let D = embeddingSize
        for (row, symbol) in batch.symbols.enumerated() {
            for column in 0..<D { gradients["embedding.weight"]?[symbol * D + column] += above[row * D + column] }
        }
        let last = batch.time * batch.rows * hiddenSize
        loss /= Double(batch.time * batch.rows)
        return ReferencePass(
            loss: loss, gradients: gradients,
            state: ReferenceState(
                hidden: traces.map { Array($0.hidden[last...]) }, cell: traces.map { Array($0.cell[last...]) }))
    }

    /// The sum of the losses, and ∂(mean loss)/∂(output of the top layer).
    private func softmaxBackward(
        _ batch: ReferenceBatch, _ traces: [ReferenceTrace], _ gradients: inout [String: [Double]]
    ) -> (Double, [Double]) {
        let (H, V) = (hiddenSize, vocabularySize)
        let weight = tensor("decoder.weight")
        let count = batch.time * batch.rows
        var weightGradient = [Double](repeating: 0, count: V * H)
        var biasGradient = [Double](repeating: 0, count: V)
        var above = [Double](repeating: 0, count: count * H)
        var loss = 0.0
        for row in 0..<count {
            let hidden = outputRow(traces, row)
            let logarithms = logProbabilities(after: hidden)
            loss -= logarithms[batch.targets[row]]
            for symbol in 0..<V {
                let delta = (exp(logarithms[symbol]) - (symbol == batch.targets[row] ? 1 : 0)) / Double(count)
                biasGradient[symbol] += delta
                for unit in 0..<H {
                    weightGradient[symbol * H + unit] += delta * hidden[unit]
                    above[row * H + unit] += delta * weight[symbol * H + unit]
                }
            }
        }
        gradients["decoder.weight"] = weightGradient
        gradients["decoder.bias"] = biasGradient
        return (loss, above)
    }

    /// Takes ∂loss/∂output back through one layer; gives ∂loss/∂input.
    private func layerBackward(
        _ layer: Int, _ batch: ReferenceBatch, _ trace: ReferenceTrace, _ above: [Double],
        _ gradients: inout [String: [Double]]
    ) -> [Double] {
        let (B, D, H, G) = (batch.rows, inputSize(of: layer), hiddenSize, gateSize)
        let (wx, wh) = (tensor("rnn.weight_ih_l\(layer)"), tensor("rnn.weight_hh_l\(layer)"))
        var dWx = [Double](repeating: 0, count: G * D)
        var dWh = [Double](repeating: 0, count: G * H)
        var dbx = [Double](repeating: 0, count: G)
        var dbh = dbx
        var dInput = [Double](repeating: 0, count: trace.input.count)
        var dHidden = [Double](repeating: 0, count: B * H)
        var dCell = dHidden
        for step in (0..<batch.time).reversed() {
            for column in 0..<B {
                let row = step * B + column
                let own = (column * H)..<((column + 1) * H)
                let dh = (0..<H).map { above[row * H + $0] + dHidden[column * H + $0] }
                var dc = Array(dCell[own])
                let (da, dr, direct) = retreat(trace, row, B, dh, &dc)
                dCell.replaceSubrange(own, with: dc)
                var dBefore = direct
                for gate in 0..<G {
                    dbx[gate] += da[gate]
                    dbh[gate] += dr[gate]
                    for unit in 0..<D {
                        dWx[gate * D + unit] += da[gate] * trace.input[row * D + unit]
                        dInput[row * D + unit] += da[gate] * wx[gate * D + unit]
                    }
                    for unit in 0..<H {
                        dWh[gate * H + unit] += dr[gate] * trace.hidden[row * H + unit]
                        dBefore[unit] += dr[gate] * wh[gate * H + unit]
                    }
                }
                dHidden.replaceSubrange(own, with: dBefore)
            }
        }
        gradients["rnn.weight_ih_l\(layer)"] = dWx
        gradients["rnn.weight_hh_l\(layer)"] = dWh
        gradients["rnn.bias_ih_l\(layer)"] = dbx
        gradients["rnn.bias_hh_l\(layer)"] = dbh
        return dInput
    }

    /// One row at one step: the gradients of a = Wx x + b_ih, of r = Wh h + b_hh, and what reaches h_{t−1} directly.
    ///
    /// - Parameter dc: ∂loss/∂c_t from step t+1; becomes ∂loss/∂c_{t−1}.
    private func retreat(
        _ trace: ReferenceTrace, _ row: Int, _ B: Int, _ dh: [Double], _ dc: inout [Double]
    ) -> (da: [Double], dr: [Double], direct: [Double]) {
        let (H, G) = (hiddenSize, gateSize)
        var da = [Double](repeating: 0, count: G)
        var direct = [Double](repeating: 0, count: H)
        func gate(_ index: Int, _ unit: Int) -> Double { trace.gates[row * G + index * H + unit] }
        var dr: [Double]
        switch cell {
        case .rnn:
            for j in 0..<H { da[j] = dh[j] * (1 - gate(0, j) * gate(0, j)) }
            dr = da
        case .lstm:
            for j in 0..<H {
                let (i, f, g, o) = (gate(0, j), gate(1, j), gate(2, j), gate(3, j))
                let before = trace.cell[row * H + j]
                let squashed = tanh(trace.cell[(row + B) * H + j])
                let whole = dc[j] + dh[j] * o * (1 - squashed * squashed)
                da[j] = whole * g * i * (1 - i)
                da[H + j] = whole * before * f * (1 - f)
                da[2 * H + j] = whole * i * (1 - g * g)
                da[3 * H + j] = dh[j] * squashed * o * (1 - o)
                dc[j] = whole * f
            }
            dr = da
        case .gru:
            dr = da
            for j in 0..<H {
                let (r, z, n) = (gate(0, j), gate(1, j), gate(2, j))
                let before = trace.hidden[row * H + j]
                let inner = dh[j] * (1 - z) * (1 - n * n)
                da[j] = inner * trace.recurrentNew[row * H + j] * r * (1 - r)
                da[H + j] = dh[j] * (before - n) * z * (1 - z)
                da[2 * H + j] = inner
                dr[j] = da[j]
                dr[H + j] = da[H + j]
                dr[2 * H + j] = inner * r
                direct[j] = dh[j] * z
            }
        }
        return (da, dr, direct)
    }
}
