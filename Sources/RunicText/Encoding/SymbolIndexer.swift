internal import CRunicText

/// Numbers the symbols of pieces of text, counts them, and keeps the numbers of one piece at a time.
///
/// Without a vocabulary a number is a byte's value, for ASCII or the unit `byte`, or follows from the order in which symbols are
/// first met. With one it is the symbol's id. Symbols of one code point are found in a table over all code points, those of several
/// in a hash table; on the direct way, `runic_fast_path` has tables of its own, filled from here.
struct SymbolIndexer: SymbolConsumer {
    /// Numbers that bytes have for themselves where there is no vocabulary.
    private let byteCount: Int
    private let vocabulary: Vocabulary?
    private let isFixed: Bool
    /// The vocabulary's.
    private let byteBase: Int?
    private var table = SymbolTable()
    /// Whether each byte of `byteCount` has a number.
    private let mapIsWhole: Bool
    private let memory = LocalIDTables()
    /// How many numbers there are.
    private var numberLimit: Int
    /// How many numbers the piece has: as many as symbols, unless some are spelled.
    private(set) var numberCount = 0
    private(set) var symbolCount = 0
    private(set) var absent = AbsentSymbols()

    /// Whether there are more different symbols than numbers; the numbers are then worth nothing, but the counts hold.
    var isOverfull: Bool { numberLimit > Int(Vocabulary.absent) }

    /// - Parameter vocabulary: where the numbers come from; nil: they are given as symbols are met.
    init(unit: TextUnit, vocabulary: Vocabulary? = nil) {
        self.vocabulary = vocabulary
        isFixed = vocabulary != nil
        byteBase = vocabulary?.byteBase
        byteCount = unit == .byte ? 256 : 128
        let byteCount = byteCount
        for byte in 0..<256 { unsafe memory.map[byte] = UInt16(byte) }
        if let vocabulary {
            table = vocabulary.table
            for byte in 0..<256 {
                let identifier = byte < byteCount ? vocabulary.identifier(of: Symbol([UInt8(byte)])) : nil
                unsafe memory.map[byte] = identifier.map { UInt16($0) } ?? Vocabulary.absent
            }
            numberLimit = vocabulary.count
        } else {
            numberLimit = byteCount
        }
        mapIsWhole =
            vocabulary == nil || (0..<byteCount).allSatisfy { [memory] in unsafe memory.map[$0] != Vocabulary.absent }
        memory.reserveCounts(numberLimit)
    }

