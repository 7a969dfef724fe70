/// Stages, segments and encodes chunks of a corpus, one at a time.
final class ChunkWorker {
    /// What this worker counted in one file.
    struct Counts: Sendable {
        var codePoints = 0
        var symbols = 0
        var graphemeClusters = 0
        var repairedBytes = 0
        /// Where the first of them is in the file, as far as this worker saw it.
        var firstRepairedByte: Int?
        var strayBytes = StrayBytes()
        var hasLost = false
        var remarks: [String] = []
        var warnings: [String] = []

        /// Adds the counts of a chunk.
        mutating func add(_ chunk: Counts) {
            codePoints += chunk.codePoints
            symbols += chunk.symbols
            graphemeClusters += chunk.graphemeClusters
            noteRepair(at: chunk.firstRepairedByte)
            strayBytes.add(chunk.strayBytes)
        }

        mutating func noteRepair(at place: Int?) {
            if let place { firstRepairedByte = min(firstRepairedByte ?? Int.max, place) }
        }
    }

    /// Fewest bytes that go through the stages when the fast path stops.
    private static let shortestRange = 64
    /// Bytes on the fast path that make it worth trying again soon.
    private static let worthwhile = 256

    private(set) var indexer: SymbolIndexer
    private(set) var fileCounts: [Int: Counts] = [:]
    private let pipeline: TextPipeline
    private let source: TextSource
    private let cutter: SymbolCutter
    private let clusters: Segmenter?
    /// For the fast path; nil if the pipeline has none.
    private let kinds: CodePointKinds?
    private let stepSize: Int
    private var run: PipelineRun?
    private var runIsFor = (file: -1, isContinuation: false)

    /// - Parameter stepSize: bytes that go through all stages at a time; they should fit a processor's cache.
    init(
        _ source: TextSource, pipeline: TextPipeline, vocabulary: Vocabulary?, stepSize: Int
    ) throws(TextError) {
        self.source = source
        self.pipeline = pipeline
        self.stepSize = max(1, stepSize)
        indexer = SymbolIndexer(unit: pipeline.unit, vocabulary: vocabulary)
        cutter = try pipeline.makeCutter()
        clusters = pipeline.unit == .grapheme ? nil : try Segmenter(unit: .grapheme)
        kinds =
            if case .streaming(let segmenter) = cutter {
                CodePointKinds(segmenter: clusters ?? segmenter, unit: pipeline.unit)
            } else {
                nil
            }
    }

    /// Encodes a chunk; ``indexer`` then holds its ids.
    ///
    /// - Throws: `TextError`, with offsets from the start of the file.
    func take(_ chunk: TextChunk) throws(TextError) {
        indexer.beginChunk()
        do throws(TextError) {
            try prepare(chunk)
            try encode(chunk)
        } catch {
            throw error.moved(by: chunk.offset)
        }
    }

    /// Ends the last file: notes repairs and remarks of its stages.
    func finish() {
        guard let run, runIsFor.file >= 0 else { return }
        fileCounts[runIsFor.file, default: Counts()].repairedBytes += run.repairedBytes
        fileCounts[runIsFor.file, default: Counts()].remarks += run.remarks
        if run.hasLost { fileCounts[runIsFor.file, default: Counts()].hasLost = true }
        fileCounts[runIsFor.file, default: Counts()].warnings += run.warnings
        self.run = nil
    }

    private func prepare(_ chunk: TextChunk) throws(TextError) {
        guard run == nil || runIsFor != (chunk.file, chunk.isContinuation) else { return }
        finish()
        let context = StageContext(path: source.files[chunk.file].path, isContinuation: chunk.isContinuation)
        run = try pipeline.makeRun(context, stages: pipeline.splittableStages)
        runIsFor = (chunk.file, chunk.isContinuation)
        if let run { kinds?.prepare(run) }
    }

    /// Encodes by the fast path where it can, and by stages and segmenter elsewhere, in ranges that grow while the fast path gains
    /// little.
    private func encode(_ chunk: TextChunk) throws(TextError) {
        var counts = Counts()
        if pipeline.readsBytes {
            counts.strayBytes.add(
                chunk.bytes.span.extracting(0..<chunk.bytes.count - chunk.supplied), at: chunk.offset)
        }
        var start = 0
        var size = Self.shortestRange
        while start < chunk.bytes.count {
            let end = encodeFast(chunk, from: start, &counts)
            size = end - start >= Self.worthwhile ? Self.shortestRange : min(2 * size, stepSize)
            start = end
            guard start < chunk.bytes.count else { break }
            let next = resume(chunk, from: start + size)
            do throws(TextError) {
                try runStages(chunk, start..<next, &counts)
            } catch {
                throw error.moved(by: start)
            }
            start = next
        }
        fileCounts[chunk.file, default: Counts()].add(counts)
    }

    private func encodeFast(_ chunk: TextChunk, from start: Int, _ counts: inout Counts) -> Int {
        guard let kinds, let run, kinds.isUseful else { return start }
        let before = indexer.symbolCount
        let end = indexer.encodeFast(chunk.bytes.span, from: start, kinds, run)
        counts.codePoints += codePointCount(of: chunk.bytes.span.extracting(start..<end))
        counts.symbols += indexer.symbolCount - before
        counts.graphemeClusters += indexer.symbolCount - before
        return end
    }

    private func resume(_ chunk: TextChunk, from start: Int) -> Int {
        guard let kinds, let run, kinds.isUseful else { return chunk.bytes.count }
        return kinds.resume(chunk.bytes.span, from: start, run)
    }

    /// Sends a range that can be staged and segmented apart through stages and segmenter.
    private func runStages(
        _ chunk: TextChunk, _ range: Range<Int>, _ counts: inout Counts
    ) throws(TextError) {
        var counter = SymbolCounter()
        let before = indexer.symbolCount
        var start = range.lowerBound
        var isFinal = false
        while !isFinal {
            let end = min(start + stepSize, range.upperBound)
            isFinal = start == end
            if isFinal { try run?.finish() } else { try run?.process(chunk.bytes.span.extracting(start..<end)) }
            start = end
            guard let output = run?.output else { break }
            counts.codePoints += codePointCount(of: output.span)
            try cutter.feed(output.span, isFinal: isFinal, path: source.files[chunk.file].path, into: &indexer)
            clusters?.feed(output.span, isFinal: isFinal, into: &counter)
        }
        // What stages before the workers' have changed says nothing about places in the file.
        if pipeline.splittableStages.lowerBound == 0 {
            counts.noteRepair(at: (run?.takeFirstRepair()).flatMap { $0 }.map { chunk.offset + range.lowerBound + $0 })
        }
        let symbols = indexer.symbolCount - before
        counts.symbols += symbols
        counts.graphemeClusters += clusters == nil ? symbols : counter.symbolCount
    }
}
