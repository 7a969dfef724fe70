internal import RunicArchive
package import RunicModel
package import RunicTraining

/// A checkpoint that was read: all that a run needs to continue as if it had never stopped.
package struct Checkpoint: Sendable {
    package let path: String
    package let state: TrainerState
    /// The SHA-256 of each file of the text.
    package let texts: [String]
    /// The length of the log at that time, in bytes.
    package let logLength: Int
    private let archive: Archive
    private let configuration: ModelConfiguration

    static let (vectorPrefix, bestPrefix) = ("memory.", "best.")
    static let stateKey = ArchiveManifest.Key(rawValue: "state")
    static let textsKey = ArchiveManifest.Key(rawValue: "texts")
    static let logKey = ArchiveManifest.Key(rawValue: "log_bytes")

    /// - Throws: ``TrainingError`` if the file is damaged or not a checkpoint.
    init(path: String) throws(TrainingError) {
        do throws(ArchiveError) {
            // Parameters, moments, snapshot and best parameters: what could be trained can be read back.
            archive = try Archive.read(path: path, limit: 12 * Archive.defaultLimit)
            let manifest = try ArchiveManifest(archive)
            guard manifest.contains(Self.stateKey) else {
                throw .metadata(
                    path: path, key: Self.stateKey.rawValue, reason: "is missing; this is not a checkpoint of a run")
            }
            state = try manifest.decode(TrainerState.self, key: Self.stateKey)
            if let contradiction = state.contradiction {
                throw .metadata(path: path, key: Self.stateKey.rawValue, reason: "cannot be: \(contradiction)")
            }
            texts = try manifest.decode([String].self, key: Self.textsKey)
            logLength = try manifest.decode(Int.self, key: Self.logKey)
            guard logLength >= 0 else {
                throw .metadata(path: path, key: Self.logKey.rawValue, reason: "is \(logLength)")
            }
            configuration = try manifest.decode(ModelConfiguration.self, key: .model)
        } catch {
            throw .archive(error)
        }
        self.path = path
    }

    /// The last parameters, and the best ones if the run had validated.
    ///
    /// - Throws: ``TrainingError`` if they are of another model than `expected`.
    package func parameters(
        of expected: ModelConfiguration
    ) throws(TrainingError) -> (last: ModelParameters, best: ModelParameters?) {
        guard configuration == expected else {
            throw .folder(
                path: path,
                reason: "is a checkpoint of another model, \(name(configuration)); settings.json and the text make "
                    + "\(name(expected))")
        }
        do {
            let last = try ModelParameters(configuration: expected, archive: archive)
            guard state.bestStep > 0 else { return (last, nil) }
            let best = Archive(
                tensors: archive.tensors.filter { $0.name.hasPrefix(Self.bestPrefix) }.map {
                    $0.renamed(String($0.name.dropFirst(Self.bestPrefix.count)))
                }, path: path)
            return (last, try ModelParameters(configuration: expected, archive: best))
        } catch {
            throw .folder(path: path, reason: error.description)
        }
    }

    /// The optimizer state and carried states for ``Trainer/restore(_:vectorState:)``.
    package func vectorState() throws(TrainingError) -> [String: [Float]] {
        var vectors: [String: [Float]] = [:]
        do {
            for tensor in archive.tensors where tensor.name.hasPrefix(Self.vectorPrefix) {
                vectors[String(tensor.name.dropFirst(Self.vectorPrefix.count))] = try tensor.floats()
            }
        } catch {
            throw .archive(error)
        }
        return vectors
    }

    private func name(_ model: ModelConfiguration) -> String {
        "\(model.cell) \(model.layers) × \(model.hiddenSize) with embedding \(model.embeddingSize) and vocabulary "
            + "\(model.vocabularySize)"
    }
}
