internal import RunicDisplay
internal import RunicFiles
internal import RunicRun
internal import RunicText

extension TrainingRun {
    /// The command that resumes the run, to be pasted into a shell. `TEXT...` stands for the files in which the text of a pipe,
    /// which cannot be read again, must be saved.
    public var resumeCommand: String {
        "runic train " + (options.unrepeatableTexts.isEmpty ? "" : "TEXT... ") + "--resume \(folder.path.shellPath)"
    }

    /// The text of a resumed run, recognised by its hashes, and the options with its files in the run's order.
    ///
    /// - Throws: ``RunicError/textChanged(run:reason:)`` with the file that differs, ``RunicError/textMissing(run:reason:)`` if
    ///   one cannot be read, or what encoding throws.
    func resumedText(_ checkpoint: Checkpoint) throws -> (TrainingOptions, EncodedCorpus) {
        var found = options
        var corpus = try readAgain(found.texts)
        if let ordered = order(corpus.files, as: checkpoint.texts) {
            found.texts = ordered
            corpus = try readAgain(ordered)
        }
        let hashes = corpus.files.map(\.sha256)
        guard hashes == checkpoint.texts else {
            throw RunicError.textChanged(run: folder.path, reason: difference(corpus.files, checkpoint.texts))
        }
        return (found, corpus)
    }

    private func readAgain(_ texts: [String]) throws -> EncodedCorpus {
        do {
            return try encoded(texts)
        } catch let error as TextError {
            switch error {
            case .unreadable, .noFiles:
                throw RunicError.textMissing(run: folder.path, reason: error.description)
            default: throw error
            }
        }
    }

    /// The paths of files in the order of the run's hashes; nil if they are in it already, are other files, or cannot be read
    /// again.
    private func order(_ files: [FileStatistics], as hashes: [String]) -> [String]? {
        guard textsMoved, files.map(\.sha256) != hashes, files.map(\.sha256).sorted() == hashes.sorted(),
            files.allSatisfy({ $0.path != TextFile.standardInputPath && FilePath.kind($0.path) == .file })
        else { return nil }
        var paths = Dictionary(grouping: files, by: \.sha256).mapValues { $0.map(\.path)[...] }
        return hashes.compactMap { paths[$0]?.popFirst() }
    }

    private func difference(_ files: [FileStatistics], _ hashes: [String]) -> String {
        guard files.count == hashes.count else {
            let names = options.texts.count == 1 ? options.texts[0] : "the text"
            return "\(names): \(files.count) files where the run was started with \(hashes.count)"
        }
        guard let (file, hash) = zip(files, hashes).first(where: { $0.sha256 != $1 }) else {
            return "the text is not the one that the run was started with"
        }
        return "\(file.path): is not the file that the run was started with (its SHA-256 begins with "
            + "\(file.sha256.prefix(8)), the run's with \(hash.prefix(8)))"
    }
}
