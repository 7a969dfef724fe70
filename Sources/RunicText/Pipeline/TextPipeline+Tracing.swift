extension TextPipeline {
    /// The symbols of a text in memory, each with its bytes in it.
    ///
    /// - Throws: the errors of the stages; the built-in ones have none on valid UTF-8.
    /// - Complexity: that of ``symbols(of:isContinuation:)``, and a binary search in each stage's edits for every symbol.
    public func trace(_ text: [UInt8]) throws(TextError) -> [TracedSymbol] {
        var isRead = false
        return try trace(StageContext(), 0..<Int.max) { () throws(TextError) in
            defer { isRead = true }
            return isRead ? [] : text
        }
    }

    /// Some of the symbols of a file, each with its bytes in the file.
    ///
    /// - Parameter wanted: the indices of the symbols; the file is read no further than necessary.
    /// - Throws: `TextError`, naming the file.
    /// - Complexity: linear in the file up to the last wanted symbol; memory holds a chunk and its edits.
    public func trace(_ file: TextFile, symbols wanted: Range<Int>) throws(TextError) -> [TracedSymbol] {
        let reader = try FileReader(file)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        return try trace(StageContext(path: file.path), wanted) { () throws(TextError) in
            let count = try reader.read(into: &buffer)
            return Array(buffer.prefix(count))
        }
    }

    private func trace(
        _ context: StageContext, _ wanted: Range<Int>, next: () throws(TextError) -> [UInt8]
    ) throws(TextError) -> [TracedSymbol] {
        let segmenter = try makeCutter()
        var run = try makeRun(context, recordsEdits: true)
        var tracer = SymbolTracer(stages: run.edits.count, wanted: wanted)
        var isFinal = false
        while !isFinal && tracer.symbolCount < wanted.upperBound {
            let chunk = try next()
            isFinal = chunk.isEmpty
            if isFinal { try run.finish() } else { try run.process(chunk.span) }
            tracer.follow(run.edits)
            try segmenter.feed(run.output.span, isFinal: isFinal, path: context.path, into: &tracer)
        }
        return tracer.symbols
    }
}
