internal import Dispatch
internal import RunicSymbols
internal import Synchronization

/// Replaces the numbers that workers gave to symbols by the ids of the vocabulary that was made of them.
struct IDResolution {
    private let pass: CorpusPass.Result
    private let vocabulary: Vocabulary
    private let seen: [Symbol: Int]
    private let encoder: CorpusEncoder
    private let maps: [LocalIDMap]

    init(_ pass: CorpusPass.Result, vocabulary: Vocabulary, seen: [Symbol: Int], encoder: CorpusEncoder) {
        self.pass = pass
        self.vocabulary = vocabulary
        self.seen = seen
        self.encoder = encoder
        maps = pass.workers.map { worker in
            var map = LocalIDMap()
            for (number, count) in worker.numberer.counts.enumerated() {
                map.append(count > 0 ? Self.identifiers(of: worker.numberer.symbol(of: number), vocabulary) : [0])
            }
            return map
        }
    }

    func corpus() throws(SymbolFileError) -> EncodedCorpus {
        var statistics = TextStatistics(pass.files, isLossless: encoder.pipeline.isLossless)
        var counts = [Int](repeating: 0, count: vocabulary.count)
        var absent = AbsentSymbols()
        for (symbol, count) in seen {
            if vocabulary.identifier(of: symbol) == nil {
                absent.count(symbol, times: count, vocabulary)
            }
            for id in Self.identifiers(of: symbol, vocabulary) where id != Vocabulary.absent {
                counts[Int(id)] += count
            }
        }
        statistics.unknownSymbols = absent.unknown
        statistics.spelledSymbols = absent.spelled
        statistics.unknownCodePoints = absent.unknownCodePoints
        if absent.unknown > 0, let first = try firstSymbol(), vocabulary.identifier(of: first) == nil {
            statistics.firstSymbolUnknownCodePoints = codePointCount(of: first.bytes.span)
        }
        return EncodedCorpus(
            identifiers: try identifiers(), vocabulary: vocabulary, counts: counts, statistics: statistics,
            files: pass.files)
    }

    private static func identifiers(of symbol: Symbol, _ vocabulary: Vocabulary) -> [UInt16] {
        vocabulary.spelling(of: symbol) ?? [Vocabulary.absent]
    }

    /// The first symbol of the text.
    private func firstSymbol() throws(SymbolFileError) -> Symbol? {
        guard let first = pass.places.first(where: { $0.count > 0 }) else { return nil }
        var bytes: [UInt8] = [0, 0]
        try unsafe bytes.withUnsafeMutableBufferPointer { buffer throws(SymbolFileError) in
            let part = unsafe UnsafeMutableRawBufferPointer(
                UnsafeMutableBufferPointer(rebasing: buffer[..<first.width]))
            try unsafe pass.spool.read(into: part, at: first.offset)
        }
        return pass.workers[first.worker].numberer.symbol(of: Int(bytes[0]) | Int(bytes[1]) << 8)
    }

    /// The ids of all pieces, one behind the other in a spool of their own.
    private func identifiers() throws(SymbolFileError) -> SymbolSequence {
        let lengths = try lengths()
        let total = lengths.reduce(0, +)
        let target = try IDStore(exactBytes: total * 2, folder: encoder.folder)
        var starts: [Int] = []
        var end = 0
        for length in lengths {
            starts.append(end)
            end += length
        }
        try unsafe eachPiece { [maps, places = pass.places, starts] piece, numbers, buffer throws(SymbolFileError) in
            let place = places[piece]
            if buffer.count < lengths[piece] { buffer = Array(repeating: 0, count: lengths[piece]) }
            try unsafe buffer.withUnsafeMutableBufferPointer { buffer throws(SymbolFileError) in
                let part = unsafe UnsafeMutableBufferPointer(rebasing: buffer[..<lengths[piece]])
                unsafe maps[place.worker].apply(numbers, width: place.width, to: part)
                try unsafe target.write(UnsafeRawBufferPointer(part), at: starts[piece] * 2)
            }
        }
        return try target.sequence(count: total)
    }

    /// How many ids each piece becomes.
    private func lengths() throws(SymbolFileError) -> [Int] {
        guard maps.contains(where: { !$0.keepsLength }) else { return pass.places.map(\.count) }
        let lengths = Mutex([Int](repeating: 0, count: pass.places.count))
        try unsafe eachPiece { [maps, places = pass.places] piece, numbers, _ throws(SymbolFileError) in
            let length = unsafe maps[places[piece].worker].length(numbers, width: places[piece].width)
            lengths.withLock { $0[piece] = length }
        }
        return lengths.withLock { $0 }
    }

    /// Reads the numbers of every piece, by several threads, each of which has a buffer of its own.
    private func eachPiece(
        _ body:
            @Sendable (_ piece: Int, UnsafeRawBufferPointer, _ buffer: inout [UInt16]) throws(SymbolFileError) -> Void
    ) throws(SymbolFileError) {
        let next = Mutex(0)
        let failure = Mutex<SymbolFileError?>(nil)
        let (places, spool) = (pass.places, pass.spool)
        DispatchQueue.concurrentPerform(iterations: max(1, encoder.threads)) { _ in
            var numbers: [UInt8] = []
            var buffer: [UInt16] = []
            while true {
                let piece = next.withLock { index in
                    index += 1
                    return index - 1
                }
                guard piece < places.count, failure.withLock({ $0 == nil }) else { return }
                let place = places[piece]
                if numbers.count < place.bytes { numbers = Array(repeating: 0, count: place.bytes) }
                do throws(SymbolFileError) {
                    try unsafe numbers.withUnsafeMutableBufferPointer { bytes throws(SymbolFileError) in
                        let part = unsafe UnsafeMutableRawBufferPointer(
                            UnsafeMutableBufferPointer(rebasing: bytes[..<place.bytes]))
                        try unsafe spool.read(into: part, at: place.offset)
                        try unsafe body(piece, UnsafeRawBufferPointer(part), &buffer)
                    }
                } catch {
                    failure.withLock { $0 = error }
                }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
