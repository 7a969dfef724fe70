package import RunicArchive
internal import RunicCells
package import RunicKernels

extension ModelParameters {
    /// The precision that all matrices of an archive are in; float32 where they differ, nil where there is no matrix.
    ///
    /// - Complexity: O(tensors).
    package static func precision(of archive: Archive) -> Precision? {
        let types = Set(archive.tensors.filter { $0.shape.count == 2 }.map(\.elementType))
        switch types {
        case []: return nil
        case [.bfloat16]: return .bfloat16
        case [.int8]: return .int8
        default: return .float32
        }
    }

    /// A copy whose matrices hold what a precision keeps of them, as an archive in that precision would give them back.
    ///
    /// - Complexity: O(parameters).
    package func rounded(to precision: Precision) -> ModelParameters {
        let made = copy()
        for entry in layout.entries where entry.isMatrix {
            let block = made.blocks[entry.name]
            switch precision {
            case .float32: break
            case .bfloat16: ElementWise.roundInPlace(block)
            case .int8: QuantizedMatrix(block).dequantize(into: block)
            }
        }
        return made
    }
}
