package import RunicCells
package import RunicModel

/// Finds the configuration with which each cell is compared with a base model.
package enum ModelMatching {
    /// One configuration per cell, in the order of the cells.
    ///
    /// With equal parameters (or time), each cell gets the hidden size whose number of parameters comes nearest to the
    /// base's. If the base's embedding is as wide as its hidden layers, the embedding follows; else it keeps its width. A
    /// multiple of 8 is preferred if that keeps the number of parameters within ``roundingTolerance`` of the base's. The
    /// base's own cell keeps the base's sizes.
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

    /// How far, as a fraction, a multiple of 8 may take the number of parameters from the base's.
    package static let roundingTolerance = 0.005

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
        var (low, high) = (ModelConfiguration.widths.lowerBound, ModelConfiguration.widths.upperBound)
        while low < high {
            let middle = (low + high + 1) / 2
            let count = try ModelParameters.count(sized(middle), cells: registry)
            if count <= target { low = middle } else { high = middle - 1 }
        }
        var best = low
        if low < ModelConfiguration.widths.upperBound, try distance(low + 1) < distance(low) { best = low + 1 }
        var roundBest: (hidden: Int, distance: Int)?
        for round in [best / 8 * 8, (best + 7) / 8 * 8] where ModelConfiguration.widths.contains(round) {
            let off = try distance(round)
            if Double(off) <= roundingTolerance * Double(target) && off < roundBest?.distance ?? .max {
                roundBest = (round, off)
            }
        }
        return sized(roundBest?.hidden ?? best)
    }
}

/// What the models of a comparison share.
public enum ComparisonMatching: String, Sendable, Hashable, Codable, CaseIterable {
    /// As nearly as possible the same number of parameters.
    case parameters
    /// The same hidden size.
    case hidden
    /// As nearly as possible the same number of parameters, and the same seconds of training.
    case time
}
