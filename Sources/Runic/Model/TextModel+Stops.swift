public import RunicDisplay
internal import RunicText

extension TextModel {
    /// Ends generated text before the first of some stop texts, which pass through the model's stages as prompts do.
    ///
    ///     var stop = model.stopText(["\n\n"])
    ///     while !stop.isFound { text += stop.add(model.next(&context, sampler: &sampler)) }
    ///
    /// A stop text matches whole symbols of the model's unit: by graphemes `a` does not stop in `á`, by code points and bytes it
    /// may, if the text has an accent of its own there. Stages that read files, such as `fields`, leave a stop text as it is.
    ///
    /// - Returns: a stop text whose ``RunicDisplay/StopText/problems`` name those that cannot occur.
    /// - Complexity: O(size of the vocabulary), for models by graphemes or words.
    public func stopText(_ texts: [String]) -> StopText {
        var stops: [StopText.Stop] = []
        var problems: [String] = []
        for text in texts {
            let name = "the stop text \"\(TextEscapes.escape(text))\""
            do throws(TextError) {
                let symbols = try pipeline.symbols(of: Array(text.utf8))
                guard let last = symbols.last else {
                    problems.append("\(name) is empty after the model's stages, so it never stops")
                    continue
                }
                if vocabulary.byteBase == nil,
                    let absent = symbols.first(where: { vocabulary.identifier(of: $0) == nil })
                {
                    let symbol = String(decoding: absent.bytes, as: UTF8.self).shownSymbol
                    problems.append("\(name) never stops: \(symbol) is not in the model's vocabulary")
                }
                stops.append(
                    StopText.Stop(symbols.flatMap(\.bytes), mayBeJoined: try mayBeJoined(last.bytes)))
            } catch {
                problems.append("\(name) never stops: \(error.description)")
            }
        }
        guard joinsSymbols else { return StopText(stops, problems: problems) }
        return StopText(stops, problems: problems) { [pipeline] text in
            // Short text that has passed the stages can be cut unless memory is short.
            (try? pipeline.symbolEnds(ofStaged: text)) ?? [text.count]
        }
    }

    /// Whether two symbols that are drawn one after the other can be read as one.
    private var joinsSymbols: Bool { pipeline.unit == .grapheme || pipeline.unit == .word }

    /// Whether a symbol that the model can draw would be read as the continuation of `symbol`.
    private func mayBeJoined(_ symbol: [UInt8]) throws(TextError) -> Bool {
        guard joinsSymbols else { return false }
        var beginnings = Set(
            vocabulary.symbols.compactMap { String(decoding: $0.bytes, as: UTF8.self).unicodeScalars.first })
        // Bytes spell any code point: an accent, the joiner, a vowel sign, a flag's letter, a skin tone, and what joins words.
        if vocabulary.byteBase != nil { beginnings.formUnion("\u{301}\u{200D}\u{903}🇦🏽\na1 ".unicodeScalars) }
        for beginning in beginnings {
            let ends = try pipeline.symbolEnds(ofStaged: symbol + Array(String(beginning).utf8))
            if ends.first != symbol.count { return true }
        }
        return false
    }
}
