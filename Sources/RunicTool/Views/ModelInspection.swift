internal import Runic
internal import RunicArchive
internal import RunicModel
internal import RunicText

/// What `runic inspect` shows: the archive, and what its tensors and notes mean.
struct ModelInspection: Encodable {
    let archive: ArchiveInspection
    /// What the matrices are in; nil where there are none.
    let precision: Precision?
    /// How the model was made smaller; nil where it was not.
    let quantization: QuantizationNote?
    /// The stages that come from plugins.
    let pluginStages: [StageDescription]

    init(_ archive: Archive) {
        self.archive = ArchiveInspection(archive)
        precision = ModelParameters.precision(of: archive)
        let pipeline = try? ArchiveManifest(archive).decode(PipelineDescription.self, key: .pipeline)
        pluginStages = pipeline?.stages.filter { $0.library != nil } ?? []
        // A note that cannot be read is shown with the metadata, as it is.
        quantization = try? ArchiveManifest(archive).decode(QuantizationNote.self, key: .quantization)
    }

    /// The text for a reader.
    var rendered: String {
        var lines: [String] = []
        if let precision { lines.append("  precision  \(precision.rawValue)") }
        if let quantization { lines.append("  quantized  \(quantization.text)") }
        for stage in pluginStages {
            let version = stage.version.map { " version \($0)" } ?? ""
            let line = "  plugin     stage '\(stage.name)'\(version), SHA-256 \(stage.library ?? "")"
            // Names of plugins are ASCII: what is not may be there to steer the terminal.
            lines.append(
                line.unicodeScalars.map { (" "..."~").contains($0) ? String($0) : $0.escaped(asASCII: true) }.joined())
        }
        return archive.rendered + (lines.isEmpty ? "" : "\n" + lines.joined(separator: "\n") + "\n")
    }

    private enum CodingKeys: String, CodingKey {
        case precision
    }

    /// Writes the inspection of the archive and `precision`; the note is among the metadata.
    func encode(to encoder: any Encoder) throws {
        try archive.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(precision, forKey: .precision)
    }
}
