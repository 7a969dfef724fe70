internal import Foundation
package import RunicArchive
package import RunicModel

/// The folder of a run: `settings.json`, `log.jsonl`, `best.runic`, `last.runic` and `resume.runic`.
///
/// Every file but the log is written beside its target and renamed, so that a run that is killed leaves whole files.
package struct RunFolder: Sendable {
    package let path: String

    package var settingsPath: String { path + "/settings.json" }
    package var logPath: String { path + "/log.jsonl" }
    package var bestPath: String { path + "/best.runic" }
    package var lastPath: String { path + "/last.runic" }
    package var resumePath: String { path + "/resume.runic" }

    /// Whether a best model has been saved.
    package var hasBest: Bool { FileManager.default.fileExists(atPath: bestPath) }

    package init(path: String) { self.path = path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path }

    /// Refuses a folder that holds a run that can be resumed, or that lies where the texts are read from.
    ///
    /// - Throws: ``TrainingError/folder(path:reason:)``.
    package func refuseIfTaken(texts: [String]) throws(TrainingError) {
        if FileManager.default.fileExists(atPath: resumePath) || hasBest {
            throw .folder(
                path: path,
                reason: "holds a run already; go on with --resume \(path), or name another folder with --out")
        }
        func parts(_ path: String) -> [String] { URL(fileURLWithPath: path).standardizedFileURL.pathComponents }
        func isFolder(_ path: String) -> Bool {
            var found: ObjCBool = false
            return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &found) && found.boolValue
        }
        for text in texts where isFolder(text) && parts(path).starts(with: parts(text)) {
            throw .folder(
                path: path, reason: "lies inside \(text), which is read as text; name a folder elsewhere with --out")
        }
    }

    /// Makes the folder for a new run; what a run that never came to its first save left there is taken away.
    ///
    /// - Throws: ``TrainingError/folder(path:reason:)`` if it cannot be made.
    package func create() throws(TrainingError) {
        try SystemFolder.make(path)
        guard FileManager.default.fileExists(atPath: logPath) else { return }
        do {
            try FileManager.default.removeItem(atPath: logPath)
        } catch {
            throw .folder(path: logPath, reason: "cannot be taken away: \(error.localizedDescription)")
        }
    }

    /// Writes `settings.json`.
    package func write(settings: some Encodable) throws(TrainingError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try (encoder.encode(settings) + Data("\n".utf8)).write(
                to: URL(fileURLWithPath: settingsPath), options: .atomic)
        } catch {
            throw .folder(path: settingsPath, reason: "cannot be written: \(error.localizedDescription)")
        }
    }

    /// Reads `settings.json`.
    package func settings<Settings: Decodable>(_ type: Settings.Type) throws(TrainingError) -> Settings {
        guard let data = FileManager.default.contents(atPath: settingsPath) else {
            throw .folder(path: path, reason: "is not the folder of a run: it has no settings.json")
        }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            throw .folder(path: settingsPath, reason: "does not hold the settings of a run: \(error)")
        }
    }

    /// Adds a line to `log.jsonl`.
    package func append(_ record: TrainingRecord) throws(TrainingError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            let line = try encoder.encode(record) + Data("\n".utf8)
            if !FileManager.default.fileExists(atPath: logPath) {
                try line.write(to: URL(fileURLWithPath: logPath))
            } else {
                let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: logPath))
                defer { try? handle.close() }
                try handle.seekToEnd()
                try handle.write(contentsOf: line)
            }
        } catch {
            throw .folder(path: logPath, reason: "cannot be written: \(error.localizedDescription)")
        }
    }

    /// Cuts `log.jsonl` to the lines up to a step: what a killed run wrote after its last save is written again.
    package func truncateLog(toStep step: Int) throws(TrainingError) {
        guard let data = FileManager.default.contents(atPath: logPath) else { return }
        var kept = Data()
        for line in data.split(separator: UInt8(ascii: "\n")) {
            guard let record = try? JSONDecoder().decode(StepOnly.self, from: Data(line)), record.step <= step else {
                break
            }
            kept += line + Data("\n".utf8)
        }
        do {
            try kept.write(to: URL(fileURLWithPath: logPath), options: .atomic)
        } catch {
            throw .folder(path: logPath, reason: "cannot be written: \(error.localizedDescription)")
        }
    }

    private struct StepOnly: Decodable {
        let step: Int
    }

    /// Writes a model.
    package func write(
        _ parameters: ModelParameters, manifest: ArchiveManifest, to path: String
    ) throws(TrainingError) {
        do {
            try Archive(metadata: manifest.metadata, tensors: try parameters.tensors()).write(to: path)
        } catch {
            throw .folder(path: path, reason: error.description)
        }
    }

    /// Sets the tensors of the optimizer and of the carried states apart from the parameters.
    private static let memoryPrefix = "memory."
    private static let stateKey = ArchiveManifest.Key(rawValue: "state")

    private static let textsKey = ArchiveManifest.Key(rawValue: "texts")

    /// Writes `resume.runic`: parameters, what the optimizer remembers, carried states and the trainer's position.
    ///
    /// - Parameter texts: the SHA-256 of each file of the text.
    package func writeResume(_ trainer: Trainer, texts: [String]) throws(TrainingError) {
        do {
            var manifest = ArchiveManifest(path: resumePath)
            try manifest.encode(Self.stateKey, value: trainer.state)
            try manifest.encode(Self.textsKey, value: texts)
            var tensors = try trainer.parameters.tensors()
            for (name, values) in trainer.memory {
                tensors.append(
                    try ArchiveTensor(name: Self.memoryPrefix + name, shape: [values.count], floats: values.span))
            }
            try Archive(metadata: manifest.metadata, tensors: tensors).write(to: resumePath)
        } catch {
            throw .folder(path: resumePath, reason: error.description)
        }
    }

    /// Reads `resume.runic`.
    ///
    /// - Throws: ``TrainingError/folder(path:reason:)`` if the run was not saved, or the file is damaged.
    package func readResume() throws(TrainingError) -> (
        archive: Archive, state: TrainerState, texts: [String], memory: [String: [Float]]
    ) {
        guard FileManager.default.fileExists(atPath: resumePath) else {
            throw .folder(path: path, reason: "the run was stopped before its first save; start it again")
        }
        do {
            // Three times the parameters: a run that could be trained can be read back.
            let archive = try Archive.read(path: resumePath, limit: 4 * Archive.defaultLimit)
            let manifest = try ArchiveManifest(archive)
            let state = try manifest.decode(TrainerState.self, key: Self.stateKey)
            let texts = try manifest.decode([String].self, key: Self.textsKey)
            var memory: [String: [Float]] = [:]
            for tensor in archive.tensors where tensor.name.hasPrefix(Self.memoryPrefix) {
                memory[String(tensor.name.dropFirst(Self.memoryPrefix.count))] = try tensor.floats()
            }
            return (archive, state, texts, memory)
        } catch {
            throw .folder(path: resumePath, reason: error.description)
        }
    }
}
