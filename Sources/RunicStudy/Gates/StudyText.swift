package import Runic
package import RunicEvaluation
internal import RunicFiles
package import RunicText

/// The beginning of a text, as a model reads it.
package struct StudyText: Sendable {
    /// The text's name without folders, as the page shows it.
    package let name: String
    /// The symbols that are read; one that the model spells is the code points and bytes that spell it.
    package let symbols: [Symbol]
    /// The ids; nil for a symbol that the vocabulary does not have where it has no unknown symbol either: it is not read.
    package let identifiers: [Int?]
    /// Symbols that the vocabulary lacks, spelled or unknown.
    package let unseen: Int
    /// Those that it neither has nor spells.
    package let unknown: Int
    /// Which symbols those are.
    package let unseenList: UnseenList
    /// Code points of the unknown symbols, without those of the first symbol, which is not predicted.
    package let predictedUnknownCodePoints: Int
    /// The files that were read, at least in part, with the remarks on how.
    package let files: [FileStatistics]

    /// Reads the first symbols of files.
    ///
    /// - Throws: ``StudyError``.
    package init(
        _ source: TextSource, model: TextModel, limit: Int, repair: Bool = false,
        container: [StageDescription]? = nil
    ) throws(StudyError) {
        let found: [Symbol]
        do throws(TextError) {
            let note = model.trainingNote?.options
            (found, files) = try model.readingPipeline(container: container, repair: repair).beginning(
                of: source, limit: limit, files: note?.files ?? .join,
                documentSeparator: note?.training.documentSeparator)
        } catch {
            throw .text(error)
        }
        let paths = source.files.map(\.path)
        var encoded = EncodedText()
        var symbols: [Symbol] = []
        var identifiers: [Int?] = []
        var tally: [Symbol: Int] = [:]
        var codePoints = 0
        for symbol in found where symbols.count < limit {
            let unseen = encoded.unseenSymbols, unknown = encoded.unknownSymbols
            let ids = encoded.append(symbol, model.vocabulary)
            if encoded.unseenSymbols > unseen { tally[symbol, default: 0] += 1 }
            if encoded.unknownSymbols > unknown, !symbols.isEmpty {
                codePoints += codePointCount(of: symbol.bytes.span)
            }
            symbols += ids.count > 1 ? ids.map { model.vocabulary.symbols[Int($0)] } : [symbol]
            identifiers += ids.isEmpty ? [nil] : ids.map(Int.init)
        }
        self.symbols = Array(symbols.prefix(limit))
        self.identifiers = Array(identifiers.prefix(limit))
        unseen = encoded.unseenSymbols
        unknown = encoded.unknownSymbols
        unseenList = UnseenList(UnseenSymbols(tally), unit: model.vocabulary.unit)
        predictedUnknownCodePoints = codePoints
        let first = paths.first.map(FilePath.fileName) ?? ""
        let shown = first == TextFile.standardInputPath ? "standard input" : first
        name = paths.count > 1 ? "\(shown) and \(paths.count - 1) more" : shown
        let read = self.identifiers.count { $0 != nil }
        guard read >= 2 else {
            throw .tooFewSymbols(path: paths.joined(separator: ", "), symbols: read)
        }
    }
}
