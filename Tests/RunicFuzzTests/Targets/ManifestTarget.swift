import Foundation
import Runic
import RunicArchive
import RunicModel
import RunicText

/// The metadata of a model: `model`, `pipeline`, `vocabulary`, `training` and the rest, behind a sound file.
enum ManifestTarget {
    /// The largest sizes of a model for which tensors are made; larger ones do not fit their archive.
    private static let largest = (layers: 3, width: 24, vocabulary: 400)

    /// Lines of a key, a space and its JSON; keys that are left out are those of a small model.
    @Sendable static func check(_ input: [UInt8]) throws {
        var metadata = try soundMetadata()
        for line in input.split(separator: UInt8(ascii: "\n")) {
            let (key, value) = Array(line).halves(at: UInt8(ascii: " "))
            metadata[String(decoding: key, as: UTF8.self)] = String(decoding: value, as: UTF8.self)
        }
        let archive = Archive(metadata: metadata, tensors: try tensors(for: metadata), path: "fuzz")
        try ArchiveTarget.checkRoundTrip(archive)
        _ = ArchiveInspection(archive).rendered(columns: 60)
        _ = try? ArchiveVerification(archive)
        guard let model = try? TextModel(archive: archive, threads: 1) else { return }
        try checkVocabulary(model.vocabulary)
        _ = (model.trainingNote, model.quantizationNote, model.unicodeWarning)
        var settings = SamplerSettings()
        settings.seed = 1
        let written = try? model.generate(prompt: "ab", length: 6, settings: settings)
        let again = try? model.generate(prompt: "ab", length: 6, settings: settings)
        try claim(written == again, "the same seed writes another text")
    }

    private static func checkVocabulary(_ vocabulary: Vocabulary) throws {
        let json = try JSONEncoder().encode(vocabulary)
        let again = try JSONDecoder().decode(Vocabulary.self, from: json)
        try claim(again == vocabulary, "another vocabulary after writing")
        for id in 0..<vocabulary.count where id != vocabulary.unknown {
            guard !(vocabulary.byteIdentifiers?.contains(id) ?? false) else { continue }
            let symbol = Symbol(vocabulary.bytes(of: id))
            try claim(vocabulary.identifier(of: symbol) == id, "the symbol of id \(id) has another id")
        }
    }

    /// The metadata of a model of five symbols.
    static func soundMetadata() throws -> ArchiveMetadata {
        var manifest = ArchiveManifest(path: "fuzz")
        try manifest.encode(.model, value: soundConfiguration)
        try manifest.encode(.pipeline, value: try TextPipeline().description)
        let symbols = ["a", "b", "\n", "e\u{301}", ""].map { Symbol($0.utf8) }
        try manifest.encode(.vocabulary, value: try Vocabulary(unit: .grapheme, symbols: symbols, unknown: 4))
        return manifest.metadata
    }

    static let soundConfiguration = ModelConfiguration(
        cell: "gru", vocabularySize: 5, embeddingSize: 3, hiddenSize: 4, layers: 1)

    /// The tensors of the configuration in `metadata`, if it is small and sound; else of the small model.
    static func tensors(for metadata: ArchiveMetadata) throws -> [ArchiveTensor] {
        if let text = metadata[ArchiveManifest.Key.model.rawValue],
            let asked = try? JSONDecoder().decode(ModelConfiguration.self, from: Data(text.utf8)), isSmall(asked),
            let parameters = try? ModelParameters(configuration: asked)
        {
            return try parameters.tensors()
        }
        return try ModelParameters(configuration: soundConfiguration).tensors()
    }

    private static func isSmall(_ asked: ModelConfiguration) -> Bool {
        let widths = [asked.embeddingSize, asked.hiddenSize, asked.projectionSize ?? 0]
        return asked.layers <= largest.layers && asked.vocabularySize <= largest.vocabulary
            && widths.allSatisfy { $0 <= largest.width }
    }
}
