internal import Foundation
internal import RunicArchive
public import RunicEvaluation
internal import RunicModel
internal import RunicSymbols
public import RunicText

extension TextModel {
    /// Evaluates the model on files; the state is carried from the first symbol to the last.
    ///
    /// - Parameters:
    ///   - source: the files.
    ///   - repair: replaces invalid bytes instead of stopping at them.
    ///   - window: symbols after which the state is reset; nil: never.
    ///   - container: how the files are to be taken apart, see ``readingPipeline(container:repair:)``; nil: as they need it.
    ///   - reads: called once the files are read, with the remarks on how.
    /// - Throws: ``RunicError`` if a file cannot be read, the text has fewer than two symbols, the window is below 1, or the
    ///   loss is not a finite number.
    /// - Complexity: one forward pass over the text.
    public func evaluate(
        _ source: TextSource, repair: Bool = false, window: Int? = nil, container: [StageDescription]? = nil,
        reads: ([FileStatistics]) -> Void = { _ in }
    ) throws(RunicError) -> EvaluationReport {
        if let window, window < 1 { throw .option(name: "window", value: "\(window)", allowed: "at least 1") }
        do {
            let corpus = try CorpusEncoder(
                pipeline: readingPipeline(container: container, repair: repair), threads: threads,
                files: trainingNote?.options.files ?? .join,
                documentSeparator: trainingNote?.options.training.documentSeparator
            ).encode(source, with: vocabulary)
            reads(corpus.files)
            return try report(on: corpus, window: window)
        } catch {
            throw RunicError(wrapping: error)
        }
    }

    /// Evaluates the model on a text in memory, as on a file with its bytes.
    ///
    /// - Parameters:
    ///   - text: at least two symbols.
    ///   - window: symbols after which the state is reset; nil: never.
    /// - Throws: ``RunicError`` if the text has fewer than two symbols, the window is below 1, or the loss is not a finite number.
    /// - Complexity: one forward pass over the text.
    public func evaluate(_ text: String, window: Int? = nil) throws(RunicError) -> EvaluationReport {
        try evaluate(TextSource(text), window: window)
    }

    private func report(on corpus: EncodedCorpus, window: Int?) throws(RunicError) -> EvaluationReport {
        guard corpus.identifiers.count >= 2 else {
            throw .tooFewSymbols(
                path: corpus.files.map(\.path).joined(separator: ", "), symbols: corpus.identifiers.count)
        }
        // Without an unknown symbol, unseen symbols are not read, and cost as if drawn from one more symbol.
        let readable =
            vocabulary.unknown == nil
            ? SymbolSequence(corpus.identifiers.filter { $0 != Vocabulary.absent }) : corpus.identifiers
        // The first symbol is not predicted, so it costs nothing here.
        let absent = corpus.identifiers.dropFirst().count { $0 == Vocabulary.absent }
        let documents = DocumentStarts.startsAt(readable, separator: separator)
        let windows = window.map { Self.windows($0, in: corpus.identifiers, reading: readable) }
        let scored = inference.score(
            readable, startsAt: windows.map { windows in { windows($0) || documents?($0) == true } } ?? documents)
        guard scored.nats.isFinite else { throw notFinite(on: corpus.files.map(\.path)) }
        // After a first symbol that cannot be read, the first readable one has nothing to be predicted from.
        let uncounted =
            corpus.identifiers.first == Vocabulary.absent && !readable.isEmpty
            ? log(Double(vocabulary.count)) : 0
        let statistics = corpus.statistics
        return EvaluationReport(
            predictedNats: scored.nats + Double(absent) * log(Double(vocabulary.count + 1)) + uncounted,
            symbols: corpus.identifiers.count, vocabularySize: vocabulary.count,
            characters: statistics.graphemeClusters, bytes: statistics.bytes,
            unknownSymbols: statistics.unknownSymbols, unknownCodePoints: statistics.unknownCodePoints,
            firstSymbolUnknownCodePoints: statistics.firstSymbolUnknownCodePoints,
            spelledSymbols: statistics.spelledSymbols,
            unseen: UnseenList(corpus.unseen, unit: vocabulary.unit), lossy: statistics.isLossy)
    }

    /// Whether a window begins at a readable symbol, or has begun since the readable one before.
    private static func windows(
        _ window: Int, in symbols: SymbolSequence, reading readable: SymbolSequence
    ) -> (Int) -> Bool {
        guard readable.count < symbols.count else { return { $0 % window == 0 } }
        let places = symbols.indices.filter { symbols[$0] != Vocabulary.absent }
        return { $0 == 0 || places[$0] / window != places[$0 - 1] / window }
    }

    /// Why the loss is not a finite number.
    private func notFinite(on texts: [String]) -> RunicError {
        do throws(ArchiveError) {
            let whole = try Archive(
                metadata: manifest.metadata, tensors: parameters.tensors(), path: manifest.path)
            _ = try ArchiveVerification(whole)
        } catch {
            return .archive(error)
        }
        let largest = String(format: "%.1e", parameters.whole.array.reduce(0) { max($0, abs($1)) })
        return .other(
            "\(manifest.path): the loss on \(texts.joined(separator: ", ")) is not a "
                + "finite number: the model's sums overflow, its largest weight is \(largest); train again, or use an "
                + "earlier checkpoint")
    }
}
