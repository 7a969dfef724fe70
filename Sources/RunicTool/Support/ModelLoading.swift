internal import Runic
internal import RunicDisplay
internal import RunicRun

/// Loads models for commands; a run's folder means its best model.
enum ModelLoading {
    /// The file that a model is read from; the path itself where there is no model, which reading it will tell.
    static func file(of path: String) -> String { (try? RunFolder.model(at: path)) ?? path }

    /// Reads an archive without making a model of it.
    static func archive(_ path: String) throws -> Archive {
        try reporting { () throws(ArchiveError) in try Archive.read(path: try RunFolder.model(at: path)) }
    }

    /// Loads a model, and notes a different Unicode version.
    static func load(
        _ path: String, _ computing: ComputingArguments, registry: StageRegistry
    ) throws -> TextModel {
        try load(path, registry: registry, precision: computing.precision, threads: computing.threads)
    }

    /// Loads a model, and notes a different Unicode version.
    ///
    /// - Parameters:
    ///   - registry: finds the stages of its pipeline.
    ///   - precision: the element type of its products; nil for the archive's.
    ///   - threads: worker threads.
    static func load(
        _ path: String, registry: StageRegistry, precision: Precision? = nil, threads: Int = RunicMachine.processors
    ) throws -> TextModel {
        let model = try reporting { () throws(RunicError) in
            try TextModel(
                path: path, environment: Environment(stages: registry), precision: precision, threads: threads)
        }
        if let warning = model.unicodeWarning { Console.note("runic: \(path.printable): \(warning)") }
        return model
    }

    /// Refuses a model whose output is not a number: it has diverged, and what it draws means nothing.
    static func refuse(_ path: String, unlessFinite isFinite: Bool) throws {
        guard !isFinite else { return }
        throw Failure(RunicError.notFinite(model: path, what: "the model's output").description)
    }
}
