package import RunicArchive
package import RunicCells
internal import RunicKernels

extension ModelParameters {
    /// The tensors for an archive: PyTorch's names, shapes and gate order.
    ///
    /// - Throws: ``ArchiveError`` where there is no memory for the copies.
    /// - Complexity: O(parameters).
    package func tensors() throws(ArchiveError) -> [ArchiveTensor] {
        var made: [ArchiveTensor] = []
        for entry in layout.entries {
            made.append(try ArchiveTensor(name: entry.name, shape: entry.shape, floats: blocks[entry.name].array.span))
        }
        return made
    }

    /// The parameters that an archive holds.
    ///
    /// - Throws: ``ModelError``: the configuration is not one, or a tensor is missing or of another shape or type.
    /// - Complexity: O(parameters).
    package convenience init(
        configuration: ModelConfiguration, archive: Archive, cells: CellRegistry = CellRegistry()
    ) throws(ModelError) {
        // Every tensor is checked before memory is taken: sizes in a file are not to be trusted.
        let layout = try Self.layout(of: configuration, cells: cells)
        for entry in layout.entries {
            guard let tensor = archive.tensors.first(where: { $0.name == entry.name }) else {
                throw .tensor(name: entry.name, expected: entry.shape, found: nil)
            }
            guard tensor.shape == entry.shape else {
                throw .tensor(name: entry.name, expected: entry.shape, found: tensor.shape)
            }
        }
        try self.init(configuration: configuration, cells: cells)
        for entry in layout.entries {
            do {
                blocks[entry.name].assign(from: try archive.tensor(named: entry.name).floats())
            } catch {
                throw .archive(error)
            }
        }
    }
}
