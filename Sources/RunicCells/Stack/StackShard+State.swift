internal import RunicKernels

extension StackShard {
    /// Copies the state after the last pass to slot 0. Until then slot 0 holds the state that the pass started from, which
    /// the weight gradients need.
    func carryState() {
        let last = stepsToCarry
        guard last > 0 else { return }
        for layer in layers {
            layer.hidden.rows(span(0)).assign(from: layer.hidden.rows(span(last)))
            layer.roundedHidden.map { $0.rows(span(0)).assign(from: $0.rows(span(last))) }
            layer.auxiliary.rows(span(0)).assign(from: layer.auxiliary.rows(span(last)))
        }
        stepsToCarry = 0
        for row in 0..<rows { isFresh[row] = false }
    }

    /// Sets every row to the initial state.
    package func resetState() {
        stepsToCarry = 0
        for row in 0..<rows { isFresh[row] = true }
        for layer in layers {
            layer.hidden.rows(span(0)).fill(0)
            layer.roundedHidden?.rows(span(0)).fill(0)
            layer.auxiliary.rows(span(0)).fill(0)
        }
    }

    private var stateCount: Int {
        layers.reduce(0) { $0 + rows * ($1.hidden.columns + $1.auxiliary.columns) }
    }

    /// The state after the last pass, layer by layer: hidden (B, P), then the others (B, auxiliaryCount · H).
    package var state: [Float] {
        layers.flatMap { $0.hidden.rows(span(stepsToCarry)).array + $0.auxiliary.rows(span(stepsToCarry)).array }
    }

    /// For each row, whether it has read nothing yet; the gradient of its next pass then reaches the initial state.
    package var freshRows: [Bool] {
        get { isFresh.map { $0 && stepsToCarry == 0 } }
        set {
            precondition(newValue.count == rows, "\(newValue.count) values for \(rows) rows")
            isFresh = newValue
        }
    }

    /// Sets the state that the next pass starts from.
    ///
    /// - Precondition: as many values as ``state`` has.
    package func setState(_ values: [Float]) {
        precondition(values.count == stateCount, "\(values.count) values for a state of \(stateCount)")
        stepsToCarry = 0
        var rest = values[...]
        func take(_ block: Block<Float>) {
            block.assign(from: Array(rest.prefix(block.count)))
            rest = rest.dropFirst(block.count)
        }
        for layer in layers {
            take(layer.hidden.rows(span(0)))
            layer.roundedHidden.map { ElementWise.round(layer.hidden.rows(span(0)), to: $0.rows(span(0))) }
            take(layer.auxiliary.rows(span(0)))
        }
        for row in 0..<rows { isFresh[row] = false }
    }
}
