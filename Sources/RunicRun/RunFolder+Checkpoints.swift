internal import Foundation
internal import RunicArchive
package import RunicModel
package import RunicTraining

/// The last two checkpoints: archives of parameters, what the optimizer remembers, carried states, the best parameters and
/// the trainer's state.
extension RunFolder {
    /// Writes `resume.runic`, after the log has come to the disk; the one before becomes `resume-previous.runic`.
    ///
    /// - Parameters:
    ///   - best: the best parameters, if there are any yet.
    ///   - texts: the SHA-256 of each file of the text.
    package func writeCheckpoint(
        _ trainer: Trainer, best: ModelParameters?, texts: [String]
    ) throws(TrainingError) {
        let logLength = try syncLog()
        do {
            var manifest = ArchiveManifest(path: resumePath)
            try manifest.encode(.model, value: trainer.parameters.configuration)
            try manifest.encode(Checkpoint.stateKey, value: trainer.state)
            try manifest.encode(Checkpoint.textsKey, value: texts)
            try manifest.encode(Checkpoint.logKey, value: logLength)
            var tensors = try trainer.parameters.tensors()
            for (name, values) in trainer.vectorState {
                tensors.append(
                    try ArchiveTensor(
                        name: Checkpoint.memoryPrefix + name, shape: [values.count], floats: values.span))
            }
            tensors += try best?.tensors().map { $0.renamed(Checkpoint.bestPrefix + $0.name) } ?? []
            try Archive(metadata: manifest.metadata, tensors: tensors).write(to: resumePath, previous: previousPath)
        } catch {
            throw .archive(error)
        }
    }

    /// Reads the newest sound checkpoint.
    ///
    /// - Returns: the checkpoint, and, where it is not the newest, what is wrong with that one.
    /// - Throws: ``TrainingError`` if the run was not saved, or no checkpoint is sound.
    package func readCheckpoint() throws(TrainingError) -> (Checkpoint, remark: String?) {
        let paths = [resumePath, previousPath].filter(FileManager.default.fileExists(atPath:))
        var trouble: TrainingError?
        for path in paths {
            do throws(TrainingError) {
                let checkpoint = try Checkpoint(path: path)
                return (checkpoint, trouble.map { "\($0); going on from \(path)" })
            } catch {
                trouble = trouble ?? error
            }
        }
        throw trouble ?? .folder(path: path, reason: "the run was stopped before its first save; start it again")
    }

    /// Cuts the folder back to a checkpoint from which the run goes on.
    ///
    /// - Returns: what is to be told about that.
    package func goBack(to checkpoint: Checkpoint) throws(TrainingError) -> String? {
        if checkpoint.path == previousPath {
            do {
                // A damaged file must not become the previous checkpoint in place of this sound one.
                if FileManager.default.fileExists(atPath: resumePath) {
                    try FileManager.default.removeItem(atPath: resumePath)
                }
                try FileManager.default.moveItem(atPath: previousPath, toPath: resumePath)
            } catch {
                throw .folder(path: resumePath, reason: "cannot be replaced: \(SystemFolder.reason(error))")
            }
        }
        return try cutLog(toBytes: checkpoint.logLength)
            ? nil : "\(logPath): lines are missing that were there when the run was saved; going on without them"
    }
}
