internal import Foundation
package import RunicArchive
internal import RunicDisplay
package import RunicFiles
package import RunicModel
package import RunicTraining

/// The folder of a run: `settings.json`, `log.jsonl`, `best.runic`, `last.runic`, and the last two checkpoints,
/// `resume.runic` and `resume-previous.runic`.
///
/// A checkpoint is complete in itself: resuming makes both models again from it and truncates the log to match. Every file but
/// the log is replaced in one step, so the process may end at any time, also between two files.
package struct RunFolder: Sendable {
    package let path: String

    package var settingsPath: String { path + "/settings.json" }
    package var logPath: String { path + "/log.jsonl" }
    package var bestPath: String { path + "/best.runic" }
    package var lastPath: String { path + "/last.runic" }
    package var resumePath: String { path + "/resume.runic" }
    package var previousPath: String { path + "/resume-previous.runic" }

    package init(path: String) {
        let isFolder = path.utf8.last == UInt8(ascii: "/") && path.utf8.count > 1
        self.path = isFolder ? String(Substring(path.utf8.dropLast())) : path
    }

    /// Refuses a folder that already holds a run, or that lies in a folder of the texts.
    ///
    /// - Throws: ``TrainingError/folder(path:reason:)``.
    package func refuseIfTaken(texts: [String]) throws(TrainingError) {
        if [resumePath, previousPath, bestPath].contains(where: { FilePath.kind($0) != nil }) {
            throw .folder(
                path: path,
                reason: "already holds a run; resume it with --resume \(path.shellPath), or name another folder with "
                    + "--out")
        }
        func parts(_ path: String) -> [String] { URL(fileURLWithPath: path).standardizedFileURL.pathComponents }
        for text in texts where FilePath.kind(text) == .folder && parts(path).starts(with: parts(text)) {
            throw .folder(
                path: path, reason: "lies inside \(text), which is read as text; name a folder elsewhere with --out")
        }
    }

    /// Makes the folder if it is missing, and runs `body` while no other process may write into it.
    ///
    /// Removes temporary files of a killed process first.
    ///
    /// - Throws: ``TrainingError/folder(path:reason:)`` if it cannot be made or written to, or is in use; what `body`
    ///   throws.
    package func locked<Result>(_ body: () throws -> Result) throws -> Result {
        let lock: FolderLock?
        do throws(FileError) {
            try Folder.make(path)
            lock = try FolderLock(folder: path)
        } catch {
            throw TrainingError(error)
        }
        guard let lock else {
            throw TrainingError.folder(
                path: path, reason: "another process is training in it; wait for it, or end it first")
        }
        defer { withExtendedLifetime(lock) {} }
        for name in (try? Folder.names(in: path)) ?? [] where AtomicFile.isTemporary(name) {
            try? FilePath.remove(path + "/" + name)
        }
        return try body()
    }

    /// Writes `settings.json`.
    package func write(settings: some Encodable) throws(TrainingError) {
        do {
            try AtomicFile.write(Array((PrettyJSON.text(settings) + "\n").utf8), to: settingsPath)
        } catch let error as FileError {
            throw TrainingError(error)
        } catch {
            throw .folder(path: settingsPath, reason: "cannot be written: \(error)")
        }
    }

    /// Reads `settings.json`.
    package func settings<Settings: Decodable>(_ type: Settings.Type) throws(TrainingError) -> Settings {
        guard FilePath.kind(settingsPath) != nil else {
            let reason =
                switch FilePath.kind(path) {
                case nil: "there is no such folder"
                case .folder: "it has no settings.json"
                default: "it is a file; name the folder that it is in"
                }
            throw .folder(path: path, reason: "is not the folder of a run: \(reason)")
        }
        do {
            return try JSONDecoder().decode(type, from: Data(AtomicFile.read(settingsPath)))
        } catch let error as FileError {
            throw TrainingError(error)
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

extension TrainingError: WrapsFileError {
    package init(_ error: FileError) { self = .folder(path: error.path, reason: error.problem) }
}
