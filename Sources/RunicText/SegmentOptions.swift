/// The options of the `segment` stage, the last of every pipeline.
enum SegmentOptions {
    static let stageName = "segment"
    static let version = 1
    static let summary = "cuts the text into symbols, the last stage of all; unit=grapheme, codepoint or byte"

    /// The unit of the last stage, when it is the only `segment` stage.
    static func unit(of stages: [StageDescription]) throws(TextError) -> TextUnit {
        guard let last = stages.last, last.name == stageName,
            !stages.dropLast().contains(where: { $0.name == stageName })
        else { throw .pipelineShape }
        if let asked = last.version, asked != version {
            throw .stageVersion(name: stageName, found: version, expected: asked)
        }
        return try StageOptions(stage: stageName, options: last.options, known: ["unit"])
            .choice("unit", default: TextUnit.grapheme)
    }
}
