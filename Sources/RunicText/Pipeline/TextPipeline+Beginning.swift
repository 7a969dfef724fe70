extension TextPipeline {
    /// The first symbols of files, which are read no further.
    ///
    /// - Parameter limit: most symbols; shorter files give fewer.
    /// - Throws: `TextError`, naming the file; `.emptyText` if there is no symbol.
    package func beginning(of source: TextSource, limit: Int) throws(TextError) -> [Symbol] {
        precondition(limit > 0, "\(limit) symbols")
        let segmenter = try makeCutter()
        var collector = SymbolCollector()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        for file in source.files where collector.symbolCount < limit {
            let reader = try FileReader(file)
            var stages = try makeRun(StageContext(path: file.path))
            var isFinal = false
            while !isFinal && collector.symbolCount < limit {
                let count = try reader.read(into: &buffer)
                isFinal = count == 0
                if isFinal { try stages.finish() } else { try stages.process(buffer.span.extracting(0..<count)) }
                try segmenter.feed(stages.output.span, isFinal: isFinal, path: file.path, into: &collector)
            }
        }
        guard collector.symbolCount > 0 else { throw .emptyText(path: source.label) }
        return Array(collector.symbols.prefix(limit))
    }
}
