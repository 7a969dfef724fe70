internal import RunicDisplay

extension EvaluationReport {
    /// The report for a reader: one figure a line, aligned, a line feed at the end.
    public var text: String {
        func figure(_ value: Double?) -> String { value.map { NumberFormat.fixed($0, 4) } ?? NumberFormat.missing }
        var table = TextTable(alignments: [.left, .right, .left])
        table.add(["nats per symbol", figure(natsPerSymbol)])
        table.add(["perplexity", figure(perplexity)])
        table.add(["bits per character", figure(bitsPerCharacter)])
        table.add(["bits per byte", figure(bitsPerByte), lossy ? "lossy: the pipeline drops part of the file" : ""])
        table.add(["symbols", "\(symbols)"])
        table.add(["characters", "\(characters)"])
        table.add(["bytes", "\(bytes)"])
        table.add(["unknown symbols", "\(unknownSymbols)"])
        if spelledSymbols > 0 { table.add(["spelled symbols", "\(spelledSymbols)"]) }
        return table.text
    }
}
