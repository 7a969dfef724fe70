internal import Runic
internal import RunicArchive
internal import RunicModel
internal import RunicText

/// The output of `runic inspect`: the archive, its precision, quantization and plugins.
struct ModelInspection: Encodable {
    let archive: ArchiveInspection
    /// Element type of the matrices; nil if there are none.
    let precision: Precision?
    /// How the model was quantized; nil if it was not.
    let quantization: QuantizationNote?
    /// The stages that come from plugins.
    let pluginStages: [StageDescription]

    init(_ archive: Archive) {
        self.archive = ArchiveInspection(archive)
        precision = ModelParameters.precision(of: archive)
        let pipeline = try? ArchiveManifest(archive).decode(PipelineDescription.self, key: .pipeline)
        pluginStages = pipeline?.stages.filter { $0.library != nil } ?? []
        // An unreadable note still appears among the metadata.
        quantization = try? ArchiveManifest(archive).decode(QuantizationNote.self, key: .quantization)
    }

    /// The inspection as text.
    ///
    /// - Parameter columns: the width to fit; nil is no limit.
    func rendered(columns: Int?) -> String {
        var lines: [String] = []
        if let precision { lines.append("  precision  \(precision.rawValue)") }
        if let quantization { lines.append("  quantized  \(quantization.text)") }
        for stage in pluginStages {
            let version = stage.version.map { " version \($0)" } ?? ""
            let line = "  plugin     stage '\(stage.name)'\(version), SHA-256 \(stage.library ?? "")"
            // Plugin names are ASCII: anything else may be meant to control the terminal.
            lines.append(
                line.unicodeScalars.map { (" "..."~").contains($0) ? String($0) : $0.escaped(asASCII: true) }.joined())
        }
        return archive.rendered(columns: columns) + (lines.isEmpty ? "" : "\n" + lines.joined(separator: "\n") + "\n")
    }

    private enum CodingKeys: String, CodingKey {
        case precision
    }

    /// Encodes the inspection of the archive and `precision`; the note is among the metadata.
    func encode(to encoder: any Encoder) throws {
        try archive.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(precision, forKey: .precision)
    }
}
