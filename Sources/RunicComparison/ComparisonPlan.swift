package import RunicModel
package import RunicTraining

/// What a comparison runs: every model with every seed, under the same settings.
package struct ComparisonPlan: Sendable {
    /// One model a cell.
    package var configurations: [ModelConfiguration]
    /// Each fixes the initial parameters, the order of the batches and the dropout masks of one run of every model.
    package var seeds: [UInt64]
    /// The settings of every run, but for the seed.
    package var settings: TrainingSettings
    /// What the models have in common.
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

    /// The runs in their order: all models with the first seed, then all with the next, so that a comparison that is
    /// stopped early still has models to hold against each other.
    package var runs: [(configuration: ModelConfiguration, seed: UInt64)] {
        seeds.flatMap { seed in configurations.map { ($0, seed) } }
    }

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

    /// The settings of a run: under equal time, the seconds alone end it.
    func settings(seed: UInt64) -> TrainingSettings {
        var changed = settings
        changed.seed = seed
        if matching == .time { changed.epochs = nil }
        return changed
    }
}
