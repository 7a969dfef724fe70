package import RunicArchive
package import RunicCells
package import RunicKernels

extension ModelParameters {
    /// The suffix that makes the name of a matrix the name of its scales.
    package static let scaleSuffix = ".scale"

    /// The tensors for an archive: PyTorch's names, shapes and gate order.
    ///
    /// - `float32`: everything as F32;
    /// - `bfloat16`: matrices as BF16, vectors as F32;
    /// - `int8`: matrices as I8, each with another tensor `NAME.scale` (rows), F32; vectors as F32. Element (r, c) of a
    ///   matrix is its I8 value times element r of the scales.
    ///
    /// The wider types come first, so that every tensor in a mapped file is aligned for its type.
    ///
    /// - Precondition: for `int8`, the parameters are finite.
    /// - Throws: ``ArchiveError`` if there is no memory for the copies.
    /// - Complexity: O(parameters).
    package func tensors(in precision: Precision = .float32) throws(ArchiveError) -> [ArchiveTensor] {
        var wide: [ArchiveTensor] = []
        var narrow: [ArchiveTensor] = []
        for entry in layout.entries {
            let (name, block) = (entry.name, blocks[entry.name])
            switch entry.isMatrix ? precision : .float32 {
            case .float32:
                wide.append(try ArchiveTensor(name: name, shape: entry.shape, floats: block.array.span))
            case .bfloat16:
                narrow.append(
                    try ArchiveTensor(name: name, shape: entry.shape, floats: block.array.span, storedAs: .bfloat16))
            case .int8:
                let quantized = QuantizedMatrix(block)
                wide.append(
                    try ArchiveTensor(
                        name: name + Self.scaleSuffix, shape: [entry.rows], floats: quantized.scales.span))
                narrow.append(try ArchiveTensor(name: name, shape: entry.shape, integers: quantized.values.span))
            }
        }
        return wide + narrow
    }

    /// The parameters of an archive; I8 values are multiplied by their scales.
    ///
    /// - Throws: ``ModelError``: an invalid configuration; a tensor that is missing or has another shape or type; a scale that
    ///   is negative or not finite.
    /// - Complexity: O(parameters).
    package convenience init(
        configuration: ModelConfiguration, archive: Archive, cells: CellRegistry = CellRegistry()
    ) throws(ModelError) {
        // Every tensor is checked before allocation: sizes in a file are not trusted.
        let layout = try Self.layout(of: configuration, cells: cells)
        for entry in layout.entries {
            let tensor = try Self.tensor(entry.name, shape: entry.shape, in: archive)
            guard entry.isMatrix && tensor.elementType == .int8 else { continue }
            let scale = try Self.tensor(entry.name + Self.scaleSuffix, shape: [entry.rows], in: archive)
            guard scale.elementType == .float32 else {
                throw .archive(
                    .tensor(
                        path: archive.path, name: scale.name,
                        reason: "holds \(scale.elementType.rawValue); the scales of an I8 matrix are F32"))
            }
        }
        try self.init(configuration: configuration, cells: cells)
        do throws(ArchiveError) {
            for entry in layout.entries {
                let tensor = try archive.tensor(named: entry.name)
                if entry.isMatrix && tensor.elementType == .int8 {
                    QuantizedMatrix(
                        rows: entry.rows, columns: entry.columns, values: try tensor.integers(),
                        scales: try Self.scales(of: entry.name, in: archive)
                    ).dequantize(into: blocks[entry.name])
                } else {
                    blocks[entry.name].assign(from: try tensor.floats())
                }
            }
        } catch {
            throw .archive(error)
        }
    }

    private static func tensor(
        _ name: String, shape: [Int], in archive: Archive
    ) throws(ModelError) -> ArchiveTensor {
        guard let tensor = archive.tensors.first(where: { $0.name == name }) else {
            throw .tensor(name: name, expected: shape, found: nil)
        }
        guard tensor.shape == shape else { throw .tensor(name: name, expected: shape, found: tensor.shape) }
        return tensor
    }

    /// The scales of an I8 matrix: not negative, and small enough for finite elements.
    private static func scales(of matrix: String, in archive: Archive) throws(ArchiveError) -> [Float] {
        let name = matrix + scaleSuffix
        let scales = try archive.tensor(named: name).floats()
        if let index = scales.firstIndex(where: { !($0 >= 0 && (128 * $0).isFinite) }) {
            throw .tensor(
                path: archive.path, name: name,
                reason: "element \(index) is \(scales[index]), which is not a valid scale; quantize the model again")
        }
        return scales
    }
}
