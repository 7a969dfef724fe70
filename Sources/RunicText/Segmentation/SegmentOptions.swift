/// The options of the `segment` stage, the last of every pipeline.
package enum SegmentOptions {
    package static let stageName = "segment"
    /// The newest version; the first had other words in Thai, Lao, Khmer and Burmese. Only words have the second.
    package static let latest = 2

    /// The newest version of a unit.
    private static func latest(_ unit: TextUnit) -> Int { unit == .word ? latest : 1 }

    package static let summary =
        "the last stage: cuts the text into symbols; unit=grapheme, word, codepoint or byte; "
        + "locale=LANGUAGE whose rules cut words or graphemes"

    /// The unit of the last stage, which must be the only `segment` stage, the language whose rules apply, or nil, and the
    /// version of the stage.
    static func read(
        _ stages: [StageDescription]
    ) throws(TextError) -> (unit: TextUnit, locale: String?, version: Int) {
        guard let last = stages.last, last.name == stageName,
            !stages.dropLast().contains(where: { $0.name == stageName })
        else { throw .pipelineShape }
        let options = try StageOptions(stage: stageName, options: last.options, known: ["unit", "locale"])
        let unit = try options.choice("unit", default: TextUnit.grapheme)
        let locale = try options.text("locale").map { _ throws(TextError) in try options.locale() }
        if let asked = last.version, !(1...latest(unit)).contains(asked) {
            throw .stageVersion(name: stageName, found: latest(unit), expected: asked)
        }
        guard locale == nil || unit == .grapheme || unit == .word else {
            throw options.refusal(of: "locale", expected: "it with unit=word or unit=grapheme alone")
        }
        return (unit, locale, last.version ?? latest(unit))
    }
}
