internal import Foundation
package import RunicArchive
package import RunicModel
package import RunicTraining

/// The folder of a run: `settings.json`, `log.jsonl`, `best.runic`, `last.runic`, and the last two checkpoints,
/// `resume.runic` and `resume-previous.runic`.
///
/// A checkpoint is complete in itself: whatever else lies in the folder is made again from it (both models) or cut back to
/// it (the log). Every file but the log is written beside its target, synced and renamed, so that it does not matter when
/// the process ends, nor between which two files.
package struct RunFolder: Sendable {
    package let path: String

    package var settingsPath: String { path + "/settings.json" }
    package var logPath: String { path + "/log.jsonl" }
    package var bestPath: String { path + "/best.runic" }
    package var lastPath: String { path + "/last.runic" }
    package var resumePath: String { path + "/resume.runic" }
    package var previousPath: String { path + "/resume-previous.runic" }

    package init(path: String) { self.path = path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path }

    /// Refuses a folder that holds a run that can be resumed, or that lies where the texts are read from.
    ///
    /// - Throws: ``TrainingError/folder(path:reason:)``.
    package func refuseIfTaken(texts: [String]) throws(TrainingError) {
        if [resumePath, previousPath, bestPath].contains(where: FileManager.default.fileExists(atPath:)) {
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

    /// Makes the folder unless it is there, and runs `body` while no other process may write into it.
    ///
    /// What a process that was killed left unfinished is taken away first.
    ///
    /// - Throws: ``TrainingError/folder(path:reason:)`` if it cannot be made or written to, or is in use; what `body`
    ///   throws.
    package func locked<Result>(_ body: () throws -> Result) throws -> Result {
        try SystemFolder.make(path)
        guard let lock = try FolderLock(folder: path) else {
            throw TrainingError.folder(
                path: path, reason: "another process is training in it; wait for it, or end it first")
        }
        defer { withExtendedLifetime(lock) {} }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        where AtomicFile.isTemporary(name) {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
        }
        return try body()
    }

    /// Writes `settings.json`.
    package func write(settings: some Encodable) throws(TrainingError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try AtomicFile.write(Array(encoder.encode(settings)) + Array("\n".utf8), to: settingsPath)
        } catch let error as ArchiveError {
            throw .archive(error)
        } catch {
            throw .folder(path: settingsPath, reason: "cannot be written: \(error)")
        }
    }

    /// Reads `settings.json`.
    package func settings<Settings: Decodable>(_ type: Settings.Type) throws(TrainingError) -> Settings {
        guard FileManager.default.fileExists(atPath: settingsPath) else {
            throw .folder(path: path, reason: "is not the folder of a run: it has no settings.json")
        }
        do {
            return try JSONDecoder().decode(type, from: Data(AtomicFile.read(path: settingsPath)))
        } catch let error as ArchiveError {
            throw .archive(error)
        } catch let error as DecodingError {
            throw .folder(path: settingsPath, reason: "does not hold the settings of a run: \(error.explanation)")
        } catch {
            throw .folder(path: settingsPath, reason: "does not hold the settings of a run: \(error)")
        }
    }

    /// Writes a model.
    package func write(
        _ parameters: ModelParameters, manifest: ArchiveManifest, to path: String
    ) throws(TrainingError) {
        do {
            try Archive(metadata: manifest.metadata, tensors: try parameters.tensors()).write(to: path)
        } catch {
            throw .archive(error)
        }
    }
}
