package import RunicText

/// The result of `runic text`: the symbols of texts, the trouble in their bytes, and what training on them means.
package struct InspectionReport: Encodable, Sendable {
    /// Bytes, symbols and trouble.
    package let text: TextContents
    /// Files that were not read, and why.
    package internal(set) var skipped: [TextSource.Skipped] = []
    /// What was left out of the files and folders, and what was given twice, one line each.
    package internal(set) var remarks: [String] = []
    /// Symbols by frequency, the most frequent first, as many as the options allow.
    package let symbolTable: [SymbolReport]
    /// How often every symbol occurs, the most frequent first.
    package let frequencies: [Int]
    /// The findings that need ids; nil where the text has too many different symbols for them.
    package let analysis: TextAnalysis?
    /// nil: not wanted, or not available.
    package let presets: [PresetEstimate]?
    /// Trouble, mojibake and ranges that are not NFC, along all bytes.
    package let places: PlaceCounts
    /// What to do about the text, the most important first.
    package internal(set) var advice: [String] = []

    private enum CodingKeys: String, CodingKey {
        case advice, presets, entropy, split, repeats, skipped
        case symbolTable = "symbol_table"
        case heldOut = "held_out"
        case repeatedLines = "repeated_lines"
        case repeatedDocuments = "repeated_documents"
        case lineLengths = "line_lengths"
    }

    package func encode(to encoder: any Encoder) throws {
        try text.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(advice, forKey: .advice)
        try values.encode(skipped.map { ["path": $0.path, "reason": $0.reason] }, forKey: .skipped)
        try values.encode(symbolTable, forKey: .symbolTable)
        try values.encodeIfPresent(presets, forKey: .presets)
        try values.encodeIfPresent(analysis?.split, forKey: .split)
        try values.encodeIfPresent(analysis?.entropy, forKey: .entropy)
        try values.encodeIfPresent(analysis?.heldOut, forKey: .heldOut)
        try values.encodeIfPresent(analysis?.lines, forKey: .repeatedLines)
        try values.encodeIfPresent(analysis?.documents, forKey: .repeatedDocuments)
        try values.encodeIfPresent(analysis?.lineLengths, forKey: .lineLengths)
        try values.encodeIfPresent(analysis?.repeats, forKey: .repeats)
    }
}
