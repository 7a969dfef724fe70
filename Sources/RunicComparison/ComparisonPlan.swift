package import RunicModel
package import RunicTraining

/// The runs of a comparison: every model with every seed, under the same settings.
package struct ComparisonPlan: Sendable {
    /// One model per cell.
    package var configurations: [ModelConfiguration]
    /// The seeds; each fixes initial parameters, order of batches and dropout masks of one run of every model.
    package var seeds: [UInt64]
    /// The settings of every run, except the seed.
    package var settings: TrainingSettings
    /// What the models share.
    package var matching: ComparisonMatching
    /// The time scale of chrono initialisation, in symbols; nil for the cells' default biases.
    package var rememberedSteps: Int?

    package init(
        configurations: [ModelConfiguration], seeds: [UInt64], settings: TrainingSettings, matching: ComparisonMatching
    ) {
        self.configurations = configurations
        self.seeds = seeds
        self.settings = settings
        self.matching = matching
    }

    /// The runs in order: all models with the first seed, then all with the next, so that a comparison that is stopped early
    /// still has models to compare.
    package var runs: [(configuration: ModelConfiguration, seed: UInt64)] {
        seeds.flatMap { seed in configurations.map { ($0, seed) } }
    }

    /// Checks settings, cells and seeds.
    ///
    /// - Throws: ``TrainingError/option(name:value:allowed:)``.
    package func validate() throws(TrainingError) {
        try settings.validate()
        let cells = configurations.map(\.cell)
        guard !cells.isEmpty && Set(cells).count == cells.count else {
            throw .option(
                name: "cells", value: cells.isEmpty ? "empty" : cells.joined(separator: ","),
                allowed: "one or more different names")
        }
        guard !seeds.isEmpty && Set(seeds).count == seeds.count else {
            throw .option(
                name: "seeds", value: seeds.isEmpty ? "0" : seeds.map(\.description).joined(separator: ","),
                allowed: "one or more different seeds")
        }
        guard matching != .time || settings.maxSeconds != nil else {
            throw .option(name: "max-time", value: "none", allowed: "given with --match time")
        }
    }

    /// The settings of a run; with equal time, only the seconds end it.
    func settings(seed: UInt64) -> TrainingSettings {
        var changed = settings
        changed.seed = seed
        if matching == .time { changed.epochs = nil }
        return changed
    }
}
