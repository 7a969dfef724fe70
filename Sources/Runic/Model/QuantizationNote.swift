public import RunicArchive
public import RunicKernels
internal import RunicDisplay
public import RunicEvaluation

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
        /// Those that the vocabulary neither has nor spells; nil in archives of version 0.1.0, which do not say.
        public var unknownSymbols: Int?
        /// The files, read as one text in this order; one entry for many, as in ``TrainingNote/foldSources()``, and none for
        /// those that are to stay unnamed.
        public var texts: [Text]

        enum CodingKeys: String, CodingKey {
            case difference, symbols, texts
            case sourceNatsPerSymbol = "source_nats_per_symbol"
            case natsPerSymbol = "nats_per_symbol"
            case unknownSymbols = "unknown_symbols"
        }
    }

    /// Element type of the matrices.
    public var precision: Precision
    /// The measured losses; nil if none were.
    public var check: Check?

    /// The measured losses in one line.
    public var text: String {
        guard let check else { return "not checked on any text" }
        let names = check.texts.map(\.name).joined(separator: ", ").shortened(to: 200).printable
        return "nats per symbol \(NumberFormat.nats(check.sourceNatsPerSymbol)) before, "
            + "\(NumberFormat.nats(check.natsPerSymbol)) after (\(NumberFormat.change(check.difference))) "
            + "on \(check.symbols) symbols" + (names.isEmpty ? "" : " of \(names)")
            + (check.unknown.map { ", \($0)" } ?? "")
    }
}

extension QuantizationNote.Check {
    /// How many symbols are unknown, such as `12 (0.30 %) of them unknown`; nil where none are, or that is not known.
    package var unknown: String? {
        guard let unknownSymbols, unknownSymbols > 0 else { return nil }
        let fraction = Double(unknownSymbols) / Double(max(symbols, 1))
        return "\(unknownSymbols) (\(NumberFormat.percent(fraction))) of them unknown"
    }

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
    /// The measurement of the quantized model; nil without a check.
    public let report: EvaluationReport?
}
