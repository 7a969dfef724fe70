internal import Runic

/// Loads models for commands.
enum ModelLoading {
    /// The model of a path; a difference of Unicode versions is noted.
    static func load(
        _ path: String, _ computing: ComputingArguments, registry: StageRegistry
    ) throws -> TextModel {
        try load(path, registry: registry, precision: computing.precision, threads: computing.threads)
    }

    /// The model of a path; a difference of Unicode versions is noted.
    ///
    /// - Parameters:
    ///   - registry: where its stages are found.
    ///   - precision: what it computes in; nil is what the archive holds.
    ///   - threads: worker threads.
    static func load(
        _ path: String, registry: StageRegistry, precision: Precision? = nil, threads: Int = RunicMachine.processors
    ) throws -> TextModel {
        let model = try reporting { () throws(RunicError) in
            try TextModel(path: path, registry: registry, precision: precision, threads: threads)
        }
        if let warning = model.unicodeWarning { Console.note("runic: \(path): \(warning)") }
        return model
    }
}
