internal import CRunicText

/// Gives ids to the symbols of chunks, counts them, and keeps the ids of one chunk at a time.
///
/// With a vocabulary these are its ids. Without one they are local: a byte's value, for ASCII or the unit `byte`, and otherwise in the
/// order in which symbols first occur. Symbols of one code point index a table directly; longer ones go through a hash table. The fast
/// path, `runic_fast_path`, has tables of its own, filled from here.
struct SymbolIndexer: SymbolConsumer {
    /// The number of bytes whose local id is their value.
    private let byteCount: Int
    private let vocabulary: Vocabulary?
    private let isFixed: Bool
    /// The vocabulary's `byteBase`.
    private let byteBase: Int?
    private var table = SymbolTable()
    /// Whether each of the first `byteCount` bytes has an id.
    private let mapIsWhole: Bool
    private let idTables = LocalIDTables()
    /// One more than the highest id.
    private var idLimit: Int
    /// The number of ids of the chunk; more than its symbols if some are spelled.
    private(set) var idCount = 0
    private(set) var symbolCount = 0
    private(set) var absent = AbsentSymbols()

    /// Whether there are more different symbols than ids: the ids are then invalid, but the counts hold.
    var isOverfull: Bool { idLimit > Int(Vocabulary.absent) }

    /// How often the fast path made a state for a code point that joins a symbol: its work on symbols of several code points.
    var joinCount: Int { unsafe Int(idTables.nextState.pointee) - LocalIDTables.firstJoined }

    /// - Parameter vocabulary: gives the ids; nil for local ids.
    init(unit: TextUnit, vocabulary: Vocabulary? = nil) {
        self.vocabulary = vocabulary
        isFixed = vocabulary != nil
        byteBase = vocabulary?.byteBase
        byteCount = unit == .byte ? 256 : 128
        let byteCount = byteCount
        for byte in 0..<256 { unsafe idTables.map[byte] = UInt16(byte) }
        if let vocabulary {
            table = vocabulary.table
            for byte in 0..<256 {
                let identifier = byte < byteCount ? vocabulary.identifier(of: Symbol([UInt8(byte)])) : nil
                unsafe idTables.map[byte] = identifier.map { UInt16($0) } ?? Vocabulary.absent
            }
            idLimit = vocabulary.count
        } else {
            idLimit = byteCount
        }
        mapIsWhole =
            vocabulary == nil
            || (0..<byteCount).allSatisfy { [idTables] in unsafe idTables.map[$0] != Vocabulary.absent }
        idTables.reserveCounts(idLimit)
    }

