package import RunicArchive
internal import RunicCells
package import RunicKernels

extension ModelParameters {
    /// The precision of all matrices of an archive; float32 if they differ, nil without a matrix.
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

    /// A copy whose matrices are rounded to a precision, as if written to an archive in that precision and read back.
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
