internal import RunicArchive
internal import RunicText

extension TextModel {
    /// Checks what is not needed to run the model, but must hold in every model that training makes: each symbol of the
    /// vocabulary is one symbol to the pipeline's segmentation.
    ///
    /// Not checked: grapheme clusters, if the model was made with other rules of Unicode than this machine has; and words of
    /// other characters than ASCII, since a dictionary may cut a word alone differently than within a text.
    ///
    /// - Throws: ``RunicError``, naming the first symbol that is several.
    /// - Complexity: O(bytes of the vocabulary).
    package func checkVocabulary() throws(RunicError) {
        guard pipeline.unit == .word || pipeline.unit == .grapheme && unicodeWarning == nil else { return }
        do throws(TextError) {
            let cutter = try pipeline.makeCutter()
            for (id, symbol) in vocabulary.symbols.enumerated() where id != vocabulary.unknown {
                guard vocabulary.byteIdentifiers?.contains(id) != true else { continue }
                let bytes = symbol.bytes
                guard pipeline.unit == .grapheme || bytes.allSatisfy({ $0 < 0x80 }) else { continue }
                var counter = SymbolCounter()
                try cutter.feed(bytes.span, isFinal: true, into: &counter)
                guard counter.symbolCount == 1 else {
                    throw TextError.vocabulary(
                        id: id,
                        reason: "(bytes \(hexadecimal(Array(bytes.prefix(32))))) is \(counter.symbolCount) symbols by "
                            + "\(pipeline.unit.rawValue)")
                }
            }
        } catch {
            throw .stages(model: manifest.path, error)
        }
    }

    /// Checks that the note on training could be one that training writes: its pipeline is within the limits of pipelines.
    ///
    /// Only programs that train on with these options make that pipeline, so a model runs without it. A note that this library
    /// cannot read is not checked.
    ///
    /// - Throws: ``RunicError``.
    package func checkNote() throws(RunicError) {
        guard let note = trainingNote else { return }
        do throws(TextError) {
            try PipelineLimits.check(note.options.pipeline.stages)
        } catch {
            throw .archive(
                .metadata(
                    path: manifest.path, key: ArchiveManifest.Key.training.rawValue,
                    reason: "holds no note that training writes: \(error)"))
        }
    }
}
