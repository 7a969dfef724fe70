public import RunicKernels
internal import RunicDisplay

/// What an archive says under `quantization` of how its model was made smaller.
public struct QuantizationNote: Sendable, Hashable, Codable {
    /// What the smaller matrices cost on a text.
    public struct Check: Sendable, Hashable, Codable {
        /// One file of the text.
        public struct Text: Sendable, Hashable, Codable {
            /// The file's name without its folders.
            public var name: String
            /// SHA-256 of the file's bytes, as 64 hexadecimal digits.
            public var sha256: String
        }

        /// The loss of the model it was made from, nats per symbol.
        public var sourceNatsPerSymbol: Double
        /// The loss of the smaller model, nats per symbol.
        public var natsPerSymbol: Double
        /// How much more that is, nats per symbol; below zero where the smaller model is better.
        public var difference: Double
        /// Symbols of the text, the first one included.
        public var symbols: Int
        /// The files, read as one text in this order.
        public var texts: [Text]

        enum CodingKeys: String, CodingKey {
            case difference, symbols, texts
            case sourceNatsPerSymbol = "source_nats_per_symbol"
            case natsPerSymbol = "nats_per_symbol"
        }
    }

    /// What the matrices are stored in.
    public var precision: Precision
    /// What was measured; nil where nothing was.
    public var check: Check?

    /// What was measured, as one line for a reader.
    public var text: String {
        guard let check else { return "not checked on any text" }
        return "nats per symbol \(NumberFormat.nats(check.sourceNatsPerSymbol)) before, "
            + "\(NumberFormat.nats(check.natsPerSymbol)) after (\(NumberFormat.change(check.difference))) "
            + "on \(check.symbols) symbols of \(check.texts.map(\.name).joined(separator: ", "))"
    }
}
