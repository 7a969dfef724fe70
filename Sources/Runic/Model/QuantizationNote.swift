public import RunicArchive
public import RunicKernels
internal import RunicDisplay

/// The note on quantization in an archive, under `quantization`.
public struct QuantizationNote: Sendable, Hashable, Codable {
    /// The losses of a model before and after quantization.
    public struct Check: Sendable, Hashable, Codable {
        /// One file of the text.
        public struct Text: Sendable, Hashable, Codable {
            /// The file's name without its folders.
            public var name: String
            /// SHA-256 of the file's bytes, as 64 hexadecimal digits.
            public var sha256: String
        }

        /// The loss of the source model in nats per symbol.
        public var sourceNatsPerSymbol: Double
        /// The loss of the quantized model in nats per symbol.
        public var natsPerSymbol: Double
        /// ``natsPerSymbol`` minus ``sourceNatsPerSymbol``; negative if the quantized model is better.
        public var difference: Double
        /// Symbols of the text, the first one included.
        public var symbols: Int
        /// The files, read as one text in this order; one entry for many, as in ``TrainingNote/foldSources()``, and none for
        /// those that are to stay unnamed.
        public var texts: [Text]

        enum CodingKeys: String, CodingKey {
            case difference, symbols, texts
            case sourceNatsPerSymbol = "source_nats_per_symbol"
            case natsPerSymbol = "nats_per_symbol"
        }
    }

    /// Element type of the matrices.
    public var precision: Precision
    /// The measured losses; nil if none were.
    public var check: Check?

    /// The measured losses in one line.
    public var text: String {
        guard let check else { return "not checked on any text" }
        return "nats per symbol \(NumberFormat.nats(check.sourceNatsPerSymbol)) before, "
            + "\(NumberFormat.nats(check.natsPerSymbol)) after (\(NumberFormat.change(check.difference))) "
            + "on \(check.symbols) symbols"
            + (check.texts.isEmpty ? "" : " of " + check.texts.map(\.name).joined(separator: ", "))
    }
}

extension QuantizationNote.Check {
    /// Leaves out the names and hashes of the texts, or makes one entry of many.
    mutating func shorten(leavingOutSources: Bool) {
        if leavingOutSources { texts = [] }
        guard texts.count > SourceList.mostFiles else { return }
        texts = [Text(name: SourceList.name(count: texts.count), sha256: SourceList.hash(texts.map(\.sha256)))]
    }
}

/// A quantized model, ready to be written.
public struct QuantizedModel: Sendable {
    /// The archive: the source's metadata, the note and the new tensors.
    public let archive: Archive
    /// The note in the archive.
    public let note: QuantizationNote
}
