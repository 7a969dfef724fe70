internal import RunicArchive
internal import RunicFiles
package import RunicModel
package import RunicTraining

/// The last two checkpoints: archives of parameters, optimizer state, carried recurrent states, the best parameters and the
/// trainer's state.
extension RunFolder {
    /// Syncs the log, then writes `resume.runic`; the checkpoint before it becomes `resume-previous.runic`.
    ///
    /// - Parameters:
    ///   - best: the best parameters; nil before the first validation.
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
                        name: Checkpoint.vectorPrefix + name, shape: [values.count], floats: values.span))
            }
            tensors += try best?.tensors().map { $0.renamed(Checkpoint.bestPrefix + $0.name) } ?? []
            try Archive(metadata: manifest.metadata, tensors: tensors).write(to: resumePath, previous: previousPath)
        } catch {
            throw .archive(error)
        }
    }

    /// Reads the newest sound checkpoint.
    ///
    /// - Returns: the checkpoint, and a remark for the user if a newer one is damaged.
    /// - Throws: ``TrainingError`` if the run was not saved, or no checkpoint is sound.
    package func readCheckpoint() throws(TrainingError) -> (Checkpoint, remark: String?) {
        let paths = [resumePath, previousPath].filter { FilePath.kind($0) != nil }
        var trouble: TrainingError?
        for path in paths {
            do throws(TrainingError) {
                let checkpoint = try Checkpoint(path: path)
                return (checkpoint, trouble.map { "\($0); continuing from \(path)" })
            } catch {
                trouble = trouble ?? error
            }
        }
        throw trouble ?? .folder(path: path, reason: "the run was stopped before its first save; start it again")
    }

    /// Returns the folder to its state at a checkpoint, from which the run is resumed.
    ///
    /// - Returns: a remark for the user; nil if nothing was lost.
    package func rewind(to checkpoint: Checkpoint) throws(TrainingError) -> String? {
        if checkpoint.path == previousPath {
            // The damaged file, if any, must not become the previous checkpoint in place of this sound one.
            try TrainingError.wrapping(FilePath.rename(previousPath, to: resumePath))
        }
        return try cutLog(toBytes: checkpoint.logLength)
            ? nil : "\(logPath): lines are missing that the log had when the run was saved; continuing without them"
    }
}
