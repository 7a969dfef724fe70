internal import Foundation
internal import RunicArchive
package import RunicTraining

/// Folders that results are written to.
package enum SystemFolder {
    /// Makes a folder, and those above it, unless they are there.
    ///
    /// - Throws: ``TrainingError/folder(path:reason:)`` with the system's reason if it cannot be made or written to.
    package static func make(_ path: String) throws(TrainingError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .folder(path: path, reason: "the folder cannot be made: \(reason(error))")
        }
        if let refusal = AtomicFile.refusal(folder: path) {
            throw .folder(path: path, reason: "the folder cannot be written to: \(refusal.lowercased())")
        }
    }

    /// The system's own words, such as `not a directory`: what Foundation wraps around them says less.
    static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
        let words = (underlying ?? error).localizedDescription
        return words.replacingOccurrences(of: "The operation could not be completed. ", with: "").lowercased()
    }
}
