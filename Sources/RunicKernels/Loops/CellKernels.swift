internal import CRunicKernels

/// The element-wise part of one time step of each cell. Letters: B rows, H hidden units.
///
/// `input` is Wx · x: a row for each row of the batch or, with `identifiers`, a row for each symbol of the vocabulary.
/// `units` are the units of every row to compute.
package enum CellKernels {
    /// LSTM, gates i, f, g, o; bias (4H).
    package static func lstmForward(
        units: Range<Int>, input: Block<Float>, identifiers: Block<Int32>?, hiddenTerm: Block<Float>,
        bias: Block<Float>, cellBefore: Block<Float>, gates: Block<Float>, cell: Block<Float>, hidden: Block<Float>,
        rounded: Block<UInt16>?
    ) {
        let (rows, width) = check(units, hidden, rounded, gates, gateCount: 4, input, identifiers, hiddenTerm)
        precondition(bias.count == 4 * width && cellBefore.count == hidden.count && cell.count == hidden.count)
        unsafe runic_lstm_forward(
            rows, width, units.lowerBound, units.upperBound, input.base, identifiers?.base, hiddenTerm.base, bias.base,
            cellBefore.base, gates.base, cell.base, hidden.base, rounded?.base)
    }

    /// GRU, gates r, z, n, reset after the product; bias (4H): r, z, the recurrent half of n, its input half.
    package static func gruForward(
        units: Range<Int>, input: Block<Float>, identifiers: Block<Int32>?, hiddenTerm: Block<Float>,
        bias: Block<Float>, hiddenBefore: Block<Float>, gates: Block<Float>, recurrentNew: Block<Float>,
        hidden: Block<Float>, rounded: Block<UInt16>?
    ) {
        let (rows, width) = check(units, hidden, rounded, gates, gateCount: 3, input, identifiers, hiddenTerm)
        precondition(
            bias.count == 4 * width && hiddenBefore.count == hidden.count && recurrentNew.count == hidden.count)
        unsafe runic_gru_forward(
            rows, width, units.lowerBound, units.upperBound, input.base, identifiers?.base, hiddenTerm.base, bias.base,
            hiddenBefore.base, gates.base, recurrentNew.base, hidden.base, rounded?.base)
    }

    /// Vanilla RNN with tanh or relu; bias (H).
    package static func vanillaForward(
        rectifies: Bool, units: Range<Int>, input: Block<Float>, identifiers: Block<Int32>?, hiddenTerm: Block<Float>,
        bias: Block<Float>, gates: Block<Float>, hidden: Block<Float>, rounded: Block<UInt16>?
    ) {
        let (rows, width) = check(units, hidden, rounded, gates, gateCount: 1, input, identifiers, hiddenTerm)
        precondition(bias.count == width)
        unsafe runic_vanilla_forward(
            rectifies ? 1 : 0, rows, width, units.lowerBound, units.upperBound, input.base, identifiers?.base,
            hiddenTerm.base, bias.base, gates.base, hidden.base, rounded?.base)
    }

    /// LSTM backward: replaces activated `gates` by their gradients before activation.
    package static func lstmBackward(
        above: Block<Float>, hiddenGradient: Block<Float>, cellGradient: Block<Float>, cellBefore: Block<Float>,
        cell: Block<Float>, gates: Block<Float>, rounded: Block<UInt16>?, biasGradient: Block<Float>
    ) {
        let (rows, width) = check(above, hiddenGradient, gates, gateCount: 4, rounded)
        precondition(
            cellGradient.count == above.count && cellBefore.count == above.count && cell.count == above.count
                && biasGradient.count == 4 * width)
        unsafe runic_lstm_backward(
            rows, width, above.base, hiddenGradient.base, cellGradient.base, cellBefore.base, cell.base, gates.base,
            rounded?.base, biasGradient.base)
    }

    /// GRU backward: leaves the direct gradient for the step before in `hiddenGradient`.
    package static func gruBackward(
        above: Block<Float>, hiddenGradient: Block<Float>, hiddenBefore: Block<Float>, recurrentNew: Block<Float>,
        gates: Block<Float>, rounded: Block<UInt16>?, recurrentGates: Block<Float>, recurrentRounded: Block<UInt16>?,
        biasGradient: Block<Float>
    ) {
        let (rows, width) = check(above, hiddenGradient, gates, gateCount: 3, rounded)
        precondition(
            hiddenBefore.count == above.count && recurrentNew.count == above.count
                && recurrentGates.count == gates.count && recurrentGates.isContiguous
                && (recurrentRounded?.count ?? gates.count) == gates.count && biasGradient.count == 4 * width)
        unsafe runic_gru_backward(
            rows, width, above.base, hiddenGradient.base, hiddenBefore.base, recurrentNew.base, gates.base,
            rounded?.base, recurrentGates.base, recurrentRounded?.base, biasGradient.base)
    }

    /// Vanilla RNN backward.
    package static func vanillaBackward(
        rectifies: Bool, above: Block<Float>, hiddenGradient: Block<Float>, gates: Block<Float>,
        rounded: Block<UInt16>?, biasGradient: Block<Float>
    ) {
        let (rows, width) = check(above, hiddenGradient, gates, gateCount: 1, rounded)
        precondition(biasGradient.count == width)
        unsafe runic_vanilla_backward(
            rectifies ? 1 : 0, rows, width, above.base, hiddenGradient.base, gates.base, rounded?.base,
            biasGradient.base)
    }

    static func check(
        _ units: Range<Int>, _ hidden: Block<Float>, _ rounded: Block<UInt16>?, _ gates: Block<Float>, gateCount: Int,
        _ input: Block<Float>, _ identifiers: Block<Int32>?, _ hiddenTerm: Block<Float>
    ) -> (rows: Int, width: Int) {
        let (rows, width) = (hidden.rows, hidden.columns)
        precondition(
            hidden.isContiguous && gates.isContiguous && input.isContiguous && hiddenTerm.isContiguous
                && gates.rows == rows && gates.columns == gateCount * width && input.columns == gates.columns
                && hiddenTerm.count == gates.count && (rounded?.count ?? hidden.count) == hidden.count
                && (identifiers?.count ?? input.rows) == rows && units.lowerBound >= 0 && units.upperBound <= width,
            "hidden (\(rows), \(width)), gates (\(gates.rows), \(gates.columns)), input (\(input.rows), \(input.columns))"
        )
        return (rows, width)
    }

    static func check(
        _ above: Block<Float>, _ hiddenGradient: Block<Float>, _ gates: Block<Float>, gateCount: Int,
        _ rounded: Block<UInt16>?
    ) -> (rows: Int, width: Int) {
        let (rows, width) = (above.rows, above.columns)
        precondition(
            above.isContiguous && gates.isContiguous && hiddenGradient.count == above.count && gates.rows == rows
                && gates.columns == gateCount * width && (rounded?.count ?? gates.count) == gates.count,
            "above (\(rows), \(width)), gates (\(gates.rows), \(gates.columns))")
        return (rows, width)
    }
}
