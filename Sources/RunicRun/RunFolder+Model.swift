internal import Foundation
package import RunicArchive
internal import RunicFiles

extension RunFolder {
    /// The archive that is meant where a model is asked for: the file itself, or of a run's folder its best model.
    ///
    /// - Throws: `ArchiveError.file` for a folder without one.
    package static func model(at path: String) throws(ArchiveError) -> String {
        guard FilePath.kind(path) == .folder else { return path }
        let folder = RunFolder(path: path)
        guard FilePath.kind(folder.bestPath) == nil else { return folder.bestPath }
        let isRun = [folder.settingsPath, folder.resumePath].contains { FilePath.kind($0) != nil }
        throw .file(
            path: path,
            problem: isRun
                ? "the run has no best.runic yet, which is written at its first validation; let it train on"
                : "is a folder without best.runic; name a .runic file or the folder of a run")
    }

    /// What the model in a file is called: the file's name without extension; the best model of a run like the run's folder, and
    /// its last one like the folder and `/last`.
    package static func modelName(at path: String) -> String {
        let file = FilePath.fileName(of: path)
        let name = file.hasSuffix(".runic") ? String(file.dropLast(6)) : file
        guard ["best.runic", "last.runic"].contains(file) else { return name }
        let folder = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().lastPathComponent
        guard !folder.isEmpty, folder != "/" else { return name }
        return name == "best" ? folder : "\(folder)/\(name)"
    }
}
