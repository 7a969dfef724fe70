internal import RunicCells
package import RunicKernels

extension ModelParameters {
    /// A copy whose matrices hold what a precision keeps of them; vectors stay as they are.
    ///
    /// - Complexity: O(parameters).
    package func rounded(to precision: Precision) -> ModelParameters {
        let made = copy()
        for entry in layout.entries where entry.isMatrix {
            let block = made.blocks[entry.name]
            switch precision {
            case .float32: break
            case .bfloat16: ElementWise.roundToBFloat16(block)
            case .int8: QuantizedMatrix(block).dequantize(into: block)
            }
        }
        return made
    }
}
