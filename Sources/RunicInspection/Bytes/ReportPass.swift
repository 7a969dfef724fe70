package import RunicText

/// One pass over files: each is read, sent through the stages and segmented on its own.
package struct ReportPass {
    package let pipeline: TextPipeline
    package let chunkSize: Int
    /// What a file is called in the report.
    package var name: (String) -> String = { $0 }

    /// Gives the symbols of all files to `consumer`.
    ///
    /// - Throws: `TextError.emptyText` if there is no symbol at all, and what reading and the stages throw.
    package func run<Consumer: SymbolConsumer>(
        _ source: TextSource, into consumer: inout Consumer
    ) throws(TextError) -> [FileStatistics] {
        let segmenter = try pipeline.makeCutter()
        let clusters = pipeline.unit == .grapheme ? nil : try Segmenter(unit: .grapheme)
        var files: [FileStatistics] = []
        for file in source.files {
            files.append(try run(file, segmenter, clusters, into: &consumer))
        }
        if files.allSatisfy({ $0.symbols == 0 }) { throw .emptyText(path: source.label) }
        return files
    }

    private func run<Consumer: SymbolConsumer>(
        _ file: TextFile, _ segmenter: SymbolCutter, _ clusters: Segmenter?, into consumer: inout Consumer
    ) throws(TextError) -> FileStatistics {
        let name = name(file.path)
        let reader = try FileReader(file)
        var buffer = [UInt8](repeating: 0, count: max(1, chunkSize))
        var stages = try pipeline.makeRun(StageContext(path: name))
        var statistics = FileStatistics(path: name)
        var hash = SHA256()
        let before = consumer.symbolCount
        var counter = SymbolCounter()
        var isFinal = false
        // The beginning of a character at the end of the last part.
        var cut: [UInt8] = []
        while !isFinal {
            let count = try reader.read(into: &buffer)
            isFinal = count == 0
            if isFinal {
                try stages.finish()
            } else {
                let chunk = buffer.span.extracting(0..<count)
                statistics.bytes += chunk.count
                hash.update(chunk)
                try stages.process(chunk)
            }
            if pipeline.readsBytes {
                let part = cut + buffer.prefix(count)
                let rest = statistics.strayBytes.add(
                    part.span, at: statistics.bytes - part.count, isFinal: isFinal)
                cut = Array(part.suffix(rest))
            }
            statistics.codePoints += codePointCount(of: stages.output.span)
            try segmenter.feed(stages.output.span, isFinal: isFinal, path: name, into: &consumer)
            clusters?.feed(stages.output.span, isFinal: isFinal, into: &counter)
        }
        statistics.symbols = consumer.symbolCount - before
        statistics.graphemeClusters = clusters == nil ? statistics.symbols : counter.symbolCount
        statistics.repairedBytes = stages.repairedBytes
        statistics.firstRepairedByte = stages.takeFirstRepair()
        statistics.remarks = stages.remarks + [statistics.strayBytes.remark].compactMap(\.self)
        statistics.hasLost = stages.hasLost
        statistics.sha256 = hash.hexadecimalDigest
        return statistics
    }
}

/// Indexes symbols in the order of their first occurrence, and counts them.
package struct SymbolRecorder: SymbolConsumer {
    private(set) var table = SymbolTable()
    private(set) var counts: [Int] = []
    package private(set) var symbolCount = 0

    package mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>)
    {
        symbolCount += ends.count
        var start = start
        for k in 0..<ends.count {
            let end = base + Int(ends[k])
            let index = table.insert(bytes, start..<end)
            if index == counts.count { counts.append(0) }
            counts[index] += 1
            start = end
        }
    }
}
