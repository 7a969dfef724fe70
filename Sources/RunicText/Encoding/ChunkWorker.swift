/// Stages, segments and numbers pieces of a corpus, one at a time.
final class ChunkWorker {
    /// Of one file, what this worker saw of it.
    struct Share: Sendable {
        var codePoints = 0
        var symbols = 0
        var graphemeClusters = 0
        var repairedBytes = 0
        var remarks: [String] = []

        /// Adds what was counted in a piece.
        mutating func add(_ piece: Share) {
            codePoints += piece.codePoints
            symbols += piece.symbols
            graphemeClusters += piece.graphemeClusters
        }
    }

    /// So many bytes at least go through the stages where they are needed.
    private static let shortestStretch = 64
    /// Going the direct way for so many bytes between two stretches is worth trying it again soon.
    private static let worthwhile = 256

    private(set) var numberer: SymbolIndexer
    private(set) var shares: [Int: Share] = [:]
    private let pipeline: TextPipeline
    private let source: TextSource
    private let cutter: SymbolCutter
    private let clusters: Segmenter?
    /// For the direct way; nil where the pipeline has none.
    private let kinds: CodePointKinds?
    private let stepSize: Int
    private var run: PipelineRun?
    private var runIsFor = (file: -1, isContinuation: false)

    /// - Parameter stepSize: how many bytes go through all stages at a time: as many as a processor's cache holds well.
    init(
        _ source: TextSource, pipeline: TextPipeline, vocabulary: Vocabulary?, stepSize: Int
    ) throws(TextError) {
        self.source = source
        self.pipeline = pipeline
        self.stepSize = max(1, stepSize)
        numberer = SymbolIndexer(unit: pipeline.unit, vocabulary: vocabulary)
        cutter = try pipeline.makeCutter()
        clusters = pipeline.unit == .grapheme ? nil : try Segmenter(unit: .grapheme)
        kinds =
            if case .streaming(let segmenter) = cutter {
                CodePointKinds(segmenter: clusters ?? segmenter, unit: pipeline.unit)
            } else {
                nil
            }
    }

    /// Goes over a piece; its numbers are then in ``numberer``.
    ///
    /// - Throws: `TextError`, with offsets from the start of the file.
    func take(_ piece: TextChunk) throws(TextError) {
        numberer.beginPiece()
        do throws(TextError) {
            try prepare(piece)
            try goOver(piece)
        } catch {
            throw error.moved(by: piece.offset)
        }
    }

    /// Notes what the stages of the last file say.
    func finish() {
        guard let run, runIsFor.file >= 0 else { return }
        shares[runIsFor.file, default: Share()].repairedBytes += run.repairedBytes
        shares[runIsFor.file, default: Share()].remarks += run.remarks
        self.run = nil
    }

    private func prepare(_ piece: TextChunk) throws(TextError) {
        guard run == nil || runIsFor != (piece.file, piece.isContinuation) else { return }
        finish()
        let context = StageContext(path: source.files[piece.file].path, isContinuation: piece.isContinuation)
        run = try pipeline.makeRun(context, stages: pipeline.splittableStages)
        runIsFor = (piece.file, piece.isContinuation)
        if let run { kinds?.prepare(run) }
    }

    /// Goes the direct way where it can, and through stages and segmenter in between, for stretches that grow where that is little
    /// use.
    private func goOver(_ piece: TextChunk) throws(TextError) {
        var share = Share()
        var start = 0
        var stretch = Self.shortestStretch
        while start < piece.bytes.count {
            let direct = encodeFast(piece, from: start, &share)
            stretch = direct - start >= Self.worthwhile ? Self.shortestStretch : min(2 * stretch, stepSize)
            start = direct
            guard start < piece.bytes.count else { break }
            let end = resume(piece, from: start + stretch)
            do throws(TextError) {
                try goThroughStages(piece, start..<end, &share)
            } catch {
                throw error.moved(by: start)
            }
            start = end
        }
        shares[piece.file, default: Share()].add(share)
    }

    private func encodeFast(_ piece: TextChunk, from start: Int, _ share: inout Share) -> Int {
        guard let kinds, let run, kinds.isUseful else { return start }
        let before = numberer.symbolCount
        let end = numberer.encodeFast(piece.bytes.span, from: start, kinds, run)
        share.codePoints += codePointCount(of: piece.bytes.span.extracting(start..<end))
        share.symbols += numberer.symbolCount - before
        share.graphemeClusters += numberer.symbolCount - before
        return end
    }

    private func resume(_ piece: TextChunk, from start: Int) -> Int {
        guard let kinds, let run, kinds.isUseful else { return piece.bytes.count }
        return kinds.resume(piece.bytes.span, from: start, run)
    }

    /// Sends a part that can be staged and segmented apart through everything.
    private func goThroughStages(
        _ piece: TextChunk, _ part: Range<Int>, _ share: inout Share
    ) throws(TextError) {
        var counter = SymbolCounter()
        let before = numberer.symbolCount
        var start = part.lowerBound
        var isFinal = false
        while !isFinal {
            let end = min(start + stepSize, part.upperBound)
            isFinal = start == end
            if isFinal { try run?.finish() } else { try run?.process(piece.bytes.span.extracting(start..<end)) }
            start = end
            guard let output = run?.output else { break }
            share.codePoints += codePointCount(of: output.span)
            try cutter.feed(output.span, isFinal: isFinal, path: source.files[piece.file].path, into: &numberer)
            clusters?.feed(output.span, isFinal: isFinal, into: &counter)
        }
        let symbols = numberer.symbolCount - before
        share.symbols += symbols
        share.graphemeClusters += clusters == nil ? symbols : counter.symbolCount
    }
}
