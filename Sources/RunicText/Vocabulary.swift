/// The symbols of a model in the order of their ids.
///
/// Symbols are sorted by their bytes (for code points: by value); the unknown symbol, whose bytes are empty, is last.
public struct Vocabulary: Sendable {
    /// The most symbols a vocabulary can have, the unknown one included: ids are two bytes, and one is kept back.
    public static let maximumCount = 65_535

    /// The id that marks, in an encoded corpus, a symbol that is not in a vocabulary without an unknown symbol.
    public static let absent = UInt16.max

    /// What one symbol is.
    public let unit: TextUnit
    /// The symbols; the unknown one is empty.
    public let symbols: [Symbol]
    /// The id of the unknown symbol, always the last, or nil if there is none.
    public let unknown: Int?

    let table: SymbolTable

    /// The number of symbols, the unknown one included.
    public var count: Int { symbols.count }

    /// A vocabulary of these symbols in the order of their ids.
    ///
    /// - Throws: `TextError.vocabulary` for a symbol that is there twice, does not fit the unit, or is empty without
    ///   being the unknown one, and for an unknown one that is not the last; `TextError.tooManySymbols`.
    public init(unit: TextUnit, symbols: [Symbol], unknown: Int?) throws(TextError) {
        guard symbols.count <= Self.maximumCount else {
            throw .tooManySymbols(found: symbols.count, limit: Self.maximumCount)
        }
        if let unknown, unknown != symbols.count - 1 {
            throw .vocabulary(
                id: unknown, reason: "cannot be the unknown symbol: it is not the last of \(symbols.count)")
        }
        var table = SymbolTable()
        for (id, symbol) in symbols.enumerated() {
            if id == unknown {
                guard symbol.count == 0 else { throw .vocabulary(id: id, reason: "is the unknown one but not empty") }
                continue
            }
            let bytes = symbol.bytes
            guard Self.fits(bytes, unit) else {
                throw .vocabulary(id: id, reason: "(bytes \(hexadecimal(bytes))) is not one \(unit.rawValue)")
            }
            guard table.insert(bytes.span, 0..<bytes.count) == id else {
                throw .vocabulary(id: id, reason: "(bytes \(hexadecimal(bytes))) is there twice")
            }
        }
        self.unit = unit
        self.symbols = symbols
        self.unknown = unknown
        self.table = table
    }

    /// A vocabulary of counted symbols.
    ///
    /// - Throws: `TextError.tooManySymbols`, or `.noUnknownSymbol` if rare symbols need one that is not wanted.
    /// - Complexity: O(n log n) comparisons.
    public init(
        unit: TextUnit, counts: [Symbol: Int], options: VocabularyOptions = VocabularyOptions()
    ) throws(TextError) {
        var symbols = counts.filter { $0.value >= options.minimumCount }.map(\.key).sorted()
        let rare = counts.count - symbols.count
        if rare > 0 && options.includeUnknown == .never {
            throw .noUnknownSymbol(rareSymbols: rare, minimumCount: options.minimumCount)
        }
        var unknown: Int?
        if options.includeUnknown == .always || rare > 0 {
            unknown = symbols.count
            symbols.append(Symbol([]))
        }
        try self.init(unit: unit, symbols: symbols, unknown: unknown)
    }

    /// The id of `symbol`, or nil if it is not in the vocabulary. Constant time for symbols of bounded length.
    public func identifier(of symbol: Symbol) -> Int? {
        let bytes = symbol.bytes
        return bytes.isEmpty ? nil : table.find(bytes.span, 0..<bytes.count)
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
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(unit)
        hasher.combine(symbols)
        hasher.combine(unknown)
    }
}
