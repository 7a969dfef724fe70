package import Runic
package import RunicText

/// The beginning of a text, as a model reads it.
package struct StudyText: Sendable {
    /// The text's name without folders, as the page shows it.
    package let name: String
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
        let symbols: [Symbol]
        do throws(TextError) {
            let pipeline = try repair ? model.repairingPipeline() : model.pipeline
            symbols = try pipeline.beginning(of: source, limit: limit)
        } catch {
            throw .text(error)
        }
        let paths = source.files.map(\.path)
        let vocabulary = model.vocabulary
        let known = symbols.map { vocabulary.identifier(of: $0) }
        identifiers = known.map { $0 ?? vocabulary.unknown }
        unseen = known.count { $0 == nil }
        self.symbols = symbols
        let first = paths.first.map { $0.split(separator: "/").last.map(String.init) ?? $0 } ?? ""
        let shown = first == TextFile.standardInputPath ? "standard input" : first
        name = paths.count > 1 ? "\(shown) and \(paths.count - 1) more" : shown
        guard identifiers.count(where: { $0 != nil }) >= 2 else {
            throw .tooFewSymbols(path: paths.joined(separator: ", "), symbols: identifiers.count { $0 != nil })
        }
    }
}
