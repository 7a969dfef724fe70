/// The symbols of a model in the order of their ids.
///
/// Symbols are sorted by their bytes (for code points: by value); the unknown symbol, whose bytes are empty, is last. Instead of an
/// unknown symbol there can be a block of 256 bytes, which spell unseen symbols, so that ids determine any text: see
/// ``spelling(of:)``.
public struct Vocabulary: Sendable {
    /// Most symbols of a vocabulary, the unknown one included: ids have two bytes, and one of them is ``absent``.
    public static let maximumCount = 65_535

    /// Marks an unknown symbol in an encoded corpus if the vocabulary has no id for it.
    public static let absent = UInt16.max

    /// The unit that is one symbol.
    public let unit: TextUnit
    /// The symbols; the unknown one is empty.
    public let symbols: [Symbol]
    /// The id of the unknown symbol, always the last, or nil if there is none.
    public let unknown: Int?
    /// The id of byte 0 of the 256 bytes that spell unseen symbols, with consecutive ids; nil if there are none.
    public let byteBase: Int?

    /// Whether the text of a vocabulary of bytes was UTF-8 throughout, so that what a model writes should be; false where that is not
    /// known, as in files of version 0.1.0. Vocabularies that differ in this alone are equal: their ids mean the same.
    public internal(set) var isOfUTF8 = false

    let table: SymbolTable

    /// The number of symbols, the unknown one included.
    public var count: Int { symbols.count }

    /// Creates a vocabulary of symbols in the order of their ids.
    ///
    /// - Throws: `TextError.vocabulary` for a symbol that occurs twice, does not fit the unit, or is empty but not the unknown one;
    ///   for an unknown symbol that is not last; and for a block of bytes that is not complete and in order, or comes in addition to
    ///   an unknown symbol. `TextError.tooManySymbols`.
    public init(unit: TextUnit, symbols: [Symbol], unknown: Int?, byteBase: Int? = nil) throws(TextError) {
        guard symbols.count <= Self.maximumCount else {
            throw .tooManySymbols(found: symbols.count, limit: Self.maximumCount)
        }
        if let unknown, unknown != symbols.count - 1 {
            throw .vocabulary(
                id: unknown, reason: "cannot be the unknown symbol: it is not the last of \(symbols.count)")
        }
        if let byteBase { try Self.checkBytes(symbols, byteBase, hasUnknown: unknown != nil) }
        var table = SymbolTable()
        for (id, symbol) in symbols.enumerated() {
            if let byteBase, (byteBase..<byteBase + Self.byteSymbols.count).contains(id) { continue }
            if id == unknown {
                guard symbol.count == 0 else { throw .vocabulary(id: id, reason: "is the unknown one but not empty") }
                continue
            }
            let bytes = symbol.bytes
            guard Self.fits(bytes, unit) else {
                throw .vocabulary(id: id, reason: "(bytes \(hexadecimal(bytes))) is not one \(unit.rawValue)")
            }
            guard Self.identifier(table.insert(bytes.span, 0..<bytes.count), byteBase) == id else {
                throw .vocabulary(id: id, reason: "(bytes \(hexadecimal(bytes))) is there twice")
            }
        }
        self.unit = unit
        self.symbols = symbols
        self.unknown = unknown
        self.byteBase = byteBase
        self.table = table
    }

    /// Creates a vocabulary of counted symbols.
    ///
    /// - Throws: `TextError.tooManySymbols`; `.noUnknownSymbol` or `.leftOut` if symbols that are left out need an unknown symbol that
    ///   the options rule out; `.vocabularySize` for a size without room for a symbol.
    /// - Complexity: O(n log n) comparisons.
    public init(
        unit: TextUnit, counts: [Symbol: Int], options: VocabularyOptions = VocabularyOptions()
    ) throws(TextError) {
        let least = options.fallback == .bytes ? Self.byteSymbols.count + 1 : 2
        if let maximum = options.maximumSize, maximum < least { throw .vocabularySize(maximum: maximum, least: least) }
        try self.init(growing: Vocabulary(unit: unit, symbols: [], unknown: nil), counts: counts, options: options)
    }

    /// The id of `symbol`, or nil if it is not in the vocabulary. Constant time for symbols of bounded length.
    public func identifier(of symbol: Symbol) -> Int? {
        let bytes = symbol.bytes
        return bytes.isEmpty ? nil : identifier(of: bytes.span, 0..<bytes.count)
    }

    /// The id of the symbol `bytes[range]`, or nil if it is not in the vocabulary. Linear in its length.
    func identifier(of bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        table.find(bytes, range).map { Self.identifier($0, byteBase) }
    }

    /// The id of an index of the table, which lacks the bytes of the fallback.
    static func identifier(_ index: Int, _ byteBase: Int?) -> Int {
        byteBase.map { index < $0 ? index : index + byteSymbols.count } ?? index
    }

    private static func checkBytes(_ symbols: [Symbol], _ base: Int, hasUnknown: Bool) throws(TextError) {
        guard base >= 0, base <= symbols.count - byteSymbols.count else {
            throw .vocabulary(id: base, reason: "begins the bytes, but there are not 256 symbols from it on")
        }
        for (byte, symbol) in byteSymbols.enumerated() where symbols[base + byte] != symbol {
            throw .vocabulary(id: base + byte, reason: "is not the byte \(byte), which its place says")
        }
        if hasUnknown {
            throw .vocabulary(id: symbols.count - 1, reason: "is unknown, although bytes spell all unseen symbols")
        }
    }

    /// The bytes of the symbol `identifier`; none for the unknown symbol and for ids that are not in the vocabulary.
    public func bytes(of identifier: Int) -> [UInt8] {
        symbols.indices.contains(identifier) ? symbols[identifier].bytes : []
    }

    /// The bytes of these symbols, one after the other; the unknown symbol gives none. Linear.
    public func decode(_ identifiers: some Sequence<UInt16>) -> [UInt8] {
        var result: [UInt8] = []
        for identifier in identifiers { result += bytes(of: Int(identifier)) }
        return result
    }

    private static func fits(_ bytes: [UInt8], _ unit: TextUnit) -> Bool {
        switch unit {
        case .byte: bytes.count == 1
        case .codepoint: !bytes.isEmpty && codePointCount(of: bytes.span) <= 1 && bytes.count <= 4
        case .grapheme, .word: !bytes.isEmpty
        }
    }
}

extension Vocabulary: Hashable {
    public static func == (left: Vocabulary, right: Vocabulary) -> Bool {
        left.unit == right.unit && left.symbols == right.symbols && left.unknown == right.unknown
            && left.byteBase == right.byteBase
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(unit)
        hasher.combine(symbols)
        hasher.combine(unknown)
        hasher.combine(byteBase)
    }
}
