internal import RunicDisplay

/// How well a model predicts a text.
///
/// With N symbols, U code points in symbols that the vocabulary lacks (U₁ of them in the first symbol), and −log p of
/// symbols 2 to N:
///
///     nats_per_symbol    = (Σ −log p + 21 · ln 2 · (U − U₁)) / (N − 1)
///     perplexity         = e ^ nats_per_symbol
///     bits               = Σ −log p / ln 2 + log₂ V + 21 · U
///     bits_per_character = bits / grapheme clusters of the normalised text
///     bits_per_byte      = bits / bytes of the original file
///
/// In every figure, a symbol that the vocabulary lacks costs −log p of *unknown* and 21 bits per code point. A vocabulary
/// without an unknown symbol has no such p, and does not read what it lacks: −log p is log(V + 1) then, as if it were
/// drawn from one more symbol, and the first symbol that is read after an unread beginning costs log V. A vocabulary
/// that spells such symbols in code points and bytes has no unknown ones: "symbol" then means an id, and a spelled symbol
/// has several. So ``natsPerSymbol`` and ``perplexity`` are not comparable between vocabularies that spell different
/// symbols; bits per character and per byte are.
///
/// A figure is nil, and null in JSON, if it does not exist or is not finite: a text of one symbol predicts nothing, an
/// empty one has no bits.
public struct EvaluationReport: Sendable, Hashable, Codable {
    /// Mean negative log-likelihood of the predicted symbols, all but the first, in nats.
    public let natsPerSymbol: Double?
    /// e to ``natsPerSymbol``.
    public let perplexity: Double?
    /// Total bits over ``characters``; the first symbol costs log₂ V.
    public let bitsPerCharacter: Double?
    /// Total bits over ``bytes``; the first symbol costs log₂ V.
    public let bitsPerByte: Double?
    /// Symbols of the text, the first included; every id of a spelled symbol counts.
    public let symbols: Int
    /// Grapheme clusters of the normalised text.
    public let characters: Int
    /// Bytes of the original file.
    public let bytes: Int
    /// Symbols that are not in the vocabulary and not spelled.
    public let unknownSymbols: Int
    /// Symbols that are not in the vocabulary and spelled.
    public let spelledSymbols: Int
    /// Which symbols are not in the vocabulary.
    public let unseen: UnseenList
    /// Whether the pipeline loses information, so that ``bitsPerByte`` does not cover the whole file.
    public let lossy: Bool

    /// A report from counts and the sum of the losses.
    ///
    /// - Parameters:
    ///   - predictedNats: the sum of −log p over all symbols but the first, in nats.
    ///   - symbols: symbols of the text, the first one included.
    ///   - vocabularySize: V.
    ///   - characters: grapheme clusters of the normalised text.
    ///   - bytes: bytes of the original file.
    ///   - unknownSymbols: symbols that are not in the vocabulary and not spelled.
    ///   - unknownCodePoints: code points in those.
    ///   - firstSymbolUnknownCodePoints: code points of the first symbol if it is one of those, else 0.
    ///   - spelledSymbols: symbols that are not in the vocabulary and are spelled; their ids are among `symbols`.
    ///   - unseen: which symbols are unknown or spelled.
    ///   - lossy: whether the pipeline loses information.
    /// - Precondition: no count is negative and the vocabulary is not empty.
    public init(
        predictedNats: Double, symbols: Int, vocabularySize: Int, characters: Int, bytes: Int, unknownSymbols: Int = 0,
        unknownCodePoints: Int = 0, firstSymbolUnknownCodePoints: Int = 0, spelledSymbols: Int = 0,
        unseen: UnseenList = UnseenList(), lossy: Bool = false
    ) {
        precondition(vocabularySize > 0, "a vocabulary of \(vocabularySize)")
        precondition(
            symbols >= 0 && characters >= 0 && bytes >= 0 && unknownSymbols >= 0 && spelledSymbols >= 0
                && firstSymbolUnknownCodePoints >= 0
                && unknownCodePoints >= firstSymbolUnknownCodePoints,
            "\(symbols) symbols, \(characters) characters, \(bytes) bytes, \(unknownSymbols) unknown symbols of "
                + "\(unknownCodePoints) code points, \(firstSymbolUnknownCodePoints) of them in the first")
        let account = LossAccount(
            predictedNats: predictedNats, symbols: symbols, vocabularySize: vocabularySize,
            unknownCodePoints: unknownCodePoints, firstSymbolUnknownCodePoints: firstSymbolUnknownCodePoints)
        natsPerSymbol = account.natsPerSymbol
        perplexity = account.perplexity
        bitsPerCharacter = account.bits(per: Double(characters))
        bitsPerByte = account.bits(per: Double(bytes))
        self.symbols = symbols
        self.characters = characters
        self.bytes = bytes
        self.unknownSymbols = unknownSymbols
        self.spelledSymbols = spelledSymbols
        self.unseen = unseen
        self.lossy = lossy
    }

