/// The options of the `segment` stage, the last of every pipeline.
package enum SegmentOptions {
    package static let stageName = "segment"
    static let version = 1
    package static let summary =
        "the last stage: cuts the text into symbols; unit=grapheme, word, codepoint or byte; "
        + "locale=LANGUAGE whose rules cut words or graphemes"

    /// The unit of the last stage, which must be the only `segment` stage, and the language whose rules apply, or nil.
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
