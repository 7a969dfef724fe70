internal import Foundation

extension ReferenceModel {
    /// Takes a batch through all layers.
    ///
    /// - Parameter masks: for each layer what its output is multiplied by, (T·B, H); or none.
    func forward(_ batch: ReferenceBatch, from state: ReferenceState, masks: [[Double]]) -> [ReferenceTrace] {
        var traces: [ReferenceTrace] = []
        var input: [Double] = []
        let embedding = tensor("embedding.weight")
        for symbol in batch.symbols {
            input += embedding[(symbol * embeddingSize)..<((symbol + 1) * embeddingSize)]
        }
        for layer in 0..<layers {
            var trace = ReferenceTrace()
            trace.input = input
            trace.hidden = state.hidden[layer]
            trace.cell = state.cell[layer]
            let (wx, wh) = (tensor("rnn.weight_ih_l\(layer)"), tensor("rnn.weight_hh_l\(layer)"))
            let (bx, bh) = (tensor("rnn.bias_ih_l\(layer)"), tensor("rnn.bias_hh_l\(layer)"))
            let (D, H) = (inputSize(of: layer), hiddenSize)
            for row in 0..<(batch.time * batch.rows) {
                let x = Array(input[(row * D)..<((row + 1) * D)])
                let before = Array(trace.hidden[(row * H)..<((row + 1) * H)])
                let cellBefore = Array(trace.cell[(row * H)..<((row + 1) * H)])
                advance(affine(wx, bx, x), affine(wh, bh, before), before, cellBefore, &trace)
            }
            let hidden = Array(trace.hidden.dropFirst(batch.rows * H))
            trace.output = masks.isEmpty ? hidden : zip(hidden, masks[layer]).map { $0 * $1 }
            input = trace.output
            traces.append(trace)
        }
        return traces
    }

    /// One row at one step: from a = Wx x + b_ih and r = Wh h + b_hh.
    private func advance(
        _ a: [Double], _ r: [Double], _ before: [Double], _ cellBefore: [Double], _ trace: inout ReferenceTrace
    ) {
        let H = hiddenSize
        let units = 0..<H
        func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        switch cell {
        case .rnn:
            let h = units.map { tanh(a[$0] + r[$0]) }
            trace.gates += h
            trace.hidden += h
            trace.cell += cellBefore
        case .lstm:
            let i = units.map { sigmoid(a[$0] + r[$0]) }
            let f = units.map { sigmoid(a[H + $0] + r[H + $0]) }
            let g = units.map { tanh(a[2 * H + $0] + r[2 * H + $0]) }
            let o = units.map { sigmoid(a[3 * H + $0] + r[3 * H + $0]) }
            let c = units.map { f[$0] * cellBefore[$0] + i[$0] * g[$0] }
            trace.gates += i + f + g + o
            trace.cell += c
            trace.hidden += units.map { o[$0] * tanh(c[$0]) }
        case .gru:
            let reset = units.map { sigmoid(a[$0] + r[$0]) }
            let update = units.map { sigmoid(a[H + $0] + r[H + $0]) }
            let q = units.map { r[2 * H + $0] }
            let new = units.map { tanh(a[2 * H + $0] + reset[$0] * q[$0]) }
            trace.gates += reset + update + new
            trace.recurrentNew += q
            trace.hidden += units.map { (1 - update[$0]) * new[$0] + update[$0] * before[$0] }
            trace.cell += cellBefore
        }
    }
}
