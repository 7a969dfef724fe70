package import Runic
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
    /// How many symbols the vocabulary does not have.
    package let unseen: Int

    /// Reads the first symbols of files.
    ///
    /// - Throws: ``StudyError``.
    package init(
        _ source: TextSource, model: TextModel, limit: Int, repair: Bool = false
    ) throws(StudyError) {
        let found: [Symbol]
        do throws(TextError) {
            let pipeline = try repair ? model.repairingPipeline() : model.pipeline
            found = try pipeline.beginning(of: source, limit: limit)
        } catch {
            throw .text(error)
        }
        let paths = source.files.map(\.path)
        let vocabulary = model.vocabulary
        var symbols: [Symbol] = []
        var identifiers: [Int?] = []
        var unseen = 0
        for symbol in found where symbols.count < limit {
            if vocabulary.identifier(of: symbol) == nil { unseen += 1 }
            guard let spelling = vocabulary.spelling(of: symbol), spelling.count > 1 else {
                symbols.append(symbol)
                identifiers.append(vocabulary.spelling(of: symbol)?.first.map(Int.init))
                continue
            }
            symbols += spelling.map { vocabulary.symbols[Int($0)] }
            identifiers += spelling.map(Int.init)
        }
        self.symbols = Array(symbols.prefix(limit))
        self.identifiers = Array(identifiers.prefix(limit))
        self.unseen = unseen
        let first = paths.first.map(FilePath.fileName) ?? ""
        let shown = first == TextFile.standardInputPath ? "standard input" : first
        name = paths.count > 1 ? "\(shown) and \(paths.count - 1) more" : shown
        let read = self.identifiers.count { $0 != nil }
        guard read >= 2 else {
            throw .tooFewSymbols(path: paths.joined(separator: ", "), symbols: read)
        }
    }
}
