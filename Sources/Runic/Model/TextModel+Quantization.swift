internal import RunicArchive
internal import RunicEvaluation
public import RunicKernels
internal import RunicModel
public import RunicText

extension TextModel {
    /// The model with its matrices in fewer bits: an archive of about a quarter (int8) or half (bf16) of the size.
    ///
    ///     let check = try TextSource(paths: ["test.txt"])
    ///     try model.quantized(to: .int8, check: check).archive.write(to: "small.runic")
    ///
    /// - Parameters:
    ///   - precision: `int8` or `bfloat16`, in which the model is not yet.
    ///   - check: regular files, on which both models are measured; the result is noted in the archive.
    ///   - repair: replaces invalid bytes of the check instead of stopping at them.
    ///   - leavingOutSources: whether the new archive leaves out names and hashes of all texts, those of training too.
    ///   - container: how the files of the check are to be taken apart, see ``readingPipeline(container:repair:)``.
    ///   - reads: called once the files are read, with the remarks on how.
    /// - Throws: ``RunicError``: the model has no more bits than that, or holds a number that is not finite; a text
    ///   cannot be read, is no regular file or is too short.
    /// - Complexity: O(parameters), and two forward passes over the check.
    public func quantized(
        to precision: Precision, check: TextSource? = nil, repair: Bool = false, leavingOutSources: Bool = false,
        container: [StageDescription]? = nil, reads: ([FileStatistics]) -> Void = { _ in }
    ) throws(RunicError) -> QuantizedModel {
        try refuse(precision)
        let texts = try check.map { (check) throws(RunicError) in try CheckedFiles.texts(of: check) }
        var manifest = try shippedManifest(leavingOutSources: leavingOutSources)
        var note = QuantizationNote(precision: precision)
        var archive: Archive
        do throws(ArchiveError) {
            // A number that is not finite has no place in 8 bits, and would spoil the scale of its row.
            let source = try Archive(metadata: manifest.metadata, tensors: parameters.tensors(), path: manifest.path)
            _ = try ArchiveVerification(source)
            try manifest.encode(.quantization, value: note)
            archive = try Archive(
                metadata: manifest.metadata, tensors: parameters.tensors(in: precision), path: manifest.path)
            _ = try ArchiveVerification(archive)
        } catch {
            throw .archive(error)
        }
        // Even without a check: the archive that is written must be readable.
        let smaller = try TextModel(archive: archive, environment: environment, threads: threads)
        guard let check, let texts else {
            return QuantizedModel(archive: archive, note: note, report: nil)
        }
        let report = try smaller.evaluate(check, repair: repair, container: container)
        note.check = try QuantizationNote.Check(
            source: evaluate(check, repair: repair, container: container, reads: reads), made: report, texts: texts)
        guard try CheckedFiles.texts(of: check) == texts else {
            throw .other("\(texts.map(\.name).joined(separator: ", ")): changed while it was measured; try again")
        }
        note.check?.shorten(leavingOutSources: leavingOutSources)
        do throws(ArchiveError) {
            try manifest.encode(.quantization, value: note)
        } catch {
            throw .archive(error)
        }
        archive.metadata = manifest.metadata
        return QuantizedModel(archive: archive, note: note, report: report)
    }

    /// The metadata with fewer names of texts: none, or one entry for many. A note that stays as it is keeps its bytes.
    private func shippedManifest(leavingOutSources: Bool) throws(RunicError) -> ArchiveManifest {
        var manifest = manifest
        guard manifest.contains(.training) else { return manifest }
        do throws(ArchiveError) {
            var note = try manifest.decode(TrainingNote.self, key: .training)
            let before = note
            if leavingOutSources { note.leaveOutSources() } else { note.foldSources() }
            if note != before { try manifest.encode(.training, value: note) }
        } catch {
            // Without the option, a note that cannot be read goes into the new archive as it is.
            guard !leavingOutSources else { throw .archive(error) }
        }
        return manifest
    }

    /// Refuses a precision that would not make the model smaller, or would round rounded values again.
    private func refuse(_ precision: Precision) throws(RunicError) {
        func refusal(_ reason: String) -> RunicError { .quantization(model: manifest.path, reason: reason) }
        guard self.precision == storedPrecision else {
            throw refusal("was read to compute in \(self.precision.rawValue); read it as it is stored")
        }
        switch (storedPrecision, precision) {
        case (_, .float32): throw refusal("f32 is not smaller; make it bf16 or int8")
        case (.int8, _):
            throw refusal("is int8 already, and its lost digits cannot be restored; quantize the original model")
        case (.bfloat16, .bfloat16): throw refusal("is bf16 already; make it int8, or keep it as it is")
        default: break
        }
    }
}

extension QuantizationNote.Check {
    /// The losses in two reports on the same text.
    fileprivate init(source: EvaluationReport, made: EvaluationReport, texts: [Text]) throws(RunicError) {
        guard let before = source.natsPerSymbol, let after = made.natsPerSymbol else {
            throw .other("\(texts.map(\.name).joined(separator: ", ")): the loss is not a finite number")
        }
        self.init(
            sourceNatsPerSymbol: before, natsPerSymbol: after, difference: after - before, symbols: source.symbols,
            unknownSymbols: source.unknownSymbols, texts: texts)
    }
}