    /// The numbers of the piece, in order: ids, or as bytes where every number so far fits one.
    func withNumbers<Result, Failure: Error>(
        _ body: (_ bytes: UnsafeRawBufferPointer, _ width: Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let numbers = unsafe UnsafeMutableBufferPointer(start: memory.numbers, count: numberCount)
        guard !isFixed && numberLimit <= 256 else { return try unsafe body(UnsafeRawBufferPointer(numbers), 2) }
        let narrow = unsafe UnsafeMutableRawBufferPointer(start: memory.numbers, count: numberCount)
        // Each byte lands before, or in, the number that it is of.
        unsafe runic_narrow(memory.numbers, numberCount)
        return try unsafe body(UnsafeRawBufferPointer(narrow), 1)
    }

    /// Begins the next piece.
    mutating func beginPiece() {
        numberCount = 0
        symbolCount = 0
        absent.beginPiece()
    }

    /// How often each number occurred, in all pieces.
    var counts: [Int] {
        var counts = (0..<numberLimit).map { unsafe memory.counts[$0] }
        for byte in 0..<256 {
            let count = (0..<4).reduce(0) { unsafe $0 + memory.tally[$1 * 256 + byte] }
            if count > 0 { unsafe counts[Int(memory.map[byte])] += Int(count) }
        }
        return counts
    }

    /// The symbol that a number stands for, where there is no vocabulary.
    func symbol(of number: Int) -> Symbol {
        number < byteCount ? Symbol([UInt8(number)]) : Symbol(table.bytes(at: number - byteCount))
    }

    /// Numbers symbols of a text from `start` on, where one begins, for as long as neither stages nor segmenter are needed.
    ///
    /// - Returns: where it stopped, a symbol's start; the end of the text if it got there.
    mutating func encodeFast(
        _ bytes: Span<UInt8>, from start: Int, _ kinds: CodePointKinds, _ stages: PipelineRun
    ) -> Int {
        var start = start
        while start < bytes.count {
            memory.reserveNumbers(numberCount + bytes.count - start, used: numberCount)
            var tables = unsafe runic_fast_path_tables(
                kinds: kinds.table, alone: memory.alone, joins: memory.joins, next_state: memory.nextState,
                map: kinds.asciiStandsAlone && mapIsWhole ? memory.map : nil, tally: memory.tally,
                counts: memory.counts)
            let rest = bytes.extracting(start..<bytes.count)
            var found = unsafe rest.withUnsafeBufferPointer { rest in
                unsafe runic_fast_path(&tables, rest.baseAddress, rest.count, memory.numbers + numberCount)
            }
            numberCount += found.numbers
            symbolCount += found.numbers
            if found.numbers > 0 { absent.endBeginning() }
            let symbol = start + found.consumed..<max(start + found.consumed, start + found.symbol_end)
            start = symbol.lowerBound
            switch Int(found.reason) {
            case RUNIC_AT_KIND: kinds.learn(found.value, stages)
            case RUNIC_AT_NUMBER:
                guard let number = directNumber(bytes, symbol) else { return start }
                unsafe runic_fast_path_learn(&tables, &found, number)
            default: return start
            }
        }
        return start
    }

    /// The number of a symbol that has not been met on the direct way; nil where it has none that fits there.
    private mutating func directNumber(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt16? {
        let byte = Int(bytes[range.lowerBound])
        if range.count == 1 && byte < byteCount {
            let number = unsafe memory.map[byte]
            return number == Vocabulary.absent ? nil : number
        }
        guard let number = number(bytes, range), number < Int(Vocabulary.absent) else { return nil }
        return UInt16(number)
    }

    mutating func consume(_ bytes: Span<UInt8>, each range: Range<Int>) {
        symbolCount += range.count
        guard mapIsWhole else {
            for index in range { take(bytes, index..<index + 1, byte: bytes[index]) }
            return
        }
        memory.reserveNumbers(numberCount + range.count, used: numberCount)
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            unsafe runic_map_bytes(
                base + range.lowerBound, range.count, memory.map, memory.numbers + numberCount, memory.tally)
        }
        numberCount += range.count
        absent.endBeginning()
    }

    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>) {
        precondition(values.count == ends.count, "\(values.count) values of \(ends.count) symbols")
        symbolCount += ends.count
        memory.reserveNumbers(numberCount + ends.count, used: numberCount)
        var (start, k) = (start, 0)
        while k < ends.count {
            // Symbols that have been met before and are one code point: all but a few in most scripts.
            let (direct, counts) = unsafe (memory.direct, memory.counts)
            let numbers = unsafe memory.numbers + numberCount
            var met = 0
            while k < ends.count {
                let value = Int(values[k])
                let found = value < LocalIDTables.values ? unsafe direct[value] : 0
                guard found != 0 else { break }
                unsafe numbers[met] = found &- 1
                unsafe counts[Int(found) - 1] &+= 1
                met += 1
                k += 1
            }
            numberCount += met
            if met > 0 {
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

    /// A symbol of several code points, or one that was not met yet.
    private mutating func takeOther(_ bytes: Span<UInt8>, _ range: Range<Int>, value: Int, left: Int) {
        if value < byteCount {
            take(bytes, range, byte: UInt8(truncatingIfNeeded: value))
        } else if let number = number(bytes, range) {
            // One number is kept back, so that each that counts, and 1, fit the table.
            if value < LocalIDTables.values && number < Int(Vocabulary.absent) {
                unsafe memory.direct[value] = UInt16(truncatingIfNeeded: number + 1)
            }
            put(number)
        } else {
            takeAbsent(bytes.extracting(range))
        }
        memory.reserveNumbers(numberCount + left, used: numberCount)
    }

    private mutating func take(_ bytes: Span<UInt8>, _ range: Range<Int>, byte: UInt8) {
        let number = unsafe memory.map[Int(byte)]
        guard number != Vocabulary.absent else {
            takeAbsent(bytes.extracting(range))
            return
        }
        unsafe memory.direct[Int(byte)] = number + 1
        put(Int(number))
    }

    private mutating func put(_ number: Int) {
        memory.reserveNumbers(numberCount + 1, used: numberCount)
        unsafe memory.numbers[numberCount] = UInt16(truncatingIfNeeded: number)
        unsafe memory.counts[number] += 1
        numberCount += 1
        absent.endBeginning()
    }

    /// The number of a symbol that is no byte of `map`; nil where the vocabulary does not have it.
    private mutating func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        if isFixed { return table.find(bytes, range).map { Vocabulary.identifier($0, byteBase) } }
        let number = byteCount + table.insert(bytes, range)
        if number == numberLimit {
            numberLimit += 1
            memory.reserveCounts(numberLimit)
        }
        return number
    }

    private mutating func takeAbsent(_ bytes: Span<UInt8>) {
        guard let vocabulary else { return }
        let identifiers = absent.take(bytes, vocabulary)
        memory.reserveNumbers(numberCount + identifiers.count, used: numberCount)
        for identifier in identifiers {
            unsafe memory.numbers[numberCount] = identifier
            numberCount += 1
            if identifier != Vocabulary.absent { unsafe memory.counts[Int(identifier)] += 1 }
        }
    }
}
