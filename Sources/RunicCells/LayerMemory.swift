internal import RunicKernels

extension StackShard {
    /// What one layer keeps of one pass.
    struct LayerMemory {
        /// x, (T·B, D): what the layer reads, where that is not a table or the hidden state below as it is.
        var input: Operand?
        /// (T·B, G): Wx · x, then the activated gates, then their gradient.
        var gates: Block<Float>
        var roundedGates: Block<UInt16>?
        /// (T·B, G): the gradient of Wh · h, where the cell separates it.
        var recurrentGates: Block<Float>
        var roundedRecurrentGates: Block<UInt16>?
        /// (T·B, savedCount · H).
        var saved: Block<Float>
        /// ((T+1)·B, H), slot 0 carried over.
        var hidden: Block<Float>
        var roundedHidden: Block<UInt16>?
        /// ((T+1)·B, auxiliaryCount · H), slot 0 carried over.
        var auxiliary: Block<Float>
        /// (T·B, H): the hidden state after dropout, where there is dropout.
        var dropped: Operand?
        /// (biasCount · H): the gradient of the combined bias.
        var biasGradient: Block<Float>
        var hiddenForward: MatrixProduct
        var hiddenBackward: MatrixProduct?
        /// The input products, by number of rows.
        var inputForward: [Int: MatrixProduct] = [:]
        var inputBackward: [Int: MatrixProduct] = [:]

        var hiddenOperand: Operand { roundedHidden.map { Operand($0) } ?? Operand(hidden) }
        var gateOperand: Operand { roundedGates.map { Operand($0) } ?? Operand(gates) }
        /// The gradient that Wh meets.
        var recurrentOperand: Operand {
            if recurrentGates.count == 0 { return gateOperand }
            return roundedRecurrentGates.map { Operand($0) } ?? Operand(recurrentGates)
        }
    }
}
