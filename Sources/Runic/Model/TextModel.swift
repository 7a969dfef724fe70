public import RunicArchive
public import RunicKernels
public import RunicModel
public import RunicText
internal import RunicDisplay
internal import RunicFiles
internal import RunicRun

/// A language model with its text pipeline and vocabulary, ready to read, generate and score.
///
///     let model = try TextModel(path: "models/hearth-gru.runic")
///     print(try model.generate(prompt: "The fox said", length: 200))
///
/// It is a value; any number of threads may use it. Its state after a text is a value, a ``Context``.
public struct TextModel: Sendable {
    /// The file's name without folder and extension; for `best.runic` that of its folder, for `last.runic` that and `/last`.
    public let name: String
    /// Cell and sizes.
    public let configuration: ModelConfiguration
    /// The stages from bytes to symbols.
    public let pipeline: TextPipeline
    /// The symbols in id order.
    public let vocabulary: Vocabulary
    /// The archive's metadata.
    public let manifest: ArchiveManifest
    /// The precision of computation; default: that of the archive.
    public let precision: Precision
    /// The precision of the archive's matrices.
    public let storedPrecision: Precision
    /// Most worker threads of a step; small models use fewer.
    public let threads: Int
    /// The difference between this machine's Unicode and that of the model, in one line; nil if there is none.
    public let unicodeWarning: String?
    /// Whether a model whose unit is the byte writes valid UTF-8: only bytes that can follow are drawn, and a character is written
    /// with its last byte. Default: whether its training text was UTF-8, which models of version 0.1.0 do not tell. It changes nothing
    /// for other models, which always write UTF-8.
    public var keepsUTF8: Bool
    /// Whether the model can write UTF-8: a vocabulary of bytes may have none that begins a character.
    public var canKeepUTF8: Bool { vocabulary.unit != .byte || characterBytes != nil }
    /// The bytes that characters can be made of, if the vocabulary has them.
    let characterBytes: CharacterBytes?
    /// The stages and transforms that the model may name.
    public let environment: Environment
    let parameters: ModelParameters
    /// The archive's tensors where they do not follow from the parameters: those are rounded, or were.
    let storedTensors: [ArchiveTensor]?
    let inference: InferenceModel
    /// The symbols between two documents; none if the model knows no documents.
    let separator: [UInt16]

    /// The number of parameters.
    public var parameterCount: Int { parameters.count }

    /// Reads an archive.
    ///
    /// - Parameters:
    ///   - path: the file, or the folder of a run, whose best model is read.
    ///   - limit: the largest accepted content, in bytes.
    ///   - environment: has the stages that the archive may name, and the transforms of sampling.
    ///   - precision: the precision of computation, to which the matrices are rounded; nil: that of the archive.
    ///   - threads: most worker threads; results do not depend on it.
    /// - Throws: ``RunicError`` if the file is not a sound archive, or has no model that this library can run.
    /// - Complexity: O(size of the archive).
    public init(
        path: String, limit: Int = Archive.defaultLimit, environment: Environment = Environment(),
        precision: Precision? = nil, threads: Int = RunicMachine.processors
    ) throws(RunicError) {
        do {
            try self.init(
                archive: try Archive.read(path: try RunFolder.model(at: path), limit: limit), environment: environment,
                precision: precision, threads: threads)
        } catch {
            throw RunicError(wrapping: error, path: path)
        }
    }

    /// Creates the model of an archive.
    ///
    /// - Parameters:
    ///   - archive: the model, with its pipeline and vocabulary.
    ///   - environment: has the stages that the archive may name, and the transforms of sampling.
    ///   - precision: the precision of computation, to which the matrices are rounded; nil: that of the archive.
    ///   - threads: most worker threads; results do not depend on it.
    /// - Throws: ``RunicError``.
    public init(
        archive: Archive, environment: Environment = Environment(), precision: Precision? = nil,
        threads: Int = RunicMachine.processors
    ) throws(RunicError) {
        do {
            self.threads = max(threads, 1)
            self.environment = environment
            manifest = try ArchiveManifest(archive)
            configuration = try manifest.decode(ModelConfiguration.self, key: .model)
            vocabulary = try manifest.decode(Vocabulary.self, key: .vocabulary)
            let stages = try manifest.decode(PipelineDescription.self, key: .pipeline)
            do {
                pipeline = try TextPipeline(stages, registry: environment.stages)
            } catch {
                throw RunicError.stages(model: archive.path, error)
            }
            keepsUTF8 = vocabulary.isOfUTF8
            characterBytes = CharacterBytes(vocabulary, isOfBytes: vocabulary.unit == .byte)
            guard vocabulary.count == configuration.vocabularySize else {
                throw ArchiveError.metadata(
                    path: archive.path, key: ArchiveManifest.Key.vocabulary.rawValue,
                    reason: "has \(vocabulary.count) symbols, and the model \(configuration.vocabularySize)")
            }
            guard vocabulary.unit == pipeline.unit else {
                throw ArchiveError.metadata(
                    path: archive.path, key: ArchiveManifest.Key.vocabulary.rawValue,
                    reason: "has the unit \(vocabulary.unit.rawValue), and the pipeline \(pipeline.unit.rawValue)")
            }
            let stored = try ModelParameters(configuration: configuration, archive: archive)
            if let (name, index) = stored.firstNonFinite {
                throw ArchiveError.nonFinite(path: archive.path, name: name, index: index)
            }
            storedPrecision = ModelParameters.precision(of: archive) ?? .float32
            self.precision = precision ?? storedPrecision
            parameters = self.precision == storedPrecision ? stored : stored.rounded(to: self.precision)
            let isPlain = storedPrecision == .float32 && self.precision == .float32
            storedTensors = isPlain ? nil : archive.tensors
            inference = try InferenceModel(parameters: parameters, precision: self.precision, threads: self.threads)
            let note = try? manifest.decode(TrainingNote.self, key: .training)
            // Through the model's own pipeline: that of the note has no checks, and is the same in a sound archive.
            separator = try pipeline.separator(note?.options.training.documentSeparator, vocabulary: vocabulary)
            unicodeWarning = try Self.compareUnicode(manifest)
        } catch {
            throw RunicError(wrapping: error, path: archive.path)
        }
        name = PathBytes.shown(RunFolder.modelName(at: archive.path))
    }

