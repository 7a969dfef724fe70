public import RunicDisplay
internal import RunicText

/// Reads a text of any length into a model's context, piece by piece: memory holds a piece, and what a stage or a symbol needs.
///
///     var reader = try TextReader(model, from: model.start())
///     while let piece = nextPiece() { try reader.read(piece) }
///     let context = try reader.finish()
///
/// Where the text is cut into pieces does not matter.
public struct TextReader {
    private var stages: PipelineRun
    private let cutter: SymbolCutter
    private var symbols: SymbolReader

    /// Creates a reader that continues a context.
    ///
    /// - Throws: ``RunicError/text(_:)`` if a stage cannot be made.
    public init(_ model: TextModel, from context: TextModel.Context) throws(RunicError) {
        do throws(TextError) {
            stages = try model.pipeline.makeRun(StageContext())
            cutter = try model.pipeline.makeCutter()
        } catch {
            throw .text(error)
        }
        symbols = SymbolReader(model: model, context: context)
    }

    /// What was read so far.
    public var report: ReadReport { symbols.report }

    /// Reads the next bytes, which may end within a character.
    ///
    /// - Throws: ``RunicError/text(_:)`` if they are not UTF-8, or a stage fails.
    /// - Complexity: one step of the model for each id.
    public mutating func read(_ bytes: [UInt8]) throws(RunicError) {
        do throws(TextError) {
            try stages.process(bytes.span)
            try feed(isFinal: false)
        } catch {
            throw .text(error)
        }
    }

    /// Ends the text.
    ///
    /// - Returns: the context after it.
    /// - Throws: ``RunicError/text(_:)`` if it ends within a character, or a stage fails.
    public mutating func finish() throws(RunicError) -> TextModel.Context {
        do throws(TextError) {
            try stages.finish()
            try feed(isFinal: true)
        } catch {
            throw .text(error)
        }
        return symbols.context
    }

    private mutating func feed(isFinal: Bool) throws(TextError) {
        let staged = stages.output
        try cutter.feed(staged.span, isFinal: isFinal, into: &symbols)
    }
}

/// Reads symbols into a context as they come.
private struct SymbolReader: SymbolConsumer {
    let model: TextModel
    var context: TextModel.Context
    var report = ReadReport()
    var symbolCount = 0

    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>) {
        var start = start
        var text = EncodedText()
        for k in 0..<ends.count {
            let end = base + Int(ends[k])
            text.append(Symbol((start..<end).map { bytes[$0] }), model.vocabulary)
            start = end
        }
        symbolCount += ends.count
        report.append(model.read(text, into: &context))
    }
}
