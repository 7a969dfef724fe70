/// The stages of a pipeline in order, the last one `segment`; the `pipeline` entry of an archive.
public struct PipelineDescription: Codable, Sendable, Hashable {
    /// The stages, first to last.
    public var stages: [StageDescription]

    /// Describes a pipeline of these stages.
    public init(stages: [StageDescription]) {
        self.stages = stages
    }

    /// Describes the built-in pipeline: decode, newlines, normalize, segment.
    public init(
        unit: TextUnit = .grapheme, normalization: NormalizationForm = .nfc, newlines: NewlineRule = .lf,
        repair: Bool = false
    ) {
        stages = [
            StageDescription(name: "decode", options: ["errors": repair ? "replace" : "stop"]),
            StageDescription(name: "newlines", options: ["to": newlines.rawValue]),
            StageDescription(name: "normalize", options: ["form": normalization.rawValue]),
            StageDescription(name: "segment", options: ["unit": unit.rawValue]),
        ]
    }

    /// The pipeline of a model of bytes that reads any file as it is: text in any encoding, or no text at all.
    ///
    /// - Parameter newlines: whether CR LF and CR become line feeds.
    public static func bytes(newlines: NewlineRule = .keep) -> PipelineDescription {
        PipelineDescription(stages: [
            StageDescription(name: "decode", options: ["encoding": DecodeStage.bytes]),
            StageDescription(name: "newlines", options: ["to": newlines.rawValue]),
            StageDescription(name: "normalize", options: ["form": NormalizationForm.none.rawValue]),
            StageDescription(name: "segment", options: ["unit": TextUnit.byte.rawValue]),
        ])
    }

    /// The same pipeline, with `decode` stages that replace invalid bytes instead of stopping.
    public var repairing: PipelineDescription {
        PipelineDescription(
            stages: stages.map { stage in
                guard stage.name == "decode", stage.options["errors"] != "skip" else { return stage }
                var stage = stage
                stage.options["errors"] = "replace"
                return stage
            })
    }

    /// Whether the symbols determine the text, up to canonical equivalence, a byte order mark and repairs.
    ///
    /// Stages that are not built in count as lossy here; `TextPipeline.isLossless` asks its registry.
    public var isLossless: Bool {
        StageRegistry.builtIn.areLossless(stages)
    }

    /// Writes the list of stages, without an object around it.
    public func encode(to encoder: any Encoder) throws {
        try stages.encode(to: encoder)
    }

    /// Reads a list of stages.
    public init(from decoder: any Decoder) throws {
        stages = try [StageDescription](from: decoder)
    }
}
