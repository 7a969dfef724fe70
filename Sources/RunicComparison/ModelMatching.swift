package import RunicCells
package import RunicModel

/// Finds, for each cell, the model that is compared with a base model.
package enum ModelMatching {
    /// One configuration a cell, in the order of the cells.
    ///
    /// With equal parameters (or time), each cell's hidden size is chosen so that its number of parameters comes
    /// nearest to the base's; the embedding follows the hidden size where the base's two are equal and stays as it is
    /// elsewhere. The hidden size may be any whole number from 1 to 16,384; the nearest multiple of 8 is taken in its
    /// place where that keeps the number of parameters within ``roundShare`` of the base's. The base's own cell keeps
    /// the base's sizes.
    ///
    /// - Throws: ``ModelError``: an unknown cell, or a base that cannot be made.
    /// - Complexity: O(cells · layers).
    package static func configurations(
        cells: [String], base: ModelConfiguration, matching: ComparisonMatching, registry: CellRegistry = CellRegistry()
    ) throws(ModelError) -> [ModelConfiguration] {
        let target = try ModelParameters.count(base, cells: registry)
        var found: [ModelConfiguration] = []
        for cell in cells {
            var candidate = base
            candidate.cell = cell
            // An unknown cell is an error under every matching.
            _ = try ModelParameters.count(candidate, cells: registry)
            if matching != .hidden && cell != base.cell {
                candidate = try matched(candidate, parameters: target, registry)
            }
            found.append(candidate)
        }
        return found
    }

    /// How far from the base's number of parameters a hidden size that is a multiple of 8 may lead.
    package static let roundShare = 0.005
    private static let hiddenSizes = ModelConfiguration.widths

    private static func matched(
        _ configuration: ModelConfiguration, parameters target: Int, _ registry: CellRegistry
    ) throws(ModelError) -> ModelConfiguration {
        let isTied = configuration.embeddingSize == configuration.hiddenSize
        func sized(_ hidden: Int) -> ModelConfiguration {
            var changed = configuration
            changed.hiddenSize = hidden
            if isTied { changed.embeddingSize = hidden }
            return changed
        }
        func distance(_ hidden: Int) throws(ModelError) -> Int {
            abs(try ModelParameters.count(sized(hidden), cells: registry) - target)
        }
        var (low, high) = (hiddenSizes.lowerBound, hiddenSizes.upperBound)
        while low < high {
            let middle = (low + high + 1) / 2
            let count = try ModelParameters.count(sized(middle), cells: registry)
            if count <= target { low = middle } else { high = middle - 1 }
        }
        var best = low
        if low < hiddenSizes.upperBound, try distance(low + 1) < distance(low) { best = low + 1 }
        var roundBest: (hidden: Int, distance: Int)?
        for round in [best / 8 * 8, (best + 7) / 8 * 8] where hiddenSizes.contains(round) {
            let off = try distance(round)
            if Double(off) <= roundShare * Double(target) && off < roundBest?.distance ?? .max {
                roundBest = (round, off)
            }
        }
        return sized(roundBest?.hidden ?? best)
    }
}
