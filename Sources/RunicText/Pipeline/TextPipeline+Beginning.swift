extension TextPipeline {
    /// The first symbols of files, which are read no further, and the remarks on how.
    ///
    /// - Parameters:
    ///   - limit: most symbols; shorter files give fewer.
    ///   - rule: whether files are documents.
    ///   - documentSeparator: the text between documents; nil: a line end is enough.
    /// - Throws: `TextError`, naming the file; `.emptyText` if there is no symbol.
    package func beginning(
        of source: TextSource, limit: Int, files rule: FileRule = .join, documentSeparator: String? = nil
    ) throws(TextError) -> (symbols: [Symbol], files: [FileStatistics]) {
        precondition(limit > 0, "\(limit) symbols")
        let boundary = rule == .join ? nil : FileBoundary(separator: documentSeparator, for: self)
        let segmenter = try makeCutter()
        var collector = SymbolCollector()
        var statistics: [FileStatistics] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let memory = CorpusMemory()
        for (index, file) in source.files.enumerated() where collector.symbolCount < limit {
            let reader = try FileReader(file)
            var context = StageContext(path: file.path)
            context.memory = memory
            var stages = try makeRun(context)
            var tail: [UInt8] = []
            var isFinal = false
            while !isFinal && collector.symbolCount < limit {
                let count = try reader.read(into: &buffer)
                isFinal = count == 0
                if isFinal { try stages.finish() } else { try stages.process(buffer.span.extracting(0..<count)) }
                try segmenter.feed(stages.output.span, isFinal: false, path: file.path, into: &collector)
                if let boundary { tail = Array((tail + stages.output.suffix(boundary.reach)).suffix(boundary.reach)) }
                guard isFinal else { continue }
                if let boundary, index + 1 < source.files.count {
                    // The stages have seen their file: what is supplied is as they leave it.
                    let missing = try transform(boundary.missing(after: tail))
                    try segmenter.feed(missing.span, isFinal: false, path: file.path, into: &collector)
                }
                try segmenter.feed(Span(), isFinal: true, path: file.path, into: &collector)
            }
            var found = FileStatistics(path: file.path)
            (found.remarks, found.warnings, found.repairedBytes) = (
                stages.remarks, stages.warnings, stages.repairedBytes
            )
            found.firstRepairedByte = stages.takeFirstRepair()
            statistics.append(found)
        }
        guard collector.symbolCount > 0 else { throw .emptyText(path: source.label) }
        return (Array(collector.symbols.prefix(limit)), statistics)
    }
}