    /// The ids of the chunk, in order; local ids are bytes (`width` 1) while all of them fit one.
    func withIDs<Result, Failure: Error>(
        _ body: (_ bytes: UnsafeRawBufferPointer, _ width: Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let ids = unsafe UnsafeMutableBufferPointer(start: idTables.ids, count: idCount)
        guard !isFixed && idLimit <= 256 else { return try unsafe body(UnsafeRawBufferPointer(ids), 2) }
        let narrow = unsafe UnsafeMutableRawBufferPointer(start: idTables.ids, count: idCount)
        // In place: each byte lands before its id, or in it.
        unsafe runic_narrow(idTables.ids, idCount)
        return try unsafe body(UnsafeRawBufferPointer(narrow), 1)
    }

    /// Begins the next chunk.
    mutating func beginChunk() {
        idCount = 0
        symbolCount = 0
        absent.beginChunk()
    }

    /// How often each id occurred in all chunks.
    var counts: [Int] {
        var counts = (0..<idLimit).map { unsafe idTables.counts[$0] }
        for byte in 0..<256 {
            let count = (0..<4).reduce(0) { unsafe $0 + idTables.tally[$1 * 256 + byte] }
            if count > 0 { unsafe counts[Int(idTables.map[byte])] += Int(count) }
        }
        return counts
    }

    /// The symbol of a local id.
    func symbol(of id: Int) -> Symbol {
        id < byteCount ? Symbol([UInt8(id)]) : Symbol(table.bytes(at: id - byteCount))
    }

    /// Encodes symbols by the fast path, from `start` on, where one begins, until stages or segmenter are needed.
    ///
    /// - Returns: the start of the first symbol not encoded, or the end of the text.
    mutating func encodeFast(
        _ bytes: Span<UInt8>, from start: Int, _ kinds: CodePointKinds, _ stages: PipelineRun
    ) -> Int {
        var start = start
        while start < bytes.count {
            idTables.reserveIDs(idCount + bytes.count - start, used: idCount)
            var tables = unsafe runic_fast_path_tables(
                kinds: kinds.table, alone: idTables.alone, joins: idTables.joins, next_state: idTables.nextState,
                map: kinds.asciiStandsAlone && mapIsWhole ? idTables.map : nil, tally: idTables.tally,
                counts: idTables.counts)
            let rest = bytes.extracting(start..<bytes.count)
            var found = unsafe rest.withUnsafeBufferPointer { rest in
                unsafe runic_fast_path(&tables, rest.baseAddress, rest.count, idTables.ids + idCount)
            }
            idCount += found.ids
            symbolCount += found.ids
            if found.ids > 0 { absent.endBeginning() }
            let symbol = start + found.consumed..<max(start + found.consumed, start + found.symbol_end)
            start = symbol.lowerBound
            switch Int(found.reason) {
            case RUNIC_AT_KIND: kinds.learn(found.value, stages)
            case RUNIC_AT_ID:
                guard let id = fastPathID(bytes, symbol) else { return start }
                unsafe runic_fast_path_learn(&tables, &found, id)
            default: return start
            }
        }
        return start
    }

    /// The id of a symbol that is new to the fast path; nil if it has none, or one that does not fit its tables.
    private mutating func fastPathID(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt16? {
        let byte = Int(bytes[range.lowerBound])
        if range.count == 1 && byte < byteCount {
            let id = unsafe idTables.map[byte]
            return id == Vocabulary.absent ? nil : id
        }
        guard let id = id(bytes, range), id < Int(Vocabulary.absent) else { return nil }
        return UInt16(id)
    }

    mutating func consume(_ bytes: Span<UInt8>, each range: Range<Int>) {
        symbolCount += range.count
        guard mapIsWhole else {
            for index in range { take(bytes, index..<index + 1, byte: bytes[index]) }
            return
        }
        idTables.reserveIDs(idCount + range.count, used: idCount)
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            unsafe runic_map_bytes(
                base + range.lowerBound, range.count, idTables.map, idTables.ids + idCount, idTables.tally)
        }
        idCount += range.count
        absent.endBeginning()
    }

    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>) {
        precondition(values.count == ends.count, "\(values.count) values of \(ends.count) symbols")
        symbolCount += ends.count
        idTables.reserveIDs(idCount + ends.count, used: idCount)
        var (start, k) = (start, 0)
        while k < ends.count {
            // Symbols of one code point that occurred before: nearly all symbols in most scripts.
            let (byValue, counts) = unsafe (idTables.byValue, idTables.counts)
            let ids = unsafe idTables.ids + idCount
            var known = 0
            while k < ends.count {
                let value = Int(values[k])
                let found = value < LocalIDTables.values ? unsafe byValue[value] : 0
                guard found != 0 else { break }
                unsafe ids[known] = found &- 1
                unsafe counts[Int(found) - 1] &+= 1
                known += 1
                k += 1
            }
            idCount += known
            if known > 0 {
                start = base + Int(ends[k - 1])
                absent.endBeginning()
            }
            guard k < ends.count else { break }
            let end = base + Int(ends[k])
            takeOther(bytes, start..<end, value: Int(values[k]), left: ends.count - k)
            start = end
            k += 1
        }
    }

    /// Takes a symbol of several code points, or a new one.
    private mutating func takeOther(_ bytes: Span<UInt8>, _ range: Range<Int>, value: Int, left: Int) {
        if value < byteCount {
            take(bytes, range, byte: UInt8(truncatingIfNeeded: value))
        } else if let id = id(bytes, range) {
            // One id is never used, so that 1 + an id fits the table.
            if value < LocalIDTables.values && id < Int(Vocabulary.absent) {
                unsafe idTables.byValue[value] = UInt16(truncatingIfNeeded: id + 1)
            }
            put(id)
        } else {
            takeAbsent(bytes.extracting(range))
        }
        idTables.reserveIDs(idCount + left, used: idCount)
    }

    private mutating func take(_ bytes: Span<UInt8>, _ range: Range<Int>, byte: UInt8) {
        let id = unsafe idTables.map[Int(byte)]
        guard id != Vocabulary.absent else {
            takeAbsent(bytes.extracting(range))
            return
        }
        unsafe idTables.byValue[Int(byte)] = id + 1
        put(Int(id))
    }

    private mutating func put(_ id: Int) {
        idTables.reserveIDs(idCount + 1, used: idCount)
        unsafe idTables.ids[idCount] = UInt16(truncatingIfNeeded: id)
        unsafe idTables.counts[id] += 1
        idCount += 1
        absent.endBeginning()
    }

    /// The id of a symbol that is not in `map`; nil if the vocabulary lacks it.
    private mutating func id(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        if isFixed { return table.find(bytes, range).map { Vocabulary.identifier($0, byteBase) } }
        let id = byteCount + table.insert(bytes, range)
        if id == idLimit {
            idLimit += 1
            idTables.reserveCounts(idLimit)
        }
        return id
    }

    private mutating func takeAbsent(_ bytes: Span<UInt8>) {
        guard let vocabulary else { return }
        let identifiers = absent.take(bytes, vocabulary)
        idTables.reserveIDs(idCount + identifiers.count, used: idCount)
        for identifier in identifiers {
            unsafe idTables.ids[idCount] = identifier
            idCount += 1
            if identifier != Vocabulary.absent { unsafe idTables.counts[Int(identifier)] += 1 }
        }
    }
}