    enum CodingKeys: String, CodingKey {
        case perplexity, symbols, characters, bytes, lossy
        case natsPerSymbol = "nats_per_symbol"
        case bitsPerCharacter = "bits_per_character"
        case bitsPerByte = "bits_per_byte"
        case unknownSymbols = "unknown_symbols"
        case spelledSymbols = "spelled_symbols"
        case unseen = "unseen_symbols"
    }

    /// Encodes every key, with null for a figure that is nil.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(natsPerSymbol, forKey: .natsPerSymbol)
        try container.encode(perplexity, forKey: .perplexity)
        try container.encode(bitsPerCharacter, forKey: .bitsPerCharacter)
        try container.encode(bitsPerByte, forKey: .bitsPerByte)
        try container.encode(symbols, forKey: .symbols)
        try container.encode(characters, forKey: .characters)
        try container.encode(bytes, forKey: .bytes)
        try container.encode(unknownSymbols, forKey: .unknownSymbols)
        try container.encode(spelledSymbols, forKey: .spelledSymbols)
        try container.encode(unseen, forKey: .unseen)
        try container.encode(lossy, forKey: .lossy)
    }

    /// The report as one JSON object, with sorted keys, full precision and a line feed at the end.
    ///
    /// - Throws: ``EvaluationError/encoding(reason:)``, which no report made by this type causes.
    public func json() throws(EvaluationError) -> String { try JSONText.encode(self) }
}

extension EvaluationReport {
    /// The report as text: one aligned figure per line, with a line feed at the end.
    public var text: String {
        func figure(_ value: Double?) -> String { value.map { NumberFormat.figure($0, 4) } ?? NumberFormat.missing }
        var table = TextTable(alignments: [.left, .right, .left])
        let isSpelled = spelledSymbols > 0
        table.add(["nats per \(isSpelled ? "id" : "symbol")", figure(natsPerSymbol)])
        table.add([
            "perplexity", perplexity.map { NumberFormat.figure($0) } ?? NumberFormat.missing,
            isSpelled ? "of an id" : "",
        ])
        if isSpelled { table.add(["nats per character", figure(natsPerCharacter)]) }
        table.add(["bits per character", figure(bitsPerCharacter)])
        table.add(["bits per byte", figure(bitsPerByte), lossy ? "lossy: the pipeline drops part of the file" : ""])
        table.add([isSpelled ? "ids" : "symbols", "\(symbols)"])
        table.add(["characters", "\(characters)"])
        table.add(["bytes", "\(bytes)"])
        let names = unseen.text.map { ": \($0)" } ?? ""
        table.add([
            "unknown symbols", "\(unknownSymbols)",
            unknownSymbols > 0 ? NumberFormat.percent(unknownFraction) + names : "",
        ])
        if isSpelled { table.add(["spelled symbols", "\(spelledSymbols)", String(names.dropFirst(2))]) }
        return table.text
    }

    /// Total bits over ``characters``, in nats.
    public var natsPerCharacter: Double? { bitsPerCharacter.map { $0 * 0.6931471805599453 } }

    /// The fraction of the symbols that are unknown, 0 to 1.
    public var unknownFraction: Double { Double(unknownSymbols) / Double(max(symbols, 1)) }
}
