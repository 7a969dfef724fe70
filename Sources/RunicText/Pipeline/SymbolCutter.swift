/// Cuts a text that comes in chunks into the symbols of a pipeline.
package enum SymbolCutter {
    case streaming(Segmenter)
    case paragraphs(ParagraphSegmenter)

    /// Creates a cutter.
    ///
    /// - Parameters:
    ///   - locale: names the language whose rules apply to words and grapheme clusters, or is nil.
    ///   - version: that of the `segment` stage.
    package init(unit: TextUnit, locale: String? = nil, version: Int = SegmentOptions.latest) throws(TextError) {
        switch (unit, locale) {
        case (.word, _):
            self = .paragraphs(try ParagraphSegmenter(version == 1 ? .wordsByBytes : .words, locale: locale ?? ""))
        case (.grapheme, let locale?): self = .paragraphs(try ParagraphSegmenter(.graphemes, locale: locale))
        default: self = .streaming(try Segmenter(unit: unit))
        }
    }

    /// Takes the next bytes and passes complete symbols on; `isFinal` ends the text, and another one can follow.
    ///
    /// - Throws: `TextError.stageFailed` for a paragraph that is too long for the rules of a language.
    package func feed<Consumer: SymbolConsumer>(
        _ input: Span<UInt8>, isFinal: Bool, path: String = "", into consumer: inout Consumer
    ) throws(TextError) {
        switch self {
        case .streaming(let segmenter): segmenter.feed(input, isFinal: isFinal, into: &consumer)
        case .paragraphs(let segmenter): try segmenter.feed(input, isFinal: isFinal, path: path, into: &consumer)
        }
    }
}
