internal import Dispatch
internal import RunicSymbols
internal import Synchronization

/// Replaces the local ids of workers by the ids of the vocabulary that was made of their symbols.
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
            for (localID, count) in worker.indexer.counts.enumerated() {
                map.append(count > 0 ? Self.identifiers(of: worker.indexer.symbol(of: localID), vocabulary) : [0])
            }
            return map
        }
    }

    /// The corpus in ids of the vocabulary.
    func corpus() throws(SymbolFileError) -> EncodedCorpus {
        var statistics = TextStatistics(pass.files, isLossless: encoder.pipeline.isLosslessButForLineEnds)
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
            try unsafe pass.store.read(into: part, at: first.offset)
        }
        return pass.workers[first.worker].indexer.symbol(of: Int(bytes[0]) | Int(bytes[1]) << 8)
    }

    /// The ids of all chunks, in order, in a store of their own.
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
        try unsafe eachChunk { [maps, places = pass.places, starts] chunk, localIDs, buffer throws(SymbolFileError) in
            let place = places[chunk]
            if buffer.count < lengths[chunk] { buffer = Array(repeating: 0, count: lengths[chunk]) }
            try unsafe buffer.withUnsafeMutableBufferPointer { buffer throws(SymbolFileError) in
                let part = unsafe UnsafeMutableBufferPointer(rebasing: buffer[..<lengths[chunk]])
                unsafe maps[place.worker].apply(localIDs, width: place.width, to: part)
                try unsafe target.write(UnsafeRawBufferPointer(part), at: starts[chunk] * 2)
            }
        }
        return try target.sequence(count: total)
    }

    /// The number of ids of each chunk.
    private func lengths() throws(SymbolFileError) -> [Int] {
        guard maps.contains(where: { !$0.keepsLength }) else { return pass.places.map(\.count) }
        let lengths = Mutex([Int](repeating: 0, count: pass.places.count))
        try unsafe eachChunk { [maps, places = pass.places] chunk, localIDs, _ throws(SymbolFileError) in
            let length = unsafe maps[places[chunk].worker].length(localIDs, width: places[chunk].width)
            lengths.withLock { $0[chunk] = length }
        }
        return lengths.withLock { $0 }
    }

    /// Reads the local ids of every chunk with several threads, each with a buffer of its own.
    private func eachChunk(
        _ body:
            @Sendable (_ chunk: Int, UnsafeRawBufferPointer, _ buffer: inout [UInt16]) throws(SymbolFileError) -> Void
    ) throws(SymbolFileError) {
        let next = Mutex(0)
        let failure = Mutex<SymbolFileError?>(nil)
        let (places, store) = (pass.places, pass.store)
        DispatchQueue.concurrentPerform(iterations: max(1, encoder.threads)) { _ in
            var localIDs: [UInt8] = []
            var buffer: [UInt16] = []
            while true {
                let chunk = next.withLock { index in
                    index += 1
                    return index - 1
                }
                guard chunk < places.count, failure.withLock({ $0 == nil }) else { return }
                let place = places[chunk]
                if localIDs.count < place.bytes { localIDs = Array(repeating: 0, count: place.bytes) }
                do throws(SymbolFileError) {
                    try unsafe localIDs.withUnsafeMutableBufferPointer { bytes throws(SymbolFileError) in
                        let part = unsafe UnsafeMutableRawBufferPointer(
                            UnsafeMutableBufferPointer(rebasing: bytes[..<place.bytes]))
                        try unsafe store.read(into: part, at: place.offset)
                        try unsafe body(chunk, UnsafeRawBufferPointer(part), &buffer)
                    }
                } catch {
                    failure.withLock { $0 = error }
                }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
