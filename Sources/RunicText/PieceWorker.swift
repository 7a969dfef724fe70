/// Stages, segments and numbers pieces of a corpus, one at a time.
final class PieceWorker {
    /// Of one file, what this worker saw of it.
    struct Share: Sendable {
        var codePoints = 0
        var symbols = 0
        var graphemeClusters = 0
        var repairedBytes = 0
        var remarks: [String] = []
    }

    private(set) var numberer: SymbolNumberer
    private(set) var shares: [Int: Share] = [:]
    private let pipeline: TextPipeline
    private let source: TextSource
    private let cutter: SymbolCutter
    private let clusters: Segmenter?
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
        numberer = SymbolNumberer(unit: pipeline.unit, vocabulary: vocabulary)
        cutter = try pipeline.makeCutter()
        clusters = pipeline.unit == .grapheme ? nil : try Segmenter(unit: .grapheme)
    }

    /// Goes over a piece; its numbers are then in ``numberer``.
    ///
    /// - Throws: `TextError`, with offsets from the start of the file.
    func take(_ piece: TextPiece) throws(TextError) {
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

    private func prepare(_ piece: TextPiece) throws(TextError) {
        guard run == nil || runIsFor != (piece.file, piece.isContinuation) else { return }
        finish()
        let context = StageContext(path: source.files[piece.file].path, isContinuation: piece.isContinuation)
        run = try pipeline.makeRun(context, stages: pipeline.splittableStages)
        runIsFor = (piece.file, piece.isContinuation)
    }

    private func goOver(_ piece: TextPiece) throws(TextError) {
        var counter = SymbolCounter()
        var codePoints = 0
        var start = 0
        var isFinal = false
        while !isFinal {
            let end = min(start + stepSize, piece.bytes.count)
            isFinal = start == end
            if isFinal { try run?.finish() } else { try run?.process(piece.bytes.span.extracting(start..<end)) }
            start = end
            guard let output = run?.output else { break }
            codePoints += codePointCount(of: output.span)
            try cutter.feed(output.span, isFinal: isFinal, path: source.files[piece.file].path, into: &numberer)
            clusters?.feed(output.span, isFinal: isFinal, into: &counter)
        }
        var share = shares[piece.file] ?? Share()
        share.codePoints += codePoints
        share.symbols += numberer.symbolCount
        share.graphemeClusters += clusters == nil ? numberer.symbolCount : counter.symbolCount
        shares[piece.file] = share
    }
}