    private static func compareUnicode(_ manifest: ArchiveManifest) throws -> String? {
        guard manifest.contains(.unicode) else { return nil }
        let made = try manifest.decode(UnicodeInformation.self, key: .unicode), here = try UnicodeInformation()
        guard made.fingerprint != here.fingerprint else { return nil }
        let changes = here.changes(from: made)
        let (unicode, icu) = (made.unicode.shortened(to: 20).printable, made.icu.shortened(to: 20).printable)
        return "the model was made with Unicode \(unicode) (ICU \(icu)), here is \(here.unicode) "
            + "(ICU \(here.icu)): some texts are cut into other symbols than in training"
            + (changes.isEmpty ? "" : ": " + changes.joined(separator: ", "))
    }

    /// The archive's record of training; nil if there is none that this library can read.
    public var trainingNote: TrainingNote? { try? manifest.decode(TrainingNote.self, key: .training) }

    /// The archive's record of quantization; nil if there is none that this library can read.
    public var quantizationNote: QuantizationNote? {
        try? manifest.decode(QuantizationNote.self, key: .quantization)
    }

    /// A time from a file, which may be any number.
    private static func seconds(_ seconds: Double) -> String {
        guard seconds >= 0, let whole = Int(exactly: seconds.rounded(.down)) else { return "a time that is not known" }
        return "\(whole) s"
    }

    /// A few lines: cell, sizes, unit, vocabulary, losses.
    public var summary: String {
        var lines = [
            "\(configuration.cell) \(configuration.layers) × \(configuration.hiddenSize), "
                + "embedding \(configuration.embeddingSize), \(parameterCount) parameters"
                + (precision == .float32 ? "" : " in \(precision.rawValue)"),
            "\(vocabulary.count) symbols by \(pipeline.unit.rawValue)"
                + (vocabulary.byteBase == nil ? "" : ", 256 of them bytes that spell all others"),
        ]
        if let note = trainingNote {
            lines.append("trained for \(note.step) steps" + (note.seconds.map { ", \(Self.seconds($0))" } ?? ""))
            if let nats = note.validationNats {
                lines.append("validation in training \(NumberFormat.nats(nats)) nats per symbol")
            }
        }
        if let note = quantizationNote { lines.append("quantized: \(note.text)") }
        if let text = try? manifest.description() { lines.append(text) }
        if let licence = try? manifest.licence() { lines.append("licence: \(licence)") }
        return lines.joined(separator: "\n")
    }
}

extension TextModel {
    /// The model below the text: one id at a time, for users of its states.
    package var steps: InferenceModel { inference }

    /// The model's stages for files.
    ///
    /// What a text lies in, its encoding, a table, records or tunes, is a fact about the file, not about the model. Without a
    /// container, a file is taken apart as the model's texts were if it is of their kind, and read as plain text in UTF-8 if not.
    ///
    /// - Parameters:
    ///   - container: the stages that take the files apart: `decode` with an encoding, `fields` or `abc`; none for plain text in
    ///     UTF-8; nil: the model's, where a file is of that kind.
    ///   - repair: replaces invalid bytes instead of stopping at them.
    /// - Throws: `TextError`.
    package func readingPipeline(
        container: [StageDescription]? = nil, repair: Bool = false
    ) throws(TextError) -> TextPipeline {
        guard repair || container != nil else { return pipeline.adaptingToFiles }
        var description = pipeline.description
        if let container {
            description = try description.replacingContainer(by: container, registry: environment.stages)
        }
        if repair { description = description.repairing }
        let made = try TextPipeline(description, registry: environment.stages)
        return container == nil ? made.adaptingToFiles : made
    }
}
