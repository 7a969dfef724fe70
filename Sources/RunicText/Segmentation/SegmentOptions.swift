/// The options of the `segment` stage, the last of every pipeline.
package enum SegmentOptions {
    package static let stageName = "segment"
    static let version = 1
    package static let summary = "cuts the text into symbols, the last stage of all; unit=grapheme, codepoint or byte"

    /// The unit of the last stage, when it is the only `segment` stage, and the language whose rules hold, or nil.
    static func read(_ stages: [StageDescription]) throws(TextError) -> (unit: TextUnit, locale: String?) {
        guard let last = stages.last, last.name == stageName,
            !stages.dropLast().contains(where: { $0.name == stageName })
        else { throw .pipelineShape }
        if let asked = last.version, asked != version {
            throw .stageVersion(name: stageName, found: version, expected: asked)
        }
        let options = try StageOptions(stage: stageName, options: last.options, known: ["unit", "locale"])
        let unit = try options.choice("unit", default: TextUnit.grapheme)
        let locale = try options.text("locale").map { _ throws(TextError) in try options.locale() }
        guard locale == nil || unit == .grapheme || unit == .word else {
            throw options.refusal(of: "locale", expected: "it with unit=word or unit=grapheme alone")
        }
        return (unit, locale)
    }
}
